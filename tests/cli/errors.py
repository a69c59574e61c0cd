#!/usr/bin/env python3
"""errors.py PROGRAM DIGITS.onnx : every wrong use ends with one line that carries a code, status 1 or 2, and leaves no file."""
import json
import os
import random
import resource
import subprocess
import sys
import tempfile

from support import digits, end, expect, npz, onnx, program


def chain(path, *operators):
    """A network that chains operators, each with one operand of shape [1,4]."""
    onnx(path, {"t0": [1, 4]}, [(op, ["t%d" % i], ["t%d" % (i + 1)]) for i, op in enumerate(operators)],
         {"t%d" % len(operators): [1, 4]})


def check(what, code, *words, status=1, limit=None, says=""):
    """Runs the program in the scratch folder."""
    before = sorted(os.listdir("."))
    shrink = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None
    p = subprocess.run([program, *words], capture_output=True, text=True, errors="replace", timeout=120, preexec_fn=shrink,
                       stdin=subprocess.DEVNULL)
    wrong = []
    if p.returncode != status:
        wrong.append("status %d, not %d" % (p.returncode, status))
    lines = p.stderr.splitlines()
    if len(lines) != 1 or not lines[0].startswith("tpu-convert: error TC%s: " % code):
        wrong.append("stderr is %r, not one line with TC%s" % (p.stderr[:300], code))
    elif says not in lines[0]:
        wrong.append("%r does not say %r" % (lines[0], says))
    left = sorted(set(os.listdir(".")) - set(before))
    if left:
        wrong.append("left behind: " + ", ".join(left))
    expect(what, not wrong, "; ".join(wrong))


def usage():
    check("no such command", 100, "trnsform", status=2, says="transform")
    check("no such option", 100, "compare", "a.npz", "b.npz", "--tolerence", "1", status=2, says="--tolerance")
    check("an abbreviated option", 100, "compare", "a.npz", "b.npz", "--toler", "1", status=2)
    check("a missing value", 100, "transform", "--mlir", status=2)
    check("a missing option", 100, "transform", "--mlir", "x.mlir", status=2)
    check("a number that is none", 100, "compare", "in.npz", "in.npz", "--tolerance", "high,low", status=2)
    check("a choice that is none", 100, *transform, "--pixel_format", "rbg", status=2)
    check("an option that is not built", 104, *transform, "--dynamic", says="--dynamic")
    check("a command that is not built", 104, "qtable", "x.mlir")


def files():
    check("a missing network", 200, "transform", "--model_name", "x", "--model_def", "none.onnx", "--mlir", "x.mlir")
    check("a network of the wrong suffix", 201, "transform", "--model_name", "x", "--model_def", "in.npz", "--mlir", "x.mlir")
    check("an output of the wrong suffix", 201, *transform[:-1], "x.txt")
    check("a missing input", 200, *transform, "--test_input", "none.npz")
    check("a folder as input", 200, "run", "--model", ".onnx", "--input", "in.npz")
    check("an output folder that is not there", 203, *transform[:-1], "none/x.mlir")
    check("a full disk", 203, *transform, limit=20000)
    check("a full disk at the last file", 203, *transform, "--input_shapes", "[[50,1,8,8]]", "--test_input", "in.npz",
          "--test_result", "t.npz", limit=200000)
    check("a full device", 203, "compare", "in.npz", "in.npz", "--csv", "/dev/full")
    check("a full device for arrays", 201, "run", "--model", "d.mlir", "--input", "in.npz", "--output", "/dev/full")


