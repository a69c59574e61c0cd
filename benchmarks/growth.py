#!/usr/bin/env python3
"""How deploy grows with the network: a chain, and a graph with random residual sums, of up to 10000 operators."""
import argparse
import pathlib
import random

import numpy as np

from measure import measured, rows_as_text

SIZES = [100, 1000, 10000]
CHANNELS, SIDE = 64, 16
TENSOR = f"tensor<1x{CHANNELS}x{SIDE}x{SIDE}xf32>"
FILTER, BIAS = f"tensor<{CHANNELS}x{CHANNELS}x1x1xf32>", f"tensor<{CHANNELS}xf32>"
CONV = ("{dilations = [1, 1], do_relu = true, dynweight_reorderd = false, group = 1 : i64, kernel_shape = [1, 1], pads = [0, 0, 0, 0], "
        "relu_limit = -1.0 : f64, strides = [1, 1], weight_is_coeff = 1 : i64}")
ADD = "{do_relu = true, is_scalar = false, relu_limit = -1.0 : f64}"


def operators(count, residual):
    """Lines of the network's body, and the number of its last value."""
    chance = random.Random(1)
    lines = ['    %0 = "top.None"() : () -> none loc("none")',
             f'    %1 = "top.Input"(%arg0) : ({TENSOR}) -> {TENSOR} loc("input")',
             f'    %2 = "top.Weight"() : () -> {FILTER} loc("filter")', f'    %3 = "top.Weight"() : () -> {BIAS} loc("bias")']
    values = [1]
    for i in range(count):
        last, name = values[-1], i + 4
        if residual and i >= 4 and chance.random() < 0.4:
            other = values[-1 - chance.randint(1, min(len(values) - 1, 12))]
            lines.append(f'    %{name} = "top.Add"(%{last}, %{other}) {ADD} : ({TENSOR}, {TENSOR}) -> {TENSOR} loc("n{i}")')
        else:
            lines.append(f'    %{name} = "top.Conv"(%{last}, %2, %3) {CONV} : ({TENSOR}, {FILTER}, {BIAS}) -> {TENSOR} loc("n{i}")')
        values.append(name)
    return lines, values[-1]


def write_network(folder, name, count, residual):
    body, last = operators(count, residual)
    attributes = ('module.chip = "ALL", module.platform = "ONNX", module.state = "TOP_F32", module.top_run_mode = "STATIC", '
                  f'module.weight_file = "{name}_weight.npz"')
    text = ["#loc = loc(unknown)", f'module @"{name}" attributes {{{attributes}}} {{',
            f'  func.func @main(%arg0: {TENSOR} loc("input")) -> ({TENSOR}) {{', *body,
            f"    return %{last} : {TENSOR} loc(#loc)", "  } loc(#loc)", "} loc(#loc)", ""]
    (folder / f"{name}.mlir").write_text("\n".join(text))
    values = np.random.default_rng(1)
    np.savez(folder / f"{name}_weight.npz", filter=(0.12 * values.standard_normal((CHANNELS, CHANNELS, 1, 1))).astype(np.float32),
             bias=(0.1 * values.standard_normal(CHANNELS)).astype(np.float32))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    arguments.scratch.mkdir(parents=True, exist_ok=True)
    rows = [["deploy, F16", "operators", "s", "s of processor", "MB"]]
    for kind in ("chain", "residual"):
        for count in SIZES:
            name = f"{kind}_{count}"
            write_network(arguments.scratch, name, count, kind == "residual")
            run = measured([arguments.build / "apps" / "tpu-convert", "deploy", "--mlir", arguments.scratch / f"{name}.mlir",
                            "--quantize", "F16", "--processor", "bm1684x", "--model", arguments.scratch / f"{name}.bmodel",
                            "--skip_validation", "--disable_lghash"])
            rows.append([kind, str(count), *((f"{run.seconds:.1f}", f"{run.cpu:.1f}", f"{run.peak / 2**20:.0f}") if run else "---")])
    print(rows_as_text(rows))


if __name__ == "__main__":
    main()
