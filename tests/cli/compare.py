#!/usr/bin/env python3
"""compare.py PROGRAM DIGITS.onnx : compare says what it has not compared, and what is not there has no similarity."""
import json
import os
import subprocess
import tempfile

from support import end, expect, npz, program


def compare(*words):
    return subprocess.run([program, "compare", *words], capture_output=True, text=True, timeout=60)


def refused(code, *words, says):
    p = compare(*words)
    expect(" ".join(words), p.returncode != 0 and "error TC%d: " % code in p.stderr and says in p.stderr, p.stderr)


def not_compared():
    p = compare("part.npz", "all.npz")
    expect("tensors that the target lacks are counted", p.returncode == 0 and "2 of the reference's tensors are not in part.npz" in
           p.stdout and "1 compared, 1 passed" in p.stdout, p.stdout)
    expect("none is lacking", "are not in" not in compare("all.npz", "all.npz").stdout)
    expect("nor of those that are left out", "are not in" not in compare("part.npz", "all.npz", "--excepts", "b,c").stdout)
    refused(600, "part.npz", "all.npz", "--excepts", "a", says="--excepts: it leaves out every tensor")
    refused(600, "part.npz", "other.npz", says="no tensor in common")


def names():
    for target, reference in (("part.npz", "all.npz"), ("all.npz", "part.npz")):
        p = compare(target, reference, "--only_key", "--json", "names.json")
        rows = json.load(open("names.json"))
        missing = p.stdout.count("MISSING [FAILED]")
        expect("names that one file lacks: %s %s" % (target, reference), p.returncode == 1 and missing == 2 and
               "cos 0.000000 euc 0.000000 sqnr -inf" in p.stdout and rows, p.stdout)
    expect("the same names", compare("zero.npz", "part.npz", "--only_key").returncode == 0)


def figures():
    for target, reference in (("part.npz", "zero.npz"), ("small.npz", "part.npz")):
        p = compare(target, reference)
        expect("no similarity: %s %s" % (target, reference), p.returncode == 1 and "cos 0.000000" in p.stdout and "sqnr -inf" in p.stdout,
               p.stdout)
    refused(100, "all.npz", "all.npz", "--per_axis_compare", "2", says="no tensor has an axis 2")
    refused(100, "all.npz", "all.npz", "--per_axis_compare", "-2", says="no tensor has an axis -2")
    expect("an axis that some have", compare("all.npz", "all.npz", "--per_axis_compare", "1").returncode == 0)
    npz("labels.npz", labels=((3,), [0, 1, 0]))
    refused(304, "part.npz", "part.npz", "--labels", "labels.npz", says="no tensor of scores for 3 labels")
    npz("labels.npz", labels=((2,), [1, 1]))
    expect("labels that fit", "accuracy of a in part.npz: 1 of 2" in compare("part.npz", "part.npz", "--labels", "labels.npz").stdout)


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    a = ((2, 2), [1, 2, 4, 3])
    npz("part.npz", a=a)
    npz("all.npz", a=a, b=a, c=((1,), [5]))
    npz("other.npz", z=a)
    npz("zero.npz", a=((2, 2), [0, 0, 0, 0]))
    npz("small.npz", a=((2,), [1, 2]))
    for part in (not_compared, names, figures):
        part()
end()
