#!/usr/bin/env python3
"""validation.py PROGRAM DIGITS.onnx : what deploy and transform say of tensors that are not near enough, and that it helps."""
import os
import re
import shlex
import subprocess
import tempfile

from support import end, expect, npz, onnx, program


def call(*words):
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=120)


def refused(what, code, *words, says=""):
    p = call(*words)
    expect(what, p.returncode != 0 and "error TC%d: " % code in p.stderr and says in p.stderr, p.stderr)
    return p.stderr


def remedies_of_f16():
    """Values beyond 65504: each step names operators to compute in F32, until none falls."""
    words, steps = [*deploy, "--quantize", "F16"], 0
    while (p := call(*words)).returncode and steps < 5:
        found = re.search(r"next: tpu-convert (.*)$", p.stderr)
        if not found:
            break
        words, steps = [*shlex.split(found[1]), "--test_input", "in.npz"], steps + 1
    expect("the remedies of F16 lead to a file that passes", p.returncode == 0 and 1 <= steps <= 4, p.stderr)
    expect("they name no more than what overflows", words[-3].count(":F32") <= 4 and "x:F32" not in words[-3], words)
    open("table", "w").write("a_Mul F32\n")
    said = refused("a file of types is to be extended", 600, *deploy, "--quantize", "F16", "--quantize_table", "table")
    expect("by name and type", "next: add 'b_Mul F32'" in said and said.rstrip().endswith("to the quantize table table"), said)


def remedies_of_wide_types():
    strict = ["--test_input", "small.npz", "--tolerance", "1,1"]
    said = refused("F32 has no wider type", 600, "deploy", "--mlir", "n.mlir", "--processor", "bm1684x", "--model", "n.bmodel",
                   *strict, says="no wider type than F32")
    expect("nothing is to be kept in floating point", "floating point" not in said and "quantize_table" not in said, said)
    said = refused("BF16 is the widest of a chip", 600, "deploy", "--mlir", "s.mlir", "--processor", "cv181x", "--quantize",
                   "BF16", "--model", "s.cvimodel", *strict, says="no wider type than BF16")
    said = refused("without a file", 600, *deploy[:-1], "small.npz", "--quantize", "BF16", "--tolerance", "1,1", "--not_gen_bmodel")
    expect("none is written", "is written" not in said, said)


def references():
    call("run", "--model", "m.mlir", "--input", "small.npz", "--output", "small_out.npz")
    refused("a reference of another input", 600, *deploy, "--test_reference", "small_out.npz",
            says="y_Sqrt of --test_reference small_out.npz is not what the float network gives")
    refused("a reference without an input", 100, *deploy[:-2], "--test_reference", "small_out.npz", says="needs --test_input")
    p = call(*deploy[:-2], "--test_reference", "small_out.npz", "--skip_validation")
    expect("which does not matter without validation", p.returncode == 0, p.stderr)
    call(*transform, "--test_input", "small.npz")
    p = call(*deploy[:-2], "--test_reference", "small_out.npz")
    expect("the input that transform wrote will do", p.returncode == 0 and "1 compared, 1 passed" in p.stdout, p.stderr)
    os.remove("m_in_f32.npz")
    refused("the same for transform", 100, *transform, "--test_reference", "small_out.npz", says="needs --test_input")
    npz("other.npz", z=((2, 3), [0] * 6))
    refused("a reference of another network", 600, *transform, "--test_input", "in.npz", "--test_reference", "other.npz",
            says="none of the network's tensors")


def exceptions():
    refused("all outputs excepted", 100, *deploy, "--excepts", "y_Sqrt", says="all of the network's outputs")
    refused("all tensors excepted", 600, *deploy, "--compare_all", "--excepts", "y_Sqrt,a_Mul,b_Mul,c_Sqrt,x", says="every tensor")
    p = call(*deploy, "--compare_all", "--excepts", "y_Sqrt")
    expect("the others are still compared", p.returncode == 0 and "c_Sqrt" in p.stdout, p.stderr)
    for tolerance in ("x", "0.9", "1,1.5", "nan,0.9"):
        refused("a tolerance of " + tolerance, 100, *deploy, "--tolerance", tolerance)


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    os.environ["XDG_CACHE_HOME"] = scratch
    onnx("m.onnx", {"x": [2, 3]}, [("Mul", ["x", "x"], ["a"]), ("Mul", ["a", "a"], ["b"]), ("Sqrt", ["b"], ["c"]),
                                   ("Sqrt", ["c"], ["y"])], {"y": [2, 3]})
    onnx("s.onnx", {"x": [2, 3]}, [("Sigmoid", ["x"], ["t"]), ("Exp", ["t"], ["y"])], {"y": [2, 3]})
    onnx("n.onnx", {"x": [2, 3]}, [("Exp", ["x"], ["e"]), ("Exp", ["e"], ["f"]), ("Log", ["f"], ["g"]), ("Sub", ["g", "e"], ["y"])],
         {"y": [2, 3]}) # nothing but what rounding leaves
    npz("in.npz", x=((2, 3), [300, 1, 2, 3, 4, 5]))
    npz("small.npz", x=((2, 3), [0.3, 1.1, 2.3, 3.4, 4.7, 9.1]))
    transform = ["transform", "--model_name", "m", "--model_def", "m.onnx", "--mlir", "m.mlir"]
    call(*transform)
    for name in "sn":
        call("transform", "--model_name", name, "--model_def", name + ".onnx", "--mlir", name + ".mlir")
    deploy = ["deploy", "--mlir", "m.mlir", "--processor", "bm1684x", "--model", "m.bmodel", "--test_input", "in.npz"]
    for part in (remedies_of_f16, remedies_of_wide_types, references, exceptions):
        part()
end()
