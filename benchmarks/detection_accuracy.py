#!/usr/bin/python3
"""Quantized detectors against float ones: calibrated on one half of the images, scored on the other, and the other way round.

  detection_accuracy.py --program build/apps/tpu-convert [--quantize INT8] [--types=--asymmetric]

Good: of float's boxes with a score of 0.4 and more, 95 % are found again (score from 0.25, same class, overlap from 0.5); at most 5 % of the
quantized network's boxes with a score of 0.4 and more are not among float's from 0.25; the machine's boxes are the quantized reference's.
"""
import json
import sys

from accuracy import call, for_each_network, halves, linked, options

FAMILIES = {"yolov5n": "yolov5", "yolox_nano": "yolox"}
SURE, LEAST, OVERLAP = 0.4, 0.25, 0.5


def overlap(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0
    areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (areas - width * height)


def matched(boxes, others):
    """(sure boxes, those of them that the others have)."""
    sure = [b for b in boxes if b["score"] >= SURE]
    return len(sure), sum(any(o["class"] == b["class"] and overlap(b["box"], o["box"]) >= OVERLAP for o in others) for b in sure)


def same(boxes, others):
    """Floating-point operators at a network's end may differ in their last places."""
    return len(boxes) == len(others) and all(
        a["class"] == b["class"] and abs(a["score"] - b["score"]) <= 1e-4 and all(abs(x - y) <= 0.01 for x, y in zip(a["box"], b["box"]))
        for a, b in zip(boxes, others))


def boxes_of(net, model, folder, target, types=()):
    call(net.args, "detect", FAMILIES[net.name], "--model", model, "--input", folder, "--json", target,
         "--score_thres", LEAST, "--iou_thres", 0.45, *types)
    return json.loads(target.read_text())


def measure(net):
    sure = found = claimed = true = machine = unequal = chips = reproduced = 0
    parts = halves(net.args.pack / "images" / "COCO2017", net.args.half)
    for number, (known, scored) in enumerate((parts, parts[::-1])):
        types, chip = net.quantized(number, known)
        images, folder = linked(net.folder / f"scored{number}", scored), net.folder / f"half{number}"
        wanted = boxes_of(net, net.mlir, images, folder / "float.json")
        got = boxes_of(net, net.mlir, images, folder / "quantized.json", types)
        if net.args.machine:
            few = linked(net.folder / f"machine{number}", scored[:net.args.machine])
            on_machine = boxes_of(net, chip, few, folder / "machine.json")
            machine += len(on_machine)
            unequal += sum(not same(got[name], boxes) for name, boxes in on_machine.items())
            for name, boxes in on_machine.items():
                for a, b in ((boxes, got[name]), (got[name], boxes)):
                    n, k = matched(a, b)
                    chips, reproduced = chips + n, reproduced + k
        for name, boxes in wanted.items():
            n, k = matched(boxes, got[name])
            sure, found = sure + n, found + k
            n, k = matched(got[name], boxes)
            claimed, true = claimed + n, true + k
    extra = claimed - true
    # Operators in F16 round otherwise on the chip: then its boxes must be the reference's, not equal to them.
    agreed = reproduced >= 0.95 * chips if net.args.search else not unequal
    good = found >= 0.95 * sure and extra <= 0.05 * claimed and agreed and sure
    print(f"{net.name}: {found} of {sure} boxes found again ({found / max(sure, 1):.1%}), {extra} of {claimed} not float's "
          f"({extra / max(claimed, 1):.1%}); machine {machine} images, {unequal} differ, "
          f"{reproduced} of {chips} boxes in common: {'good' if good else 'BAD'}", flush=True)
    return bool(good)


if __name__ == "__main__":
    sys.exit(not for_each_network(options(__doc__, "yolov5n,yolox_nano"), measure))
