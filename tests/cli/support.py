"""What the tests of the program share: its name, arrays as files, and a count of what holds."""
import os
import struct
import sys
import zipfile

program, digits = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
results = []


def npy(shape, values):
    text = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }" % "".join("%d, " % d for d in shape)
    text += " " * (-(len(text) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + struct.pack("<%df" % len(values), *values)


def npz(path, **arrays):
    with zipfile.ZipFile(path, "w") as z:
        for name, (shape, values) in arrays.items():
            z.writestr(name + ".npy", npy(shape, values))


def expect(what, holds, otherwise="FAILED"):
    results.append(bool(holds))
    print("%s: %s" % (what, "ok" if holds else otherwise))


def end():
    print("%d passed, %d failed" % (sum(results), len(results) - sum(results)))
    sys.exit(not all(results))
