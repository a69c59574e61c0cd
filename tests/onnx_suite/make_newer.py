#!/usr/bin/python3
"""Writes cases of ONNX operators and forms that are newer than operator set 17, with outputs defined here in numpy.

make_newer.py tests/data/onnx_newer.zip        needs Debian's python3-onnx, which only builds the messages
"""
import itertools
import math
import sys
import zipfile

import numpy as np
from onnx import TensorProto as T
from onnx import helper, numpy_helper

CASES = []
R = np.random.RandomState(18)


def f32(*shape):
    return R.uniform(-2, 2, shape).astype(np.float32)


def case(name, opset, op, inputs, outputs, **attributes):
    """Inputs: arrays, or (array, ONNX type) for types that numpy has not; None is an operand that is not given."""
    CASES.append((name, opset, op, inputs, outputs, attributes))


def message(name, value):
    array, kind = value if isinstance(value, tuple) else (value, None)
    if kind is None:
        return numpy_helper.from_array(np.ascontiguousarray(array), name)
    flat = [int(v) & 15 for v in array.ravel()]  # 4 bits: two in a byte, the first one low
    flat += [0] * (len(flat) % 2)
    packed = bytes(a | b << 4 for a, b in zip(flat[::2], flat[1::2]))
    t = T(name=name, data_type=kind, raw_data=packed)
    t.dims.extend(array.shape)
    return t


def write(archive, name, opset, op, inputs, outputs, attributes):
    def put(path, m):
        archive.writestr(zipfile.ZipInfo(f"node/{name}/{path}"), m.SerializeToString(), zipfile.ZIP_DEFLATED)

    names = ["" if v is None else f"x{i}" for i, v in enumerate(inputs)]
    results = [f"y{i}" for i in range(len(outputs))]
    given = [(n, message(n, v)) for n, v in zip(names, inputs) if n]
    wanted = [message(n, v) for n, v in zip(results, outputs)]
    info = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node(op, names, results, **attributes)], name,
        [info(n, m.data_type, list(m.dims)) for n, m in given], [info(m.name, m.data_type, list(m.dims)) for m in wanted])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = 10 if opset > 20 else 8
    put("model.onnx", model)
    for i, (_, m) in enumerate(given):
        put(f"test_data_set_0/input_{i}.pb", m)
    for i, m in enumerate(wanted):
        put(f"test_data_set_0/output_{i}.pb", m)


def i64(*values): return np.array(values, np.int64)


# --- operator set 18 -----------------------------------------------------------------------------------------------------
def reductions():
    x = f32(2, 3, 4)
    formulas = {
        "ReduceMax": np.max, "ReduceMin": np.min, "ReduceMean": np.mean, "ReduceProd": np.prod,
        "ReduceL1": lambda v, **k: np.sum(np.abs(v), **k), "ReduceL2": lambda v, **k: np.sqrt(np.sum(v * v, **k)),
        "ReduceSumSquare": lambda v, **k: np.sum(v * v, **k),
        "ReduceLogSum": lambda v, **k: np.log(np.sum(v, **k)), "ReduceLogSumExp": lambda v, **k: np.log(np.sum(np.exp(v), **k))}
    for op, f in formulas.items():
        v = np.abs(x) + 0.1 if op == "ReduceLogSum" else x
        case(f"{op.lower()}_axes_operand", 18, op, [v, i64(-1, 0)], [f(v, axis=(2, 0), keepdims=False).astype(np.float32)], keepdims=0)
        case(f"{op.lower()}_all_axes", 18, op, [v], [f(v, axis=(0, 1, 2), keepdims=True).astype(np.float32)])
    case("reducemean_no_axes_no_reduction", 18, "ReduceMean", [x, np.zeros(0, np.int64)], [x], noop_with_empty_axes=1)
    b = R.rand(3, 4) > 0.6
    case("reducemax_bool", 20, "ReduceMax", [b, i64(1)], [b.max(axis=1, keepdims=True)])
    case("reducemin_bool", 20, "ReduceMin", [b, i64(1)], [b.min(axis=1, keepdims=True)])


