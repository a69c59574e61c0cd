"""What the tests of the program share: its name, arrays as files, and a count of what holds."""
import os
import struct
import sys
import zipfile

program, digits = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
results = []


def npy(shape, values, kind="f4"):
    """Bytes of a .npy file; `kind` as numpy writes it."""
    letter = {"f2": "e", "f4": "f", "f8": "d", "b1": "?", "u1": "B", "i4": "i", "i8": "q"}[kind]
    text = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }" % (
        ("|" if kind[1] == "1" else "<") + kind, "".join("%d, " % d for d in shape))
    text += " " * (-(len(text) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + struct.pack("<%d%s" % (len(values), letter), *values)


def npz(path, **arrays):
    """Each array is (shape, values), or (shape, values, kind)."""
    with zipfile.ZipFile(path, "w") as z:
        for name, array in arrays.items():
            z.writestr(name + ".npy", npy(*array))


def field(number, data):
    """A length-delimited field of a protocol buffer."""
    size, out = len(data), b""
    while size > 127:
        out, size = out + bytes([size & 127 | 128]), size >> 7
    return bytes([number << 3 | 2]) + out + bytes([size]) + data


def onnx(path, inputs, nodes, outputs):
    """Writes a network: inputs and outputs as {name: shape}, their type float or (shape, code); nodes as (operator, operands, results)."""
    def tensor(name, described):
        shape, code = described if isinstance(described, tuple) else (described, 1)
        dims = b"".join(field(1, b"\x08" + bytes([d])) for d in shape)
        return field(1, name.encode()) + field(2, field(1, bytes([8, code]) + field(2, dims)))
    made = b"".join(field(1, b"".join(field(1, x.encode()) for x in operands) + b"".join(field(2, x.encode()) for x in results) +
                          field(3, b"n%d" % i) + field(4, operator.encode()))
                    for i, (operator, operands, results) in enumerate(nodes))
    graph = made + field(2, b"g") + b"".join(field(11, tensor(*i)) for i in inputs.items())
    graph += b"".join(field(12, tensor(*o)) for o in outputs.items())
    open(path, "wb").write(b"\x08\x08" + field(7, graph) + field(8, b"\x10\x11"))


def expect(what, holds, otherwise="FAILED"):
    results.append(bool(holds))
    print("%s: %s" % (what, "ok" if holds else otherwise))


def end():
    print("%d passed, %d failed" % (sum(results), len(results) - sum(results)))
    sys.exit(not all(results))
