#!/usr/bin/python3
"""Runs the files that record_kernels or record_cv18xx wrote on the C-model and prints a hash of each file's outputs.

record_kernels.py FOLDER ORACLE > tests/data/kernels.txt            ORACLE: bm_oracle.py; TPU_ORACLE_LIBS names the libraries
record_kernels.py FOLDER ORACLE > tests/data/kernels_cv18xx.txt     ORACLE: run_cvimodel
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
    python = oracle.endswith(".py")
    start = [sys.executable, oracle] if python else [oracle]
    models = pathlib.Path(folder).glob("*.bmodel" if python else "*.cvimodel")
    for model in sorted(models, key=lambda p: (int(p.name.split("_")[0]), p.name)):
        with tempfile.TemporaryDirectory() as scratch:
            out = scratch + "/out.npz"
            inputs = str(model.with_suffix("")) + "_in.npz"
            done = subprocess.run([*start, str(model), "--in", inputs, *(["--float"] if python else []), "--out", out],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
            if done.returncode:
                print(model.stem, "failed", file=sys.stderr)
                continue
            arrays = np.load(out)
            data = b"".join(arrays[name].astype(np.float32).tobytes() for name in sorted(arrays.files))
        print(model.stem, "%x" % fnv(data), flush=True)


main(*sys.argv[1:])