def arrangement():
    x = f32(2, 7)
    case("split_num_outputs_uneven", 18, "Split", [x], [x[:, :3], x[:, 3:6], x[:, 6:]], axis=1, num_outputs=3)
    x = f32(2, 3, 4)
    case("pad_axes_operand", 18, "Pad", [x, i64(1, 2, 0, 1), np.float32(1.5), i64(2, -2)],
         [np.pad(x, [(0, 0), (2, 1), (1, 0)], constant_values=np.float32(1.5))])
    case("pad_wrap", 19, "Pad", [x, i64(0, 1, 3, 0, 2, 1)], [np.pad(x, [(0, 0), (1, 2), (3, 1)], mode="wrap")], mode="wrap")
    x = f32(5, 4, 3)
    case("center_crop_pad_both", 18, "CenterCropPad", [x, i64(3, 7, 3)], [np.pad(x[1:4], [(0, 0), (1, 2), (0, 0)])])
    case("center_crop_pad_axes", 18, "CenterCropPad", [x, i64(6, 2)], [np.pad(x, [(0, 1), (0, 0), (0, 0)])[:, :, :2]], axes=[0, 2])
    columns = f32(1, 4, 6)  # blocks of 2 x 2 from an image of 3 x 4
    image = np.zeros((1, 1, 3, 4), np.float32)
    for k, (i, j) in enumerate(itertools.product(range(2), range(3))):
        image[0, 0, i:i + 2, j:j + 2] += columns[0, :, k].reshape(2, 2)
    case("col2im_overlap", 18, "Col2Im", [columns, i64(3, 4), i64(2, 2)], [image])
    columns = f32(1, 8, 4)  # two channels, dilation 2, stride 2, pads 1: 2 x 2 blocks of an image of 4 x 4
    padded = np.zeros((1, 2, 6, 6), np.float32)
    for c, (k, (i, j)) in itertools.product(range(2), enumerate(itertools.product((0, 2), (0, 2)))):
        padded[0, c, i:i + 3:2, j:j + 3:2] += columns[0, 4 * c:4 * c + 4, k].reshape(2, 2)
    case("col2im_dilated", 18, "Col2Im", [columns, i64(4, 4), i64(2, 2)], [padded[:, :, 1:5, 1:5]],
         dilations=[2, 2], pads=[1, 1, 1, 1], strides=[2, 2])
    x = f32(4, 3)
    index, update = np.array([[0, 2, 1], [3, 2, 0]], np.int64), f32(2, 3)
    for reduction, f in (("max", np.maximum), ("min", np.minimum)):
        y = x.copy()
        for i, j in itertools.product(range(2), range(3)):
            y[index[i, j], j] = f(y[index[i, j], j], update[i, j])
        case(f"scatter_elements_{reduction}", 18, "ScatterElements", [x, index, update], [y], axis=0, reduction=reduction)
        z = x.copy()
        for r, row in enumerate([3, 1]):
            z[row] = f(z[row], update[r])
        case(f"scatter_nd_{reduction}", 18, "ScatterND", [x, np.array([[3], [1]], np.int64), update], [z], reduction=reduction)


def elements():
    x = f32(3, 5)
    case("mish", 18, "Mish", [x], [(x * np.tanh(np.log1p(np.exp(x)))).astype(np.float32)])
    for kind in (np.int32, np.uint8):
        a, b = R.randint(0, 200, (3, 5)).astype(kind), R.randint(0, 200, (5,)).astype(kind)
        for op, f in (("And", np.bitwise_and), ("Or", np.bitwise_or), ("Xor", np.bitwise_xor)):
            case(f"bitwise_{op.lower()}_{kind.__name__}", 18, f"Bitwise{op}", [a, b], [f(a, b)])
        case(f"bitwise_not_{kind.__name__}", 18, "BitwiseNot", [a], [np.invert(a)])
    gelu = np.array([0.5 * v * (1 + math.erf(v / math.sqrt(2))) for v in x.ravel()], np.float32).reshape(x.shape)
    case("gelu", 20, "Gelu", [x], [gelu])
    case("gelu_tanh", 20, "Gelu", [x], [(0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))).astype(np.float32)],
         approximate="tanh")
    x = np.array([1, np.inf, -np.inf, np.nan, 0], np.float32)
    case("isinf_positive", 20, "IsInf", [x], [np.array([False, True, False, False, False])], detect_negative=0)
    case("isnan", 20, "IsNaN", [x], [np.isnan(x)])
    case("constant_of_shape", 20, "ConstantOfShape", [i64(2, 3)], [np.full((2, 3), 1.5, np.float32)],
         value=helper.make_tensor("v", T.FLOAT, [1], [1.5]))
    x = f32(2, 5)
    case("thresholded_relu", 22, "ThresholdedRelu", [x], [np.where(x > 0.5, x, 0).astype(np.float32)], alpha=0.5)
    case("elu", 22, "Elu", [x], [np.where(x > 0, x, 0.7 * (np.exp(x) - 1)).astype(np.float32)], alpha=0.7)
    case("hard_sigmoid", 22, "HardSigmoid", [x], [np.clip(0.3 * x + 0.4, 0, 1).astype(np.float32)], alpha=0.3, beta=0.4)
    case("eye_like", 22, "EyeLike", [x], [np.eye(2, 5, 1, np.float32)], k=1)
    case("hard_swish", 22, "HardSwish", [x], [(x * np.clip(x / 6 + 0.5, 0, 1)).astype(np.float32)])


