#!/usr/bin/env python3
"""mlir_opt.py PROGRAM DIGITS.onnx : MLIR's own parser reads the text that transform writes."""
import os
import shutil
import subprocess
import sys
import tempfile

program, digits = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
tool = shutil.which("mlir-opt-19") or shutil.which("mlir-opt")
if not tool:
    print("skipped: mlir-opt is not installed (Debian: mlir-19-tools)")
    sys.exit(77)
networks = [("digits", digits)]
beside = os.path.join(os.path.dirname(__file__), "../../../shared")
models = os.path.join(os.environ.get("TPU_CONVERT_SHARED", beside), "models/models")
for name in ("mobilenet_v2", "yolox_nano", "stories260K_prefill32"):
    folder = os.path.join(models, name)
    if os.path.isdir(folder):
        networks += [(name, os.path.join(folder, f)) for f in sorted(os.listdir(folder)) if f.endswith(".onnx")]
failed = 0
with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    for name, source in networks:
        shapes = ["--input_shapes", "[[1,1,8,8]]"] if name == "digits" else []
        words = ["--model_name", name, "--model_def", source, "--mlir", "m.mlir", *shapes]
        done = subprocess.run([program, "transform", *words], stdout=subprocess.DEVNULL)
        read = done if done.returncode else subprocess.run([tool, "--allow-unregistered-dialect", "m.mlir", "-o", "again.mlir"])
        failed += read.returncode != 0
        print("%s: %s" % (name, "ok" if read.returncode == 0 else "FAILED"))
print("%d passed, %d failed" % (len(networks) - failed, failed))
sys.exit(failed != 0)
