#!/usr/bin/env python3
"""Trains the demo's network on the 8x8 digits of scikit-learn and writes digits.onnx and digits_test.npz beside this file.

Needs python3-numpy, python3-sklearn and python3-onnx. The results are committed: the demo itself runs without Python.
"""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_digits

HELD_OUT, SHOWN, EPOCHS, BATCH = 360, 50, 25, 32
random = np.random.default_rng(7)


def windows(x, size):
    """All size x size neighbourhoods of x (n, c, h, w) with a border of zeros: (n, c, h, w, size, size)."""
    border = size // 2
    x = np.pad(x, ((0, 0), (0, 0), (border, border), (border, border)))
    return np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))


class Convolution:
    """Dense (groups = 1) or depthwise (groups = channels) convolution that keeps the size; no bias, batch norm follows."""

    def __init__(self, name, channels, filters, size, depthwise=False):
        self.name, self.depthwise, self.size = name, depthwise, size
        fan_in = size * size * (1 if depthwise else channels)
        shape = (filters, 1 if depthwise else channels, size, size)
        self.parameters = [random.normal(0, np.sqrt(2 / fan_in), shape)]

    def forward(self, x, training):
        self.seen = windows(x, self.size)
        weight = self.parameters[0]
        if self.depthwise:
            return np.einsum("nchwij,cij->nchw", self.seen, weight[:, 0], optimize=True)
        return np.einsum("nchwij,fcij->nfhw", self.seen, weight, optimize=True)

    def backward(self, slope):
        weight, around = self.parameters[0], windows(slope, self.size)
        flipped = weight[:, :, ::-1, ::-1]
        if self.depthwise:
            self.slopes = [np.einsum("nchwij,nchw->cij", self.seen, slope, optimize=True)[:, None]]
            return np.einsum("nchwij,cij->nchw", around, flipped[:, 0], optimize=True)
        self.slopes = [np.einsum("nchwij,nfhw->fcij", self.seen, slope, optimize=True)]
        return np.einsum("nfhwij,fcij->nchw", around, flipped, optimize=True)

    def nodes(self, source, result, add_weight):
        weight = self.parameters[0]
        border = [self.size // 2] * 4
        return [helper.make_node("Conv", [source, add_weight(self.name + "_weight", weight)], [result], name=self.name,
                                 kernel_shape=[self.size] * 2, pads=border, strides=[1, 1], dilations=[1, 1],
                                 group=len(weight) if self.depthwise else 1)]


class BatchNorm:
    def __init__(self, name, channels):
        self.name = name
        self.parameters = [np.ones(channels), np.zeros(channels)]
        self.mean, self.variance = np.zeros(channels), np.ones(channels)

    def forward(self, x, training):
        mean, variance = self.mean, self.variance
        if training:
            mean, variance = x.mean((0, 2, 3)), x.var((0, 2, 3))
            self.mean, self.variance = 0.9 * self.mean + 0.1 * mean, 0.9 * self.variance + 0.1 * variance
        self.spread = np.sqrt(variance + 1e-5)[None, :, None, None]
        self.normal = (x - mean[None, :, None, None]) / self.spread
        return self.normal * self.parameters[0][None, :, None, None] + self.parameters[1][None, :, None, None]

    def backward(self, slope):
        self.slopes = [(slope * self.normal).sum((0, 2, 3)), slope.sum((0, 2, 3))]
        slope = slope * self.parameters[0][None, :, None, None]
        return (slope - slope.mean((0, 2, 3), keepdims=True)
                - self.normal * (slope * self.normal).mean((0, 2, 3), keepdims=True)) / self.spread

    def nodes(self, source, result, add_weight):
        values = dict(scale=self.parameters[0], shift=self.parameters[1], mean=self.mean, variance=self.variance)
        weights = [add_weight(f"{self.name}_{key}", value) for key, value in values.items()]
        return [helper.make_node("BatchNormalization", [source, *weights], [result], name=self.name, epsilon=1e-5)]


class Relu:
    parameters = []

    def __init__(self, name):
        self.name = name

    def forward(self, x, training):
        self.positive = x > 0
        return x * self.positive

    def backward(self, slope):
        return slope * self.positive

    def nodes(self, source, result, add_weight):
        return [helper.make_node("Relu", [source], [result], name=self.name)]


class MaxPool:
    parameters = []

    def __init__(self, name):
        self.name = name

    def forward(self, x, training):
        n, c, h, w = x.shape
        cells = x.reshape(n, c, h // 2, 2, w // 2, 2)
        best = cells.max((3, 5), keepdims=True)
        self.chosen = cells == best
        return best[:, :, :, 0, :, 0]

    def backward(self, slope):
        shared = self.chosen * (slope[:, :, :, None, :, None] / self.chosen.sum((3, 5), keepdims=True))
        n, c, h, _, w, _ = shared.shape
        return shared.reshape(n, c, 2 * h, 2 * w)

    def nodes(self, source, result, add_weight):
        return [helper.make_node("MaxPool", [source], [result], name=self.name, kernel_shape=[2, 2], strides=[2, 2])]


class Residual:
    """x + body(x)."""

    def __init__(self, name, body):
        self.name, self.body = name, body

    def forward(self, x, training):
        y = x
        for layer in self.body:
            y = layer.forward(y, training)
        return x + y

    def backward(self, slope):
        inner = slope
        for layer in reversed(self.body):
            inner = layer.backward(inner)
        return slope + inner

    def nodes(self, source, result, add_weight):
        made, at = [], source
        for layer in self.body:
            made += layer.nodes(at, layer.name, add_weight)
            at = layer.name
        return made + [helper.make_node("Add", [source, at], [result], name=self.name)]


class Classifier:
    """Mean over the pixels, then a matrix product with bias."""

    def __init__(self, name, channels, classes):
        self.name = name
        self.parameters = [random.normal(0, np.sqrt(1 / channels), (classes, channels)), np.zeros(classes)]

    def forward(self, x, training):
        self.shape, self.pooled = x.shape, x.mean((2, 3))
        return self.pooled @ self.parameters[0].T + self.parameters[1]

    def backward(self, slope):
        self.slopes = [slope.T @ self.pooled, slope.sum(0)]
        inner = slope @ self.parameters[0] / (self.shape[2] * self.shape[3])
        return np.broadcast_to(inner[:, :, None, None], self.shape)

    def nodes(self, source, result, add_weight):
        weight, bias = add_weight(self.name + "_weight", self.parameters[0]), add_weight(self.name + "_bias", self.parameters[1])
        return [helper.make_node("GlobalAveragePool", [source], ["pooled"], name="pooled"),
                helper.make_node("Flatten", ["pooled"], ["flat"], name="flat"),
                helper.make_node("Gemm", ["flat", weight, bias], [result], name=self.name, transB=1)]


def leaves(layers):
    for layer in layers:
        if isinstance(layer, Residual):
            yield from leaves(layer.body)
        elif layer.parameters:
            yield layer


def train(layers, images, labels):
    moments, step = {}, 0
    for epoch in range(EPOCHS):
        rate = 0.01 * 0.5 * (1 + np.cos(np.pi * epoch / EPOCHS))
        order, loss = random.permutation(len(images)), 0.0
        for first in range(0, len(order), BATCH):
            chosen = order[first:first + BATCH]
            scores = images[chosen]
            for layer in layers:
                scores = layer.forward(scores, True)
            odds = np.exp(scores - scores.max(1, keepdims=True))
            odds /= odds.sum(1, keepdims=True)
            truth = np.eye(10)[labels[chosen]]
            loss -= (truth * np.log(odds + 1e-12)).sum()
            slope = (odds - truth) / len(chosen)
            for layer in reversed(layers):
                slope = layer.backward(slope)
            step += 1
            adam(layers, moments, step, rate)
        print(f"epoch {epoch + 1:2}: loss {loss / len(images):.4f}", flush=True)


def adam(layers, moments, step, rate):
    for layer in leaves(layers):
        for i, slope in enumerate(layer.slopes):
            slope = slope + 1e-3 * layer.parameters[i]
            mean, square = moments.get((layer.name, i), (0, 0))
            mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope * slope
            moments[layer.name, i] = mean, square
            layer.parameters[i] = layer.parameters[i] - rate * (mean / (1 - 0.9 ** step)) / (
                np.sqrt(square / (1 - 0.999 ** step)) + 1e-8)


def to_onnx(layers):
    weights = []

    def add_weight(name, value):
        weights.append(numpy_helper.from_array(np.ascontiguousarray(value, np.float32), name))
        return name

    nodes, at = [], "image"
    for layer in layers:
        nodes += layer.nodes(at, layer.name, add_weight)
        at = layer.name
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", 1, 8, 8])
    scores = helper.make_tensor_value_info(at, TensorProto.FLOAT, ["batch", 10])
    model = helper.make_model(helper.make_graph(nodes, "digits", [image], [scores], weights),
                              opset_imports=[helper.make_opsetid("", 13)], producer_name="tpu_convert demo")
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model


def main():
    digits = load_digits()
    order = random.permutation(len(digits.target))
    images = (digits.images[order, None] / 16).astype(np.float32)
    labels = digits.target[order]
    layers = [Convolution("conv1", 1, 16, 3), BatchNorm("norm1", 16), Relu("relu1"),
              Convolution("depthwise", 16, 16, 3, depthwise=True), BatchNorm("norm2", 16), Relu("relu2"),
              Convolution("pointwise", 16, 32, 1), BatchNorm("norm3", 32), Relu("relu3"), MaxPool("pool"),
              Residual("residual", [Convolution("conv2", 32, 32, 3), BatchNorm("norm4", 32), Relu("relu4")]),
              Convolution("conv3", 32, 48, 3), BatchNorm("norm5", 48), Relu("relu5"), Classifier("scores", 48, 10)]
    train(layers, images[HELD_OUT:], labels[HELD_OUT:])
    scores = images[:HELD_OUT]
    for layer in layers:
        scores = layer.forward(scores, False)
    right = scores.argmax(1) == labels[:HELD_OUT]
    print(f"accuracy on {HELD_OUT} held-out digits {right.mean():.4f}, on the {SHOWN} of the demo {right[:SHOWN].mean():.4f}")
    here = pathlib.Path(__file__).parent
    onnx.save(to_onnx(layers), here / "digits.onnx")
    np.savez_compressed(here / "digits_test.npz", image=images[:SHOWN])
    np.savez_compressed(here / "digits_labels.npz", label=labels[:SHOWN].astype(np.int32))


if __name__ == "__main__":
    main()
