#!/usr/bin/env python3
"""Networks of real size with seeded random weights, as ONNX files: chip_networks.py FOLDER [NAME...]. Needs torch and torchvision."""
import pathlib
import sys

import torch
import torchvision
from torch import nn
from torch.nn import functional


def convolution(channels, filters, kernel=1, stride=1):
    return nn.Sequential(nn.Conv2d(channels, filters, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(filters), nn.SiLU())


class bottleneck(nn.Module):
    def __init__(self, channels, first_kernel, shortcut):
        super().__init__()
        self.body = nn.Sequential(convolution(channels, channels, first_kernel), convolution(channels, channels, 3))
        self.shortcut = shortcut

    def forward(self, x):
        return x + self.body(x) if self.shortcut else self.body(x)


class c3(nn.Module):
    """Two branches, one through bottlenecks, joined by a third convolution."""

    def __init__(self, channels, filters, count, shortcut=True):
        super().__init__()
        half = filters // 2
        self.left, self.right = convolution(channels, half), convolution(channels, half)
        self.body = nn.Sequential(*(bottleneck(half, 1, shortcut) for _ in range(count)))
        self.join = convolution(filters, filters)

    def forward(self, x):
        return self.join(torch.cat((self.body(self.left(x)), self.right(x)), 1))


class c2f(nn.Module):
    """Every bottleneck's result is kept and joined."""

    def __init__(self, channels, filters, count, shortcut=True):
        super().__init__()
        half = filters // 2
        self.enter = convolution(channels, filters)
        self.body = nn.ModuleList(bottleneck(half, 3, shortcut) for _ in range(count))
        self.join = convolution((2 + count) * half, filters)

    def forward(self, x):
        parts = list(self.enter(x).chunk(2, 1))
        for b in self.body:
            parts.append(b(parts[-1]))
        return self.join(torch.cat(parts, 1))


class pyramid_pool(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.enter, self.join = convolution(channels, channels // 2), convolution(channels * 2, channels)

    def forward(self, x):
        parts = [self.enter(x)]
        for _ in range(3):
            parts.append(functional.max_pool2d(parts[-1], 5, 1, 2))
        return self.join(torch.cat(parts, 1))


class yolo(nn.Module):
    """Backbone and neck of the YOLO family at width 1/2, depth 1/3; subclasses give the first layer, the block and the heads."""

    def __init__(self, first, block, lateral, depths):
        super().__init__()
        widths = [32, 64, 128, 256, 512]
        self.first, self.lateral = first, lateral
        self.stages = nn.ModuleList(nn.Sequential(convolution(widths[i], widths[i + 1], 3, 2),
                                                  block(widths[i + 1], widths[i + 1], depths[i])) for i in range(4))
        self.pool = pyramid_pool(512)
        if lateral:
            self.reduce = nn.ModuleList([convolution(512, 256), convolution(256, 128)])
        self.up = nn.ModuleList([block(512 if lateral else 768, 256, 1, False), block(256 if lateral else 384, 128, 1, False)])
        self.down = nn.ModuleList([convolution(128, 128, 3, 2), convolution(256, 256, 3, 2)])
        self.merge = nn.ModuleList([block(256 if lateral else 384, 256, 1, False), block(512 if lateral else 768, 512, 1, False)])

    def features(self, x):
        x = self.first(x)
        levels = []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        wide, tops = self.pool(x), []
        for i, level in enumerate((levels[2], levels[1])):
            if self.lateral:
                wide = self.reduce[i](wide)
            tops.append(wide)
            wide = self.up[i](torch.cat((functional.interpolate(wide, scale_factor=2.0, mode="nearest"), level), 1))
        found = [wide]
        for i, top in enumerate(reversed(tops)):
            found.append(self.merge[i](torch.cat((self.down[i](found[-1]), top), 1)))
        return found


class yolov5s(yolo):
    """Three outputs [1, 3, h, w, 85], as the family's own export leaves them before boxes are decoded."""

    def __init__(self):
        first = nn.Sequential(nn.Conv2d(3, 32, 6, 2, 2, bias=False), nn.BatchNorm2d(32), nn.SiLU())
        super().__init__(first, c3, True, [1, 2, 3, 1])
        self.heads = nn.ModuleList(nn.Conv2d(w, 255, 1) for w in (128, 256, 512))

    def forward(self, x):
        found = []
        for head, level in zip(self.heads, self.features(x)):
            y = head(level)
            found.append(y.view(1, 3, 85, y.shape[2], y.shape[3]).permute(0, 1, 3, 4, 2).contiguous())
        return tuple(found)


class yolov8s(yolo):
    """Six outputs: of each level the 64 bins of box distances and the 80 classes, before boxes are decoded."""

    def __init__(self):
        super().__init__(convolution(3, 32, 3, 2), c2f, False, [1, 2, 2, 1])
        self.boxes = nn.ModuleList(self.head(w, 64, 64) for w in (128, 256, 512))
        self.classes = nn.ModuleList(self.head(w, 128, 80) for w in (128, 256, 512))

    @staticmethod
    def head(channels, width, outputs):
        return nn.Sequential(convolution(channels, width, 3), convolution(width, width, 3), nn.Conv2d(width, outputs, 1))

    def forward(self, x):
        levels = self.features(x)
        return tuple(head[i](level) for i, level in enumerate(levels) for head in (self.boxes, self.classes))


class encoder_layer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.size = heads, width // heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.first_norm, self.second_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, mask):
        def split(y):
            return y.view(1, -1, self.heads, self.size).transpose(1, 2)

        scores = split(self.query(x)) @ split(self.key(x)).transpose(-1, -2) / self.size ** 0.5 + mask
        mixed = (torch.softmax(scores, -1) @ split(self.value(x))).transpose(1, 2).flatten(2)
        x = self.first_norm(x + self.out(mixed))
        return self.second_norm(x + self.narrow(functional.gelu(self.wide(x))))


class bert_base(nn.Module):
    length = 128

    def __init__(self, layers=12, width=768, heads=12, words=30522):
        super().__init__()
        self.words, self.places = nn.Embedding(words, width), nn.Embedding(512, width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(encoder_layer(width, heads) for _ in range(layers))

    def forward(self, ids, mask):
        x = self.norm(self.words(ids) + self.places.weight[:self.length])
        mask = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            x = layer(x, mask)
        return x


def image(size, batch=1):
    return (torch.rand(batch, 3, size, size),), ["input"]


def words():
    return (torch.randint(0, 30522, (1, bert_base.length)), torch.ones(1, bert_base.length, dtype=torch.long)), ["ids", "mask"]


NETWORKS = {
    "resnet50": (lambda: torchvision.models.resnet50(weights=None), lambda: image(224)),
    "resnet50_4b": (lambda: torchvision.models.resnet50(weights=None), lambda: image(224, 4)),
    "mobilenet_v2": (lambda: torchvision.models.mobilenet_v2(weights=None), lambda: image(224)),
    "yolov5s": (yolov5s, lambda: image(640)),
    "yolov8s": (yolov8s, lambda: image(640)),
    "bert_base_128": (bert_base, words),
}


def spread(network):
    """Normalization that is no identity: else it would leave no bias behind."""
    for layer in network.modules():
        if isinstance(layer, nn.BatchNorm2d):
            nn.init.normal_(layer.running_mean, 0, 0.1)
            nn.init.uniform_(layer.running_var, 0.7, 1.4)
            nn.init.uniform_(layer.weight, 0.6, 1)
            nn.init.normal_(layer.bias, 0, 0.1)
    return network


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or NETWORKS:
        torch.manual_seed(0)
        build, make = NETWORKS[name]
        network, (inputs, names) = spread(build()).eval(), make()
        torch.onnx.export(network, inputs, str(folder / f"{name}.onnx"), opset_version=13, input_names=names)
        print(name, (folder / f"{name}.onnx").stat().st_size, flush=True)


if __name__ == "__main__":
    main()
