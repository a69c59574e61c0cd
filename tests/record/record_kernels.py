#!/usr/bin/python3
"""Runs the .bmodel files that record_kernels wrote on the C-model and prints a hash of each file's outputs.

record_kernels.py FOLDER ORACLE > tests/data/kernels.txt     ORACLE: bm_oracle.py; TPU_ORACLE_LIBS names the libraries
"""
import pathlib
import subprocess
import sys
import tempfile

import numpy as np


def fnv(data):
    value = 1469598103934665603
    for byte in data:
        value = (value ^ byte) * 1099511628211 % 2**64
    return value


def main(folder, oracle):
    for model in sorted(pathlib.Path(folder).glob("*.bmodel"), key=lambda p: int(p.name.split("_")[0])):
        with tempfile.TemporaryDirectory() as scratch:
            out = scratch + "/out.npz"
            subprocess.run([sys.executable, oracle, str(model), "--in", str(model)[:-7] + "_in.npz", "--float", "--out", out],
                           check=True, stdout=subprocess.DEVNULL, timeout=120)
            arrays = np.load(out)
            data = b"".join(arrays[name].astype(np.float32).tobytes() for name in sorted(arrays.files))
        print(model.stem, "%x" % fnv(data), flush=True)


main(*sys.argv[1:])