def damaged():
    whole = {"onnx": open(digits, "rb").read(), "npz": open("in.npz", "rb").read(), "mlir": open("d.mlir", "rb").read()}
    noise = random.Random(1)
    for suffix, bytes_ in whole.items():
        kinds = {"cut": bytes_[:len(bytes_) * 2 // 3], "random": noise.randbytes(5000), "empty": b""}
        for kind, content in kinds.items():
            name = "%s.%s" % (kind, suffix)
            open(name, "wb").write(content)
            what = "%s .%s" % (kind, suffix)
            if suffix == "onnx":
                check(what, 202, "transform", "--model_name", "x", "--model_def", name, "--mlir", "x.mlir")
            elif suffix == "npz":
                check(what, 202, *transform, "--test_input", name)
            else:
                check(what, 202, "run", "--model", name, "--input", "in.npz", "--output", "o.npz")
    for kind, content in {"random": noise.randbytes(5000), "empty": b""}.items():
        for suffix in (".bmodel", ".cvimodel"):
            open(kind + suffix, "wb").write(content)
            check(kind + suffix, 202, "inspect", "--info", kind + suffix)
            check(kind + suffix + " to run", 202, "run", "--model", kind + suffix, "--input", "in.npz", "--output", "o.npz")
    open("noise.jpg", "wb").write(noise.randbytes(5000))
    check("a damaged image", 202, *transform, "--pixel_format", "gray", "--test_input", "noise.jpg")


def networks():
    npz("wrong.npz", other=((1, 4), [1, 2, 3, 4]), third=((1,), [1]))
    npz("small.npz", t0=((2, 3), range(6)))
    chain("good.onnx", "Relu", "Sigmoid")
    chain("bad.onnx", "Relu", "Frobnicate", "Quuxify")
    good = ["transform", "--model_name", "g", "--model_def", "good.onnx", "--mlir", "g.mlir"]
    check("an input that no file gives", 304, *good, "--test_input", "wrong.npz", says="t0")
    check("an input of the wrong shape", 304, *good, "--test_input", "small.npz", says="[2,3]")
    check("shapes for inputs that are not there", 304, *good, "--input_shapes", "[[1,4],[1,4]]")
    check("a tensor that is not there", 101, *good, "--output_names", "t22", says="t2")
    check("nodes that are not supported", 302, "transform", "--model_name", "b", "--model_def", "bad.onnx", "--mlir", "b.mlir",
          says="Quuxify")
    check("a name with a slash", 100, "transform", "--model_name", "a/b", "--model_def", "good.onnx",
          "--mlir", "g.mlir", status=2)
    check("files without a common tensor", 600, "compare", "wrong.npz", "small.npz")
    check("an excepted tensor that is not there", 101, "compare", "small.npz", "small.npz", "--excepts", "t1", says="t0")
    check("a tensor to compare that is not there", 101, "compare", "small.npz", "small.npz", "--key", "t9")


def examined():
    def doctor(*words):
        return subprocess.run([program, "doctor", *words], capture_output=True, text=True, timeout=60)
    chain("pool.onnx", "Relu", "Erf", "Sigmoid")
    subprocess.run([program, "transform", "--model_name", "pool", "--model_def", "pool.onnx", "--mlir", "pool.mlir"], check=True,
                   stdout=subprocess.DEVNULL)
    text = open("pool.mlir").read().replace("1x4xf32", "1x1x1x4xf32").replace(  # no chip computes filters of a transposed one
        '"top.Erf"(%2)', '"top.Deconv"(%2, %2) {kernel_shape = [1, 4], pads = [0, 1, 0, 2], strides = [1, 1], group = 1}')
    open("pool.mlir", "w").write(text)
    refused, fine = doctor("pool.mlir", "--json", "d.json"), doctor("good.onnx")
    found = json.load(open("d.json"))
    os.remove("d.json")
    expect("doctor refuses an operator without a kernel", refused.returncode == 1 and not found["convertible"])
    expect("and says where to cut", "--output_names t1_Relu" in refused.stdout and found["output_names"] == ["t1_Relu"])
    expect("doctor estimates what can be converted", fine.returncode == 0 and "F16: convertible" in fine.stdout)
    small = doctor("good.onnx", "--processor", "cv181x")
    expect("doctor knows the types of the chip", small.returncode == 0 and "BF16: convertible" in small.stdout
           and "F16  " not in small.stdout.replace("BF16", ""))
    check("doctor of a type that the chip has not", 103, "doctor", "good.onnx", "--processor", "cv181x", "--quantize", "F16")
    check("doctor of a chip that is not built", 104, "doctor", "good.onnx", "--processor", "bm1688")
    check("doctor of a chip that is none", 102, "doctor", "good.onnx", "--processor", "bm9999")
    check("doctor of a file that is no network", 201, "doctor", "small.npz")
    partly = doctor("bad.onnx")
    expect("doctor of a network that can be imported in part", partly.returncode == 1 and "Quuxify" in partly.stdout
           and "2 nodes can't run" in partly.stdout and partly.stdout.endswith("--output_names t1\n"))
    cut = subprocess.run([program, "doctor", "cut.mlir"], capture_output=True, text=True) if subprocess.run(
        [program, "transform", "--model_name", "cut", "--model_def", "bad.onnx", "--mlir", "cut.mlir", "--output_names", "t1"],
        capture_output=True).returncode == 0 else None
    expect("and what it says to do works", cut is not None and cut.returncode == 0)
    chain("odd.onnx", "Frobnicate", "Relu")
    check("doctor of a network of which nothing can be imported", 302, "doctor", "odd.onnx", says="Frobnicate")


def chips():
    deploy = ["deploy", "--quantize", "F16", "--mlir", "d.mlir", "--model", "d.bmodel"]
    check("no chip", 100, *deploy, status=2)
    check("an unknown chip", 102, *deploy, "--processor", "bm9999")
    check("a chip that is not built", 104, *deploy, "--processor", "bm1688")
    check("a type that is not built", 104, *deploy, "--processor", "bm1684x", "--quantize", "INT4")
    check("a type that is none", 100, *deploy, "--processor", "bm1684x", "--quantize", "F17", status=2)
    check("a file of another chip family", 103, *deploy[:-1], "d.cvimodel", "--processor", "bm1684x")
    check("a file of the other family", 103, *deploy, "--processor", "cv181x", says=".cvimodel")
    cv18xx = [*deploy[:-1], "d.cvimodel", "--processor", "cv181x"]
    check("a type that the chip has not", 103, *cv18xx, says="BF16, INT8")
    check("zero points on a chip that has none", 103, *cv18xx, "--quantize", "INT8", "--asymmetric", says="--asymmetric")
    check("the option of the other family", 103, *deploy, "--processor", "bm1684x", "--op_divide", says="CV18xx")
    raw = [*deploy, "--processor", "bm1684x", "--fuse_preprocess"]
    check("aligned images on a chip that has none", 103, *raw, "--aligned_input", says="no unit")
    check("a format of images that is none", 100, *raw, "--customization_format", "RBG", status=2, says="RGB_PLANAR")
    check("a format of images that is not built", 104, *raw, "--customization_format", "GBRG_RAW", says="RGB_PLANAR")
    check("raw images without the option", 100, *deploy, "--processor", "bm1684x", "--aligned_input", status=2,
          says="--fuse_preprocess")
    check("a file of the wrong suffix", 201, *deploy[:-1], "d.bin", "--processor", "bm1684x")
    check("an excepted tensor that the network lacks", 101, *deploy, "--processor", "bm1684x", "--excepts", "nothing_Conv")
    subprocess.run([program, *deploy, "--processor", "bm1684x", "--skip_validation"], check=True, stdout=subprocess.DEVNULL)
    whole = open("d.bmodel", "rb").read()
    for size in (100, len(whole) // 2, len(whole) - 1):
        open("cut.bmodel", "wb").write(whole[:size])
        check("a .bmodel file cut at %d bytes" % size, 202, "run",
              "--model", "cut.bmodel", "--input", "in.npz", "--output", "o.npz")
    npz("wide.npz", input=((1, 1, 9, 9), [0.1] * 81))
    check("an input of the wrong shape for the chip", 304, "run",
          "--model", "d.bmodel", "--input", "wide.npz", "--output", "o.npz")
    check("a full disk for the chip's file", 203, *deploy, "--processor", "bm1684x", "--skip_validation", limit=10000)


def calibration():
    for folder in ("none", "good", "bad", "mixed", "other"):
        os.mkdir(folder)
    for i in range(3):
        npz("good/%d.npz" % i, input=((1, 1, 8, 8), [0.01 * i * j for j in range(64)]))
    npz("mixed/1.npz", input=((1, 1, 8, 8), [0.1] * 64))
    npz("other/1.npz", input=((1, 3, 8, 8), [0.1] * 192))
    for folder in ("bad", "mixed"):
        open(folder + "/0.jpg", "wb").write(random.Random(3).randbytes(5000))
    open("list.txt", "w").write("good/1.npz\n\ngood/2.npz\n")
    calibrate = ["calibrate", "d.mlir", "-o", "t"]
    check("no data set", 100, *calibrate, status=2, says="--dataset")
    check("a folder and a list", 100, *calibrate, "--dataset", "good", "--data_list", "list.txt", status=2)
    check("an empty data set", 304, *calibrate, "--dataset", "none", says="no image")
    check("a data set that is not there", 200, *calibrate, "--dataset", "nowhere")
    check("a list that is not there", 200, *calibrate, "--data_list", "nowhere")
    check("samples of which none can be read", 202, *calibrate, "--dataset", "bad", says="none of the 1 samples")
    check("samples of another channel count", 304, *calibrate, "--dataset", "other", says="[1,3,8,8]")
    check("a table where none can be", 203, "calibrate", "d.mlir", "--dataset", "good", "-o", "nowhere/t")
    check("a full disk for the table", 203, *calibrate, "--dataset", "good", limit=100)
    check("a method that is none", 100, *calibrate, "--dataset", "good", "--cali_method", "best", status=2)
    check("a histogram of three bins", 100, *calibrate, "--dataset", "good", "--histogram_bin_num", "3", status=2)
    check("a debug command that is not built", 104, *calibrate, "--dataset", "good", "--debug_cmd", "fp8")
    check("an option of calibration that is not built", 104, *calibrate, "--dataset", "good", "--bc", says="--bc")
    check("a search without a file for what it finds", 100, *calibrate, "--dataset", "good", "--search", "search_qtable", status=2,
          says="--quantize_table")
    p = subprocess.run([program, *calibrate, "--dataset", "mixed", "--debug_cmd", "use_mse"], capture_output=True, text=True)
    expect("an unreadable sample is reported, passed over and counted", p.returncode == 0 and "0.jpg" in p.stderr and
           "1 samples, 1 passed over, mse" in p.stdout)
    tables = set()
    for threads in ("1", "3"):
        subprocess.run([program, *calibrate, "--data_list", "list.txt", "--threads", threads], check=True,
                       stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": "0"})
        tables.add(open("t").read())
    expect("the same samples give the same table", len(tables) == 1 and "# sample number: 2\n" in tables.pop())
    expect("side files have the method's name", os.path.exists("t_kl") and os.path.exists("t_kl_tune"))


def profiles():
    subprocess.run([program, "deploy", "--mlir", "d.mlir", "--quantize", "F16", "--processor", "bm1684x", "--model", "p.bmodel",
                    "--skip_validation", "--json", "p.json"], check=True, stdout=subprocess.DEVNULL)
    profile = ["profile", "p.bmodel"]
    check("profile without a file", 100, "profile", status=2)
    check("a file to profile that is not there", 200, "profile", "none.bmodel")
    check("a file to profile that is random", 202, "profile", "random.bmodel")
    check("a calibration that is none", 100, *profile, "--calibration", "gold", status=2, says="silicon")
    check("a net that is not in the file", 100, *profile, "--net", "other", says="other", status=2)
    check("a trace of the wrong suffix", 201, *profile, "--trace", "t.txt")
    check("a timeline of the wrong suffix", 201, *profile, "--report", "t.json")
    check("a timeline where none can be", 203, *profile, "--report", "nowhere/t.html")
    check("layers that are no report", 202, *profile, "--layers", "d.mlir")
    text = open("p.json").read()
    open("q.json", "w").write(text.replace('"microseconds"', '"millifortnights"'))
    check("layers with a field missing", 202, *profile, "--layers", "q.json")
    other = json.loads(text)
    other["layers"][-1]["tiu"][1] = 1000
    json.dump(other, open("q.json", "w"))
    check("layers of another file", 304, *profile, "--layers", "q.json")
    p = subprocess.run([program, *profile, "--layers", "p.json", "--json", "q.json", "--trace", "t.json", "--report", "t.html"],
                       capture_output=True, text=True)
    said = json.load(open("q.json"))
    own = sum(layer["own_us"] for layer in said["layers"]) / 1000
    expect("the times of the layers add up to the whole", p.returncode == 0 and abs(own - said["milliseconds"]) < 1e-6)
    events = [e for e in json.load(open("t.json"))["traceEvents"] if e["ph"] == "X"]
    expect("no event lies beyond the end", max(e["ts"] + e["dur"] for e in events) <= said["cycles"] / 1000 + 1e-6)


def detectors():
    open("noise.jpg", "wb").write(random.Random(2).randbytes(5000))
    os.mkdir("empty")
    run = ["--model", "d.mlir", "--input", "noise.jpg"]
    check("detect without an output", 100, "detect", *run, status=2, says="--output")
    check("detectors of an unknown family", 100, "detect", "yolov4", *run, "--output", "o.jpg", status=2, says="yolov5")
    check("a threshold above 1", 100, "detect", *run, "--output", "o.jpg", "--score_thres", "1.5", status=2)
    check("a picture of the wrong suffix", 201, "detect", *run, "--output", "o.gif")
    check("an image that is not there", 200, "detect", *run[:-1], "none.jpg", "--output", "o.jpg")
    check("a folder without images", 200, "detect", *run[:-1], "empty", "--output", "o")
    check("a report's picture that is not there", 200, "deploy", "--mlir", "d.mlir", "--model", "r.bmodel", "--processor", "bm1684x",
          "--report", "r.html", "--report_images", "none.jpg")
    check("a network of grey images", 303, "detect", *run, "--output", "o.jpg", says="channels")


with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as cache:
    os.chdir(scratch)
    os.environ["XDG_CACHE_HOME"] = cache
    transform = ["transform", "--model_name", "d", "--model_def", digits, "--input_shapes", "[[1,1,8,8]]", "--mlir", "x.mlir"]
    npz("in.npz", input=((1, 1, 8, 8), [0.1] * 64))
    subprocess.run([program, *transform[:-1], "d.mlir"], check=True, stdout=subprocess.DEVNULL)
    for part in (usage, files, damaged, networks, examined, chips, calibration, profiles, detectors):
        part()
end()
