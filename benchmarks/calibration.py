#!/usr/bin/env python3
"""Calibration of a real network: time beside that of the same inferences without statistics, and memory by number of images."""
import argparse
import json
import pathlib
import sys

from measure import fastest, measured, rows_as_text

ROUNDS = 3
NETWORK = "mobilenet_v2"
OPTIONS = ["--resize_dims", "256,256", "--keep_aspect_ratio", "--keep_ratio_mode", "short_side_scale", "--pixel_format", "rgb",
           "--mean", "123.675,116.28,103.53", "--scale", "0.0171248,0.0175070,0.0174292"]


def inside(command):
    """The program measures itself: (milliseconds, milliseconds of processor time), the least of each."""
    run = measured(command)
    if run is None:
        sys.exit(1)
    line = json.loads(run.text.strip().splitlines()[-1])
    return line["min_ms"], line["cpu_ms"]


def main():
    p = argparse.ArgumentParser()
    for option in ("build", "shared", "scratch"):
        p.add_argument("--" + option, type=pathlib.Path, required=True)
    a = p.parse_args()
    a.scratch.mkdir(parents=True, exist_ok=True)
    program, mlir = a.build / "apps" / "tpu-convert", a.scratch / f"{NETWORK}.mlir"
    network = next((a.shared / "models" / "models" / NETWORK).glob("*.onnx"))
    folder = a.shared / "models" / "images" / "ILSVRC2012"
    images = sorted(f for f in folder.iterdir() if f.suffix.lower() in (".jpeg", ".jpg", ".png"))[:50]
    if not measured([program, "transform", "--model_name", NETWORK, "--model_def", network, "--mlir", mlir,
                     "--input_shapes", "[[1,3,224,224]]", *OPTIONS]):
        return 1
    rows = [["question", "ms", "cpu ms", "cpu, of evaluator", "of inference", "of reading and inference", "wanted"]]
    base = {}
    for what in ("evaluator", "inference", "read", "kl", "kl:0", "max:0", "percentile9999:0", "mse:0", "aciq_laplace:0"):
        base[what] = inside([a.build / "benchmarks" / "samples", mlir, what, *images])
        ratios = [f"{base[what][1] / base[of][1]:.2f}" if of in base else "" for of in ("evaluator", "inference", "read")]
        rows.append([what, *(f"{v:.0f}" for v in base[what]), *ratios, "<= 1.5" if what == "kl" else ""])
    print(f"{len(images)} images, two threads, {NETWORK}\n" + rows_as_text(rows) + "\n")
    rows = [["whole program", "seconds", "peak", "wanted"]]
    for count in (10, len(images)):
        best = fastest([program, "calibrate", mlir, "--dataset", folder, "--input_num", str(count), "-o", a.scratch / "table",
                        "--threads", "2"], ROUNDS)
        if best is None:
            return 1
        rows.append([f"calibrate, {count} images", f"{best[0]:.3f}", f"{best[1] / 2**20:.0f} MB", "equal peaks"])
    print(rows_as_text(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
