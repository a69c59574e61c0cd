#!/usr/bin/env python3
"""Time on the chip by the clock: networks of chip_networks.py, deployed and profiled, beside what has been published."""
import argparse
import json
import pathlib
import sys

import numpy as np

from measure import measured, rows_as_text

# Network, type, images, most ms for one, best published ms (BM1684X).
WANTED = [
    ("resnet50", "INT8", 1, 0.75, 0.715),
    ("resnet50_4b", "INT8", 4, 0.45, 0.422),
    ("resnet50", "BF16", 1, 1.3, 1.302),
    ("mobilenet_v2", "INT8", 1, None, None),
    ("yolov5s", "INT8", 1, 3.1, 3.09),
    ("yolov8s", "INT8", 1, 2.7, 2.70),
    ("bert_base_128", "F16", 1, None, None),
]
MOST_ROOFLINES = {"bert_base_128": 2.5}
MOST_TRAFFIC = {("resnet50", "INT8"): 1.3}  # bytes moved over weights, input and output
LAYERS_SHOWN = 3


class bench:
    def __init__(self, arguments):
        self.program = arguments.build.resolve() / "apps" / "tpu-convert"
        self.scratch = arguments.scratch.resolve()
        self.options = arguments.deploy_option

    def network(self, name):
        """The .mlir file, made once."""
        mlir, onnx = self.scratch / f"{name}.mlir", self.scratch / f"{name}.onnx"
        script = pathlib.Path(__file__).with_name("chip_networks.py")
        if not onnx.exists() and not measured([sys.executable, script, self.scratch, name]):
            return None
        if not mlir.exists() and not measured([self.program, "transform", "--model_name", name, "--model_def", onnx, "--mlir", mlir]):
            return None
        return mlir

    def table(self, name, mlir, images):
        """Thresholds of one random sample: the time does not depend on them."""
        file = self.scratch / f"{name}.table"
        if not file.exists():
            sample = self.scratch / f"{name}.samples"
            sample.mkdir(exist_ok=True)
            size = 640 if name.startswith("yolo") else 224
            np.savez(sample / "in.npz", input=np.random.default_rng(0).random((images, 3, size, size), dtype=np.float32))
            measured([self.program, "calibrate", mlir, "--dataset", sample, "--input_num", "1", "-o", file])
        return file

    def row(self, name, kind, images, most, published):
        mlir = self.network(name)
        if mlir is None:
            return [name, kind, "not made"], []
        stem = self.scratch / f"{name}.{kind}"
        model, layers, figures = (stem.with_name(stem.name + end) for end in (".bmodel", ".json", ".profile.json"))
        extra = ["--calibration_table", self.table(name, mlir, images)] if kind == "INT8" else []
        deploy = measured([self.program, "deploy", "--mlir", mlir, "--quantize", kind, "--processor", "bm1684x", "--model", model,
                           "--skip_validation", "--disable_lghash", "--json", layers, *extra, *self.options])
        if not deploy or not measured([self.program, "profile", model, "--layers", layers, "--json", figures]):
            return [name, kind, "failed"], []
        time = json.loads(figures.read_text())
        ms, roof, whole = time["milliseconds"] / images, max(time["roofline_ms"].values()) / images, time["all"]
        moved, us = whole["bytes_read"] + whole["bytes_written"], 1e3 * time["milliseconds"]
        needed = time["weight_bytes"] + time["input_bytes"] + time["output_bytes"]
        met = [ms <= most] if most else []
        if name in MOST_ROOFLINES:
            met.append(ms <= MOST_ROOFLINES[name] * roof)
        if (name, kind) in MOST_TRAFFIC:
            met.append(moved <= MOST_TRAFFIC[name, kind] * needed)
        cells = [name, kind, f"{ms:.3f}", most or "", published or "", f"{ms / roof:.2f}", f"{whole['tiu_us'] / us:.0%}",
                 f"{whole['dma_us'] / us:.0%}", f"{whole['array_us'] / us:.0%}", f"{moved / needed:.2f}", f"{deploy.seconds:.1f}",
                 f"{deploy.peak / 2**20:.0f}", "" if not met else "yes" if all(met) else "NO"]
        return cells, sorted(time["layers"], key=lambda layer: -layer["own_us"])[:LAYERS_SHOWN]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("--deploy_option", action="append", default=[], help="passed on, such as --opt=3")
    arguments = parser.parse_args()
    arguments.scratch.mkdir(parents=True, exist_ok=True)
    try:
        import torch  # noqa: F401
    except ImportError:
        print("skipped: the networks need torch (Debian: python3-torch, python3-torchvision)")
        return
    here = bench(arguments)
    head = ["one image on BM1684X", "type", "ms", "at most", "published", "x roof", "TIU", "DMA", "array", "x traffic", "deploy s", "MB",
            "met"]
    rows, longest = [], []
    for wanted in WANTED:
        cells, layers = here.row(*wanted)
        rows.append(cells + [""] * (len(head) - len(cells)))
        longest += [[wanted[0], wanted[1], layer["name"], f"{layer['own_us'] / 1e3:.3f}", layer["limit"]] for layer in layers]
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(rows_as_text([head, *rows]))
    print()
    print(rows_as_text([["network", "type", "longest layers (a group: its last one)", "ms", "limit"], *longest]))


if __name__ == "__main__":
    main()