def normalizations():
    x, eps = f32(2, 6, 3), 1e-3
    grouped = x.reshape(2, 3, 6).astype(np.float64)
    n = (grouped - grouped.mean(-1, keepdims=True)) / np.sqrt(grouped.var(-1, keepdims=True) + eps)
    scale, bias = f32(3), f32(3)
    case("group_normalization_18", 18, "GroupNormalization", [x, scale, bias],
         [(n * scale[None, :, None] + bias[None, :, None]).reshape(x.shape).astype(np.float32)], num_groups=3, epsilon=eps)
    scale, bias = f32(6), f32(6)
    case("group_normalization_21", 21, "GroupNormalization", [x, scale, bias],
         [(n.reshape(x.shape) * scale[None, :, None] + bias[None, :, None]).astype(np.float32)], num_groups=3, epsilon=eps)


# --- windows -------------------------------------------------------------------------------------------------------------
def windows():
    x = f32(1, 2, 7, 6)
    taps = np.stack([x[:, :, i:i + 5:2, 2 * j:2 * j + 4] for i, j in itertools.product((0, 2), range(2))])
    case("average_pool_dilated", 19, "AveragePool", [x], [taps.mean(0)], kernel_shape=[2, 2], dilations=[2, 2], strides=[2, 1])
    case("lp_pool_dilated", 18, "LpPool", [x], [((np.abs(taps)**3).sum(0)**(1 / 3)).astype(np.float32)],
         kernel_shape=[2, 2], dilations=[2, 2], strides=[2, 1], p=3)
    y = f32(1, 1, 6)
    parts = [y[0, 0, 0:3], y[0, 0, 2:5], y[0, 0, 4:6]]
    case("lp_pool_ceil", 18, "LpPool", [y], [np.array([[[np.sqrt((p * p).sum()) for p in parts]]], np.float32)],
         kernel_shape=[3], strides=[2], ceil_mode=1)
    case("max_pool_22", 22, "MaxPool", [y], [np.array([[[p.max() for p in parts]]], np.float32)], kernel_shape=[3], strides=[2], ceil_mode=1)
    x, w = f32(1, 1, 4, 4), f32(1, 1, 2, 2)
    offset = R.uniform(-0.7, 0.7, (1, 8, 3, 3)).astype(np.float32)
    mask = R.uniform(0, 1, (1, 4, 3, 3)).astype(np.float32)

    def pixel(i, j):
        return x[0, 0, i, j] if 0 <= i < 4 and 0 <= j < 4 else 0.0

    y = np.zeros((1, 1, 3, 3))
    for i, j, k in itertools.product(range(3), range(3), range(4)):
        v = i + k // 2 + float(offset[0, 2 * k, i, j])
        h = j + k % 2 + float(offset[0, 2 * k + 1, i, j])
        a, b = math.floor(v), math.floor(h)
        read = sum(pixel(a + p, b + q) * (1 - abs(v - a - p)) * (1 - abs(h - b - q)) for p in (0, 1) for q in (0, 1))
        y[0, 0, i, j] += w[0, 0, k // 2, k % 2] * mask[0, k, i, j] * read
    case("deform_conv_mask", 19, "DeformConv", [x, w, offset, f32(1) * 0, mask], [y.astype(np.float32)], kernel_shape=[2, 2])


# --- resizing ------------------------------------------------------------------------------------------------------------
def hat(d):
    return max(0.0, 1 - abs(d))


def cubic(d, a=-0.75):
    d = abs(d)
    if d <= 1:
        return (a + 2) * d**3 - (a + 3) * d**2 + 1
    return a * d**3 - 5 * a * d**2 + 8 * a * d - 4 * a if d < 2 else 0.0


def resized(x, axis, size, scale, kernel, reach, antialias, symmetric=False):
    n = x.shape[axis]
    matrix = np.zeros((size, n))
    for i in range(size):
        at = (i + 0.5) / scale - 0.5
        if symmetric:  # the centres of both images meet
            at += n / 2 * (1 - size / (n * scale))
        wide = 1 / scale if antialias and scale < 1 else 1.0
        weights = {}
        for k in range(math.floor(at - reach * wide), math.ceil(at + reach * wide) + 1):
            weights[k] = kernel((at - k) / wide)
        total = sum(weights.values())
        for k, v in weights.items():
            matrix[i, min(max(k, 0), n - 1)] += v / total
    return np.moveaxis(np.tensordot(matrix, x, (1, axis)), 0, axis)


def resizes():
    x = f32(1, 1, 7, 8)
    for mode, kernel, reach in (("linear", hat, 1), ("cubic", cubic, 2)):
        y = resized(resized(x, 2, 4, 0.6, kernel, reach, True), 3, 4, 0.6, kernel, reach, True)
        case(f"resize_antialias_{mode}", 18, "Resize", [x, None, np.array([1, 1, 0.6, 0.6], np.float32)], [y.astype(np.float32)],
             mode=mode, antialias=1)
    y = resized(resized(x, 3, 4, 0.5, hat, 1, False), 2, 14, 2.0, hat, 1, False)
    case("resize_axes_scales", 18, "Resize", [x, None, np.array([0.5, 2], np.float32)], [y.astype(np.float32)], mode="linear", axes=[3, 2])
    for policy, scale in (("not_larger", 6 / 8), ("not_smaller", 10 / 7)):
        h, w = round(7 * scale), round(8 * scale)
        y = resized(resized(x, 2, h, scale, hat, 1, False), 3, w, scale, hat, 1, False)
        case(f"resize_{policy}", 18, "Resize", [x, None, None, i64(10, 6)], [y.astype(np.float32)], mode="linear", axes=[2, 3],
             keep_aspect_ratio_policy=policy)
    y = resized(x, 3, 5, 0.7, hat, 1, False, symmetric=True)
    case("resize_half_pixel_symmetric", 19, "Resize", [x, None, np.array([1, 1, 1, 0.7], np.float32)], [y.astype(np.float32)],
         mode="linear", coordinate_transformation_mode="half_pixel_symmetric")


# --- sampling and spectra ------------------------------------------------------------------------------------------------
def affine_points(sizes, align):
    axes = [np.linspace(-1, 1, n) if align else (2 * np.arange(n) + 1) / n - 1 for n in sizes]
    grid = np.stack(np.meshgrid(*axes, indexing="ij")[::-1] + [np.ones(sizes)], -1)
    return grid


def sampling():
    for align in (0, 1):
        theta = f32(2, 2, 3)
        y = np.einsum("hwk,nik->nhwi", affine_points((4, 5), align), theta)
        case(f"affine_grid_2d_align_{align}", 20, "AffineGrid", [theta, i64(2, 1, 4, 5)], [y.astype(np.float32)], align_corners=align)
    theta = f32(1, 3, 4)
    y = np.einsum("dhwk,nik->ndhwi", affine_points((2, 3, 4), 0), theta)
    case("affine_grid_3d", 20, "AffineGrid", [theta, i64(1, 1, 2, 3, 4)], [y.astype(np.float32)])
    x, grid = f32(1, 2, 4, 5), R.uniform(-1.2, 1.2, (1, 3, 4, 2)).astype(np.float32)
    for mode, kernel, reach in (("linear", hat, 1), ("cubic", cubic, 2)):
        y = np.zeros((1, 2, 3, 4))
        for i, j in itertools.product(range(3), range(4)):
            h, v = ((float(g) + 1) * n / 2 - 0.5 for g, n in zip(grid[0, i, j], (5, 4)))
            for p, q in itertools.product(range(math.floor(v) - reach + 1, math.floor(v) + reach + 1),
                                          range(math.floor(h) - reach + 1, math.floor(h) + reach + 1)):
                if 0 <= p < 4 and 0 <= q < 5:
                    y[0, :, i, j] += x[0, :, p, q] * kernel(v - p) * kernel(h - q)
        case(f"grid_sample_{mode}", 20, "GridSample", [x, grid], [y.astype(np.float32)], mode=mode)
    x, grid = f32(1, 1, 3, 4, 2), R.uniform(-1.2, 1.2, (1, 2, 2, 2, 3)).astype(np.float32)
    y = np.zeros((1, 1, 2, 2, 2))
    for place in itertools.product(range(2), repeat=3):
        at = [(float(g) + 1) * n / 2 - 0.5 for g, n in zip(grid[0][place][::-1], (3, 4, 2))]
        for near in itertools.product(*[(math.floor(a), math.floor(a) + 1) for a in at]):
            if all(0 <= k < n for k, n in zip(near, (3, 4, 2))):
                y[(0, 0) + place] += x[(0, 0) + near] * math.prod(hat(a - k) for a, k in zip(at, near))
    case("grid_sample_volume", 20, "GridSample", [x, grid], [y.astype(np.float32)], mode="linear")
    x = f32(2, 6, 1)
    y = np.fft.fft(x[..., 0], axis=1)
    case("dft_axis_operand", 20, "DFT", [x, None, i64(1).reshape(())], [np.stack([y.real, y.imag], -1).astype(np.float32)])
    y = np.fft.rfft(x[..., 0], axis=1)
    case("dft_onesided", 20, "DFT", [x, None, i64(-2).reshape(())], [np.stack([y.real, y.imag], -1).astype(np.float32)], onesided=1)
    z = f32(2, 5, 2)
    y = np.fft.ifft(z[..., 0] + 1j * z[..., 1], axis=1)
    case("dft_inverse", 20, "DFT", [z, None, i64(1).reshape(())], [np.stack([y.real, y.imag], -1).astype(np.float32)], inverse=1)


# --- quantized -----------------------------------------------------------------------------------------------------------
def quantized():
    x, scale = f32(2, 6), np.array([[0.5, 0.25, 0.125], [0.25, 0.5, 1]], np.float32)
    zero = np.array([[1, 2, 3], [0, 5, 7]], np.uint8)
    wide, moved = np.repeat(scale, 2, 1), np.repeat(zero, 2, 1).astype(np.float32)
    q = np.clip(np.rint(x / wide) + moved, 0, 255).astype(np.uint8)
    case("quantize_linear_blocked", 21, "QuantizeLinear", [x, scale, zero], [q], axis=1, block_size=2)
    case("dequantize_linear_blocked", 21, "DequantizeLinear", [q, scale, zero],
         [((q.astype(np.float32) - moved) * wide).astype(np.float32)], axis=1, block_size=2)
    s, z16 = np.float32(0.25), np.uint16(32000)
    case("quantize_linear_output_dtype", 21, "QuantizeLinear", [x, s], [np.clip(np.rint(x / s), -128, 127).astype(np.int8)],
         output_dtype=T.INT8)
    case("quantize_linear_uint16", 21, "QuantizeLinear", [x * 1000, s, z16],
         [np.clip(np.rint(x * 1000 / s) + 32000, 0, 65535).astype(np.uint16)])
    d16, d4 = R.randint(-30000, 30000, (2, 6)).astype(np.int16), R.randint(-8, 8, (2, 6))
    case("dequantize_linear_int16", 21, "DequantizeLinear", [d16, s, np.int16(-7)], [((d16.astype(np.float32) + 7) * s).astype(np.float32)])
    case("dequantize_linear_int4", 21, "DequantizeLinear", [(d4, 22), scale], [(d4 * wide).astype(np.float32)], axis=1, block_size=2)
    for kind, number, low in (("int4", 22, -8), ("uint4", 21, 0)):  # the nearest within the range, as ONNX's own reference casts
        case(f"quantize_linear_{kind}", 21, "QuantizeLinear", [x, s],
             y4 := [(np.clip(np.rint(x / s), low, low + 15), number)], output_dtype=number)
        case(f"cast_float_{kind}", 21, "Cast", [(x / s).astype(np.float32)], y4, to=number)


for make in (reductions, arrangement, elements, normalizations, windows, resizes, sampling, quantized):
    make()
with zipfile.ZipFile(sys.argv[1], "w") as target:
    for c in CASES:
        write(target, *c)
print(len(CASES), "cases")
