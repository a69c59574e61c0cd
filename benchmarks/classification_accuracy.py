#!/usr/bin/python3
"""Quantized classifiers against float ones: calibrated on one half of the images, scored on the other, and the other way round.

  classification_accuracy.py --program build/apps/tpu-convert [--quantize INT8] [--types=--asymmetric]

Good: top-1 and top-5 at most one image below float's, mean cosine of the logits at least 0.98, and the machine's outputs equal the
quantized reference's: to the bit, or within 64 units of the last place of the largest output where the network ends with a Softmax, which stays float:
one unit of a logit between 16 and 32 (2^-19, from the order in which a mean is summed) already changes exp of it by 32 units.
"""
import sys

import numpy as np

from accuracy import call, for_each_network, halves, options


def outputs(args, model, given, target, types=()):
    call(args, "run", "--model", model, "--input", given, "--output", target, *types)
    with np.load(target) as arrays:
        return np.concatenate([arrays[k].astype(np.float64).ravel() for k in arrays.files])


def network_input(net, image):
    """The image as the network takes it, for a chip's file."""
    everything, target = net.folder / "all.npz", net.folder / "input.npz"
    call(net.args, "run", "--model", net.mlir, "--input", image, "--output", everything, "--dump_all_tensors")
    with np.load(everything) as arrays:
        np.savez(target, **{arrays.files[0]: arrays[arrays.files[0]]})
    return target


class tally:
    def __init__(self):
        self.images, self.machine, self.unequal, self.furthest, self.cosines = 0, 0, 0, 0, []
        self.hits = {"float": [0, 0], "quantized": [0, 0]}

    def add(self, label, wanted, got):
        self.images += 1
        self.cosines.append(wanted @ got / (np.linalg.norm(wanted) * np.linalg.norm(got)))
        for kind, logits in (("float", wanted), ("quantized", got)):
            best = np.argsort(-logits, kind="stable")[:5]
            self.hits[kind][0] += int(best[0] == label)
            self.hits[kind][1] += int(label in best)

    def compare(self, reference, machine):
        """In units of the last place of the largest output; a network without floating-point operators must give 0."""
        far = float(np.abs(reference - machine).max() / max(np.abs(reference).max(), 1e-6) * 2**23)
        self.machine += 1
        self.unequal += int(far > 0)
        self.furthest = max(self.furthest, far)

    def report(self, name, most):
        (f1, f5), (q1, q5), cosine = self.hits["float"], self.hits["quantized"], float(np.mean(self.cosines))
        good = q1 >= f1 - 1 and q5 >= f5 - 1 and cosine >= 0.98 and self.furthest <= most
        print(f"{name}: {self.images} images, top-1 {q1} (float {f1}), top-5 {q5} (float {f5}), cosine {cosine:.5f}, lowest "
              f"{min(self.cosines):.5f}; machine {self.machine} images, {self.unequal} differ, by {self.furthest:.1f} ulp at most: "
              f"{'good' if good else 'BAD'}", flush=True)
        return good


def measure(net):
    args, total = net.args, tally()
    folder = args.pack / "images" / "ILSVRC2012"
    order = [line.split()[0] for line in (folder / "synset_words.txt").read_text().splitlines() if line.strip()]
    parts = halves(folder, args.half)
    for number, (known, scored) in enumerate((parts, parts[::-1])):
        types, chip = net.quantized(number, known)
        for i, image in enumerate(scored):
            wanted = outputs(args, net.mlir, image, net.folder / "float.npz")
            got = outputs(args, net.mlir, image, net.folder / "quantized.npz", types)
            if i < args.machine:
                on_machine = outputs(args, chip, network_input(net, image), net.folder / "chip.npz")
                total.compare(got, on_machine)
            total.add(order.index(image.name.split("_")[0]), wanted, got)
    softmax = '"top.Softmax"' in net.mlir.read_text()
    return total.report(net.name, 64 if softmax else 0)


if __name__ == "__main__":
    sys.exit(not for_each_network(options(__doc__, "mobilenet_v2,squeezenet_v1.1"), measure))
