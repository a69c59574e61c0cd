#!/usr/bin/env python3
"""Real networks against peers, side by side: reference inference, conversion, the machine; with the peak memory of each."""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys

import numpy as np

from measure import fastest, measured, rows_as_text

INFERENCE = ["mobilenet_v2", "yolov5n"]
ROUNDS = 3


class bench:
    def __init__(self, arguments):
        self.build, self.shared = arguments.build.resolve(), arguments.shared.resolve()
        self.scratch = arguments.scratch.resolve()
        self.program = self.build / "apps" / "tpu-convert"
        self.rows = []

    def model(self, name):
        return next((self.shared / "models" / "models" / name).glob("*.onnx"))

    def golden(self, name):
        return self.shared / "models" / "golden" / f"{name}.in.npz"

    def transform(self, name):
        inputs = np.load(self.golden(name))
        shapes = "[" + ",".join(str(list(inputs[k].shape)).replace(" ", "") for k in inputs.files) + "]"
        mlir = self.scratch / f"{name}.mlir"
        return mlir, [self.program, "transform", "--model_name", name, "--model_def", self.model(name), "--input_shapes", shapes,
                      "--mlir", mlir]

    def deploy(self, name, kind="F16"):
        file = self.scratch / f"{name}_{kind}.bmodel"
        return file, [self.program, "deploy", "--mlir", self.scratch / f"{name}.mlir", "--quantize", kind, "--processor", "bm1684x",
                      "--model", file, "--skip_validation"]

    def add(self, question, ours, peer="", peer_name="", wanted=""):
        """ours and peer are (seconds, peak bytes) or None."""
        ratio = f"{peer[0] / ours[0]:.2f}" if ours and peer else ""
        self.rows.append([question, *cells(ours), peer_name, *cells(peer), ratio, wanted])
        print(".", end="", file=sys.stderr, flush=True)

    def inference(self, name):
        mlir, transform = self.transform(name)
        ours = None
        if measured(transform):
            ours = self.timed_inside([self.build / "benchmarks" / "inference", mlir, self.golden(name), "20"])
        peer = None
        script = self.build / "peers" / "ort_run.mjs"
        if shutil.which("node") and (script.parent / "node_modules").exists():
            peer = self.timed_inside(["node", script, self.model(name), "--in", self.golden(name), "--threads", "1", "--runs", "20"])
        self.add(f"reference inference, {name}, one thread", ours, peer, "ONNX Runtime", "speed >= 0.5")

    @staticmethod
    def timed_inside(command):
        """The command measures runs itself and prints JSON with min_ms; memory is that of the process."""
        best = None
        for _ in range(ROUNDS):
            run = measured(command, environment={"OMP_NUM_THREADS": "1"})
            if run is None:
                return None
            line = json.loads(run.text.strip().splitlines()[-1])
            if best is None or line["min_ms"] / 1e3 < best[0]:
                best = line["min_ms"] / 1e3, run.peak
        return best

    def conversion(self, name):
        """Transform and deploy one after the other; the larger of both peaks."""
        first, second = fastest(self.transform(name)[1], ROUNDS), fastest(self.deploy(name)[1], ROUNDS)
        both = (first[0] + second[0], max(first[1], second[1])) if first and second else None
        self.add(f"transform + deploy F16, {name}", both, wanted="< 10 s")

    def machine(self, name):
        file, command = self.deploy(name)
        if not (fastest(self.transform(name)[1], 1) and fastest(command, 1)):
            self.add(f"machine, {name} F16", None)
            return
        ours = fastest([self.program, "run", "--model", file, "--input", self.golden(name), "--output", self.scratch / "o.npz"], ROUNDS)
        peer, libraries = None, os.environ.get("TPU_ORACLE_LIBS")
        if libraries:
            peer = fastest([sys.executable, self.shared / "oracle" / "bm_oracle.py", file, "--libs", libraries, "--float", "--in",
                            self.golden(name), "--out", self.scratch / "c.npz", "--order", "eager-tiu"], ROUNDS)
        self.add(f"machine, {name} F16, whole run", ours, peer, "C-model" if libraries else "C-model (set TPU_ORACLE_LIBS)",
                 "speed >= 1")


def cells(pair):
    return [f"{pair[0] * 1e3:.1f} ms", f"{pair[1] / 2**20:.0f} MB"] if pair else ["-", "-"]


def main():
    p = argparse.ArgumentParser()
    for option in ("build", "shared", "scratch"):
        p.add_argument("--" + option, type=pathlib.Path, required=True)
    b = bench(p.parse_args())
    for name in INFERENCE:
        b.inference(name)
    b.conversion("mobilenet_v2")
    b.machine("yolov5n")
    print(file=sys.stderr)
    head = ["question", "tpu-convert", "peak", "peer", "peer's time", "peak", "speed ratio", "wanted"]
    print(rows_as_text([head, *b.rows]))


if __name__ == "__main__":
    main()
