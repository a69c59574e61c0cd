#!/usr/bin/env python3
"""arrays.py PROGRAM DIGITS.onnx : arrays of every type, named or in order, are inputs by one rule for networks and chips' files."""
import os
import re
import struct
import subprocess
import tempfile
import zipfile

from support import digits, end, expect, npy, npz, onnx, program


def call(*words, status=0):
    """What the program prints."""
    p = subprocess.run([program, *words], capture_output=True, text=True, timeout=120)
    expect(" ".join(words), p.returncode == status, p.stderr)
    return p.stdout + p.stderr


def result(model, *inputs):
    """The floats of the output y_Add."""
    call("run", "--model", model, "--input", *inputs, "--output", "o.npz")
    with zipfile.ZipFile("o.npz") as z:
        bytes_ = z.read("y_Add.npy")
    return struct.unpack("<6f", bytes_[-24:])


def every_kind():
    for kind in ("f2", "f4", "f8", "b1", "u1", "i4", "i8"):
        values = [0, 1, 1, 0, 1, 0]
        npz(kind + ".npz", x=((2, 3), values, kind), s=((), [1], kind), extra=((2,), [7, 8], kind))
        wanted = tuple(v + 1.0 for v in values)
        found = [result(model, kind + ".npz") for model in models]
        expect("%s for every kind of model" % kind, found == [wanted] * len(models), found)
    os.rename("f8.npz", "in.npz")


def order():
    open("x.npy", "wb").write(npy((2, 3), [1, 2, 3, 4, 5, 6]))
    open("one.npy", "wb").write(npy((1, 3), [1, 2, 3]))
    open("s.npy", "wb").write(npy((), [2]))
    expect("files in the inputs' order", {result(model, "x.npy", "s.npy") for model in models} == {(3, 4, 5, 6, 7, 8)})
    expect("a sample for the whole batch", {result(model, "one.npy", "s.npy") for model in models} == {(3, 4, 5, 3, 4, 5)})
    npz("s.npz", s=((), [3]), other=((), [4]))
    expect("an npz file and the rest in order", {result(model, "s.npz", "x.npy") for model in models} == {(4, 5, 6, 7, 8, 9)})
    for model in models:
        expect("a missing input", "TC304: s: no file gives" in call("run", "--model", model, "--input", "x.npy", status=1))
        expect("a file too many", "TC304: x.npy: the network has no further" in
               call("run", "--model", model, "--input", "x.npy", "s.npy", "x.npy", status=1))


def whole_numbers():
    onnx("g.onnx", {"table": [4, 3], "i": ([2], 7)}, [("Gather", ["table", "i"], ["y"])], {"y": [2, 3]})
    call("transform", "--model_name", "g", "--model_def", "g.onnx", "--mlir", "g.mlir")
    call("deploy", "--mlir", "g.mlir", "--processor", "bm1684x", "--model", "g.bmodel", "--skip_validation")
    for kind in ("i8", "i4", "u1", "f4", "b1"):
        npz("i.npz", table=((4, 3), range(12)), i=((2,), [1, 0], kind))
        call("run", "--model", "g.bmodel", "--input", "i.npz", "--output", "o.npz")
        with zipfile.ZipFile("o.npz") as z:
            expect("%s as positions" % kind, struct.unpack("<6f", z.read(z.namelist()[0])[-24:]) == (3, 4, 5, 0, 1, 2))
    npz("i.npz", table=((4, 3), range(12)), i=((2,), [1, 1 << 31], "i8"))
    expect("a position that no chip holds", "TC304: i: the array has 2147483648, the program takes int32" in
           call("run", "--model", "g.bmodel", "--input", "i.npz", status=1))


def chips_files():
    for model in models[2:]:
        said = call("run", "--model", model, "--input", "in.npz", "--dump_all_tensors", status=1)
        expect("what helps instead of --dump_all_tensors", "run the .mlir file" in said and "deploy with --compare_all" in said)
    onnx("c.onnx", {"x": [2, 3]}, [("Sqrt", ["x"], ["t"]), ("Sigmoid", ["t"], ["y"])], {"y": [2, 3]})
    call("transform", "--model_name", "c", "--model_def", "c.onnx", "--mlir", "c.mlir")
    call("run", "--model", "c.mlir", "--input", "x.npy", "--dump_all_tensors", "--output", "o.npz")
    with zipfile.ZipFile("o.npz") as z:
        expect("the first does help", z.namelist() == ["x.npy", "t_Sqrt.npy", "y_Sigmoid.npy"], z.namelist())
    said = call("deploy", "--mlir", "c.mlir", "--processor", "bm1684x", "--model", "c.bmodel", "--test_input", "x.npy", "--compare_all")
    expect("the second too", "t_Sqrt" in said and "y_Sigmoid" in said, said)
    call("transform", "--model_name", "d", "--model_def", digits, "--input_shapes", "[[1,1,8,8]]", "--mlir", "d.mlir")
    call("deploy", "--mlir", "d.mlir", "--processor", "bm1684x", "--model", "d.bmodel", "--skip_validation")
    npz("d.npz", d=((1, 1, 8, 8), [0.1] * 64))
    size = int(re.search(r"weight: (\d+)", call("inspect", "--info", "d.bmodel"))[1])
    for count, status in ((0, 1), (size - 1, 1), (size, 0), (size + 1, 1)):
        open("w.bin", "wb").write(bytes(count))
        said = call("run", "--model", "d.bmodel", "--input", "d.npz", "--output", "o.npz", "--coeff", "w.bin", status=status)
        expect("weights of %d bytes" % count, status == 0 or "TC304: w.bin: the file has %d bytes" % count in said, said)


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    os.environ["XDG_CACHE_HOME"] = scratch
    models = ["m.onnx", "m.mlir", "m.bmodel", "m.cvimodel"]
    onnx("m.onnx", {"x": [2, 3], "s": []}, [("Add", ["x", "s"], ["y"])], {"y": [2, 3]})
    call("transform", "--model_name", "m", "--model_def", "m.onnx", "--input_shapes", "[[2,3],[]]", "--mlir", "m.mlir")
    call("deploy", "--mlir", "m.mlir", "--processor", "bm1684x", "--model", "m.bmodel", "--skip_validation")
    call("deploy", "--mlir", "m.mlir", "--processor", "cv181x", "--quantize", "BF16", "--model", "m.cvimodel", "--skip_validation")
    for part in (every_kind, order, whole_numbers, chips_files):
        part()
end()
