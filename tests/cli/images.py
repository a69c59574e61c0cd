#!/usr/bin/env python3
"""images.py PROGRAM DIGITS.onnx : transform's options about images are taken where they can be right, and only there."""
import os
import struct
import subprocess
import tempfile
import zipfile
import zlib

from support import end, expect, npz, onnx, program


def png(path, width, height, pixels):
    """Grey, eight bits."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes(pixels[y * width:(y + 1) * width]) for y in range(height))
    open(path, "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
                           chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def transform(name, *words):
    return subprocess.run([program, "transform", "--model_name", name, "--model_def", name + ".onnx", "--mlir", name + ".mlir",
                           *words], capture_output=True, text=True, timeout=120)


def refused(code, name, *words, says=""):
    p = transform(name, *words)
    expect("%s %s" % (name, " ".join(words)), p.returncode != 0 and "error TC%d: " % code in p.stderr and says in p.stderr, p.stderr)


def taken(name, *words):
    p = transform(name, *words)
    expect("%s %s" % (name, " ".join(words)), p.returncode == 0, p.stderr)
    return open(name + ".mlir").read()


def values_of(name):
    with zipfile.ZipFile(name + "_in_f32.npz") as z:
        data = z.read("x.npy")
    return struct.unpack("<%df" % ((len(data) - 128) // 4), data[128:])


def never_right():
    for option, value, says in (("--mean", "1,2", "2 numbers"), ("--scale", "1,2,3,4", "4 numbers"), ("--mean", "1,nan,3", "nan"),
                                ("--resize_dims", "0,-4", "height and width"), ("--resize_dims", "8.5,8", "height and width"),
                                ("--resize_dims", "8", "two numbers"), ("--pad_value", "300", "255"), ("--pad_value", "x", "integer"),
                                ("--pixel_format", "gray", "has 3 channels, gray has 1"), ("--tolerance", "x", "number"),
                                ("--preprocess_list", "2", "from 1 to 1"), ("--preprocess_list", "0", "from 1 to 1"),
                                ("--channel_format", "nhwc", "second axis"), ("--model_name", "", "name")):
        refused(100, "rgb", option, value, says=says)
    refused(101, "rgb", "--excepts", "z_Relu", says="y_Relu")
    refused(100, "rgb", "--channel_format", "none", "--test_input", "g.png", says="g.png is one")
    refused(100, "grey", "--pixel_format", "rgb", says="--channel_format none")
    refused(100, "square", "--channel_format", "nhwc", says="has 4 channels, bgr has 3")
    refused(100, "two", "--preprocess_list", "2", "--pixel_format", "rgb", says="1 channels")
    refused(304, "last", "--test_input", "g.png", says="--channel_format nhwc")


def harmless():
    taken("rgb", "--resize_dims", "2,12", "--excepts", "y_Relu", "--channel_format", "none", "--mean", "1,2,3")
    expect("sizes are at least the network's", "resize_dims = [4, 12]" in taken("rgb", "--resize_dims", "2,12"))
    taken("grey", "--pixel_format", "rgb", "--channel_format", "none")
    taken("flat", "--mean", "1,2", "--pixel_format", "rgb", "--channel_format", "nhwc", "--scale", "1,2,3")
    text = taken("two", "--mean", "1,2,3", "--pixel_format", "rgb")
    expect("one of two inputs is an image", text.count('pixel_format = "rgb"') == 2 and "mean = [1.0, 2.0, 3.0]" in text)
    expect("the other is left out", taken("two", "--preprocess_list", "1").count("do_preprocess = false") == 1)


def defaults():
    expect("four channels need no more said", "mean = [0.0, 0.0, 0.0, 0.0]" in taken("rgba", "--pixel_format", "rgba"))
    taken("rgba", "--pixel_format", "rgbd", "--test_input", "g.png")
    expect("opaque", values_of("rgba")[-16:] == (255.0,) * 16)
    for words in ((), ("--mean", "1"), ("--mean", "1,1,1", "--pixel_format", "gray")):
        taken("grey", "--test_input", "g.png", *words)
        expect("grey", values_of("grey") == tuple(float(v - bool(words)) for v in range(16)))
    taken("last", "--channel_format", "nhwc", "--scale", "1,2,4", "--test_input", "g.png")
    expect("channels last", all(2 * r == g == b / 2 for r, g, b in zip(*[iter(values_of("last"))] * 3)) and
           max(values_of("last")) == 60, values_of("last"))
    taken("two", "--preprocess_list", "1", "--test_input", "g.png,z.npz")
    expect("an image for the input that takes one", len(values_of("two")) == 48)


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    for name, shape in (("square", [1, 3, 4, 4]), ("rgb", [1, 3, 4, 6]), ("grey", [1, 1, 4, 4]), ("rgba", [1, 4, 4, 4]), ("last", [1, 5, 5, 3]), ("flat", [2, 8])):
        onnx(name + ".onnx", {"x": shape}, [("Relu", ["x"], ["y"])], {"y": shape})
    onnx("two.onnx", {"x": [1, 3, 4, 4], "z": [1, 1, 4, 4]}, [("Add", ["x", "z"], ["y"])], {"y": [1, 3, 4, 4]})
    png("g.png", 4, 4, range(16))
    npz("z.npz", z=((1, 1, 4, 4), [0] * 16), other=((1,), [0]))
    for part in (never_right, harmless, defaults):
        part()
end()
