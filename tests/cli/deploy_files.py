#!/usr/bin/env python3
"""deploy_files.py PROGRAM DIGITS.onnx : what deploy writes at every level of effort, beside the file, and into its cache."""
import json
import os
import re
import subprocess
import tempfile
import zipfile

from support import digits, end, expect, npz, program


def deploy(model, *words, status=0):
    """Its standard output, and the bytes of the file."""
    p = subprocess.run([program, "deploy", "--mlir", "d.mlir", "--quantize", "F16", "--processor", "bm1684x", "--model", model,
                        "--skip_validation", *words], capture_output=True, text=True, timeout=120)
    expect("deploy " + " ".join(words), p.returncode == status, p.stderr)
    return p.stdout, open(model, "rb").read()


def outputs_of(model):
    subprocess.run([program, "run", "--model", model, "--input", "in.npz", "--output", "o.npz"], check=True, stdout=subprocess.DEVNULL)
    with zipfile.ZipFile("o.npz") as z:
        return {name: z.read(name) for name in z.namelist()}


def levels():
    found = []
    for level in "123":
        deploy("opt.bmodel", "--opt", level)
        found.append(outputs_of("opt.bmodel"))
    expect("every --opt gives the same results", found[0] == found[1] == found[2] and found[0])
    p = subprocess.run([program, "deploy", "--mlir", "d.mlir", "--processor", "bm1684x", "--model", "four.bmodel", "--opt", "4"],
                       capture_output=True, text=True)
    expect("--opt 4 is none", p.returncode == 2 and "TC100" in p.stderr and not os.path.exists("four.bmodel"), p.stderr)


def side_files():
    text, _ = deploy("s.bmodel", "--debug", "--json", "s.json")
    tiu, dma, nodes = (int(re.search(r"(\d+) " + word, text)[1]) for word in ("TIU", "DMA commands", "nodes"))
    subprocess.run([program, "profile", "s.bmodel", "--json", "p.json"], check=True, stdout=subprocess.DEVNULL)
    lines = open("s.compiler_profile_0.txt").read().splitlines()
    expect("the profile names both engines", lines[0].split() == ["ENGINE_BD", "ENGINE_GDMA"])
    entries = [re.fullmatch(r"( *)(\w+)_(\d+)\|([\w.]+)\|s:(\d+)\|b:(\d+)\|g:(\d+)\|e:(\d+)\|t:(\d+)(\|dr:[012]\|sz:\d+\|bw:[\d.]+)?", line)
               for line in lines[1:]]
    expect("each line of the profile is a command", all(entries) and len(entries) == tiu + dma)
    for name, of, count in (("TIU", [e for e in entries if not e[1]], tiu), ("DMA", [e for e in entries if e[1]], dma)):
        order = [int(e[3]) for e in of] == list(range(count))
        times = all(int(a[8]) <= int(b[5]) + 1 for a, b in zip(of, of[1:])) and all(abs(int(e[5]) + int(e[9]) - int(e[8])) <= 1 for e in of)
        expect("the %s's commands follow each other" % name, order and times and all(bool(e[10]) == (name == "DMA") for e in of))
    cycles = json.load(open("p.json"))["cycles"]
    expect("the profile ends when the file does", abs(max(int(e[8]) for e in entries) - cycles) <= 1)
    places = json.load(open("s.bmodel.json"))
    expect("each operator has a place", [p["file-line"] for p in places] == list(range(1, nodes + 1)))
    expect("command numbers grow", all(a["tiu_dma_id(after)"] >= a["tiu_dma_id(before)"] for a in places))
    expect("inputs have addresses", places[0]["operands"][0]["address"] > 0)
    plan = json.load(open("s.json"))["memory"]
    expect("the plan has the input and the lanes", plan["lane_bytes"] == 262144 and any(b["name"] == "image" for b in plan["global"]))


def cache():
    folder = os.path.join(os.environ["XDG_CACHE_HOME"], "tpu-convert")
    searched, plain = deploy("c.bmodel", "--disable_lghash", "--opt", "1")
    before = os.listdir(folder)
    searched, first = deploy("c.bmodel", "--lghash_dir", "groups", "--opt", "1")
    again, second = deploy("c.bmodel", "--lghash_dir", "groups", "--opt", "1")
    expect("the same bytes with and without a cache", plain == first == second)
    expect("what was found is used again", "earlier search" in again and "earlier search" not in searched)
    expect("the other folder is left alone", os.listdir(folder) == before)
    kept = os.path.join("groups", os.listdir("groups")[0])
    whole = open(kept, "rb").read()
    for kind, bytes_ in {"cut": whole[:-40], "empty": b"", "changed": whole.replace(b" 1 ", b" 2 ", 1), "long": whole + whole}.items():
        open(kept, "wb").write(bytes_)
        said, made = deploy("c.bmodel", "--lghash_dir", "groups", "--opt", "1")
        expect("a file that is %s does no harm" % kind, made == plain and "earlier search" not in said)
        expect("and is written anew", open(kept, "rb").read() == whole)
    said, made = deploy("c.bmodel", "--lghash_dir", "groups", "--opt", "2")
    expect("another level is another search", "earlier search" not in said and len(os.listdir("groups")) == 2)
    for nowhere in ("d.mlir", "/proc/none", "/dev/full"):
        said, made = deploy("c.bmodel", "--lghash_dir", nowhere, "--opt", "1")
        expect("a folder that can't be one does no harm", made == plain)
    p = subprocess.run([program, "deploy", "--mlir", "d.mlir", "--processor", "bm1684x", "--model", "x.bmodel", "--enable_lghash",
                        "--disable_lghash"], capture_output=True, text=True)
    expect("both wishes at once are refused", p.returncode == 2 and "TC100" in p.stderr, p.stderr)


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    os.environ.update(XDG_CACHE_HOME=os.path.join(scratch, "cache"), SOURCE_DATE_EPOCH="0")
    npz("in.npz", image=((1, 1, 8, 8), [0.01 * i for i in range(64)]))
    subprocess.run([program, "transform", "--model_name", "d", "--model_def", digits, "--input_shapes", "[[1,1,8,8]]", "--mlir",
                    "d.mlir"], check=True, stdout=subprocess.DEVNULL)
    for part in (levels, side_files, cache):
        part()
end()
