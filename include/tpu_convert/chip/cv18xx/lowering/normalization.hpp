// Normalizations of bf16: mean and variance of planes that lie in lanes.
#pragma once
#include <array>
#include <cmath>
#include <tpu_convert/chip/cv18xx/emit/interpolation.hpp>
#include <tpu_convert/chip/cv18xx/emit/window.hpp>
#include <tpu_convert/chip/cv18xx/lowering/reduced_axes.hpp>
#include <tpu_convert/chip/cv18xx/lowering/table_operand.hpp>
#include <tpu_convert/chip/cv18xx/lowering/tabulated.hpp>
#include <tpu_convert/lower/plane_views.hpp>
#include <tpu_convert/op/group_norm.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/instance_norm.hpp>
#include <tpu_convert/op/layer_norm.hpp>
#include <tpu_convert/op/lrn.hpp>
#include <tpu_convert/op/pixel_norm.hpp>
#include <tpu_convert/op/rms_norm.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

// What is normalized together lies in one plane; n and c count the planes. Factor and bias, where they are given, are seen in
// those sizes too.
struct normalized_planes {
    view seen;
    dims4 parameter_strides;
    double eps;
    bool centered = true;
};

inline std::int64_t length_from(std::int64_t axis, lowering_context const& c) {
    shape const& dims = c.operands[0]->dims;
    auto const first = tpu_convert::detail::axis_of(c.name, axis, dims.size());
    return element_count(shape(dims.begin() + static_cast<std::ptrdiff_t>(first), dims.end()));
}

// The rows of the last axes.
inline normalized_planes planes_of_rows(lowering_context const& c, std::int64_t length, double eps, bool centered) {
    return {view::dense({1, element_count(c.operands[0]->dims) / length, 1, length}), {0, 0, 0, 1}, eps, centered};
}
// Of n groups of channels for each of the batch.
inline normalized_planes planes_of_groups(lowering_context const& c, std::int64_t groups, double eps) {
    shape const& dims = c.operands[0]->dims;
    std::int64_t const each = dims[1] / groups, plane = element_count(dims) / dims[0] / dims[1];
    return {view::dense({dims[0], groups, each, plane}), {0, each, 1, 0}, eps};
}
// The channels of each pixel as a row.
inline view channels_as_rows(shape const& dims) {
    std::int64_t const plane = element_count(dims) / dims[0] / dims[1];
    return {{dims[0], plane, 1, dims[1]}, {dims[1] * plane, 1, 0, plane}, 0};
}

template <class Chip>
kernel_plan<Chip> plane_plan(lowering_context const& c, view const& seen) {
    common_type(c), check_types(c, dtype::bf16, {c.results[0]});
    dims4 const& dims = seen.dims;
    for (auto i : {2, 3})
        if (dims[i] > size_limit)
            throw model_error{error_code::lowering_missing, c.name,
                              "rows of " + std::to_string(dims[i]) + " elements; the chip's have " + std::to_string(size_limit)};
    kernel_plan<Chip> p;
    p.inputs = {{0, seen, dtype::bf16}};
    p.outputs = {{0, seen, dtype::bf16}};
    p.cuts = limited_cuts();
    p.cuts[2].allowed = p.cuts[3].allowed = false;
    p.input_box = [](std::size_t, box const& out) { return out; };
    return p;
}

// (x - mean) / sqrt(variance + eps), or without the mean; then factor and bias.
template <class Chip>
kernel_plan<Chip> normalized(lowering_context const& c, normalized_planes const& n) {
    auto p = plane_plan<Chip>(c, n.seen);
    std::array<std::size_t, 2> at{}; // of factor and bias among the inputs; 0: there is none
    for (std::size_t i = 1; i < c.operands.size() && i < 3; ++i)
        if (c.operands[i]) {
            at[i - 1] = p.inputs.size();
            view v{{1, n.seen.dims[1], n.seen.dims[2], n.seen.dims[3]}, n.parameter_strides, 0};
            for (auto k : {2, 3})
                if (v.strides[k] == 0) v.dims[k] = 1;
            p.inputs.push_back({i, v, dtype::bf16});
        }
    p.input_box = [inputs = p.inputs](std::size_t i, box const& out) { return broadcast_box(inputs[i].global, out); };
    add_tables(p, tabulate([](void const*, double x) { return 1 / std::sqrt(x); }, nullptr));
    p.emit = [at, eps = n.eps, centered = n.centered, tables = p.inputs.size() - 1](kernel_builder<Chip>& b, tile const& t) {
        using namespace cv18xx_emit;
        local_tensor const &x = t.inputs[0], &y = t.outputs[0];
        double const share = 1.0 / static_cast<double>(x.dims[2] * x.dims[3]);
        local_tensor const square = b.scratch(y.dims, y.type, y.layout);
        dims4 const ones{y.dims[0], y.dims[1], 1, 1};
        local_tensor const one = b.scratch(ones, y.type), root = b.scratch(ones, y.type);
        if (centered) sum_plane(b, one, x, share), with_tensor<"tensor.sub">(b, y, x, one);
        local_tensor const& d = centered ? y : x;
        with_tensor<"tensor.mul">(b, square, d, d);
        sum_plane(b, one, square, share);
        with_constant<"tensor.add">(b, one, one, eps);
        by_exponent<"tensor.mul">(b, root, one, t.inputs[tables]);
        with_tensor<"tensor.mul">(b, y, d, root);
        if (at[0]) with_tensor<"tensor.mul">(b, y, y, t.inputs[at[0]]);
        if (at[1]) with_tensor<"tensor.add">(b, y, y, t.inputs[at[1]]);
    };
    return p;
}

} // namespace cv18xx_lowering

template <cv18xx_chip Chip>
struct lowering<op::layer_norm, Chip> {
    static kernel_plan<Chip> plan(op::layer_norm::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        return normalized<Chip>(c, planes_of_rows(c, length_from(a.axis, c), a.eps, true));
    }
};
template <cv18xx_chip Chip>
struct lowering<op::rms_norm, Chip> {
    static kernel_plan<Chip> plan(op::rms_norm::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        return normalized<Chip>(c, planes_of_rows(c, length_from(a.axis, c), a.eps, false));
    }
};
template <cv18xx_chip Chip>
struct lowering<op::instance_norm, Chip> {
    static kernel_plan<Chip> plan(op::instance_norm::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        return normalized<Chip>(c, planes_of_groups(c, c.operands[0]->dims[1], a.eps));
    }
};
template <cv18xx_chip Chip>
struct lowering<op::group_norm, Chip> {
    static kernel_plan<Chip> plan(op::group_norm::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        return normalized<Chip>(c, planes_of_groups(c, a.num_groups, a.eps));
    }
};
template <cv18xx_chip Chip>
struct lowering<op::pixel_norm, Chip> {
    static kernel_plan<Chip> plan(op::pixel_norm::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        return normalized<Chip>(c, {channels_as_rows(c.operands[0]->dims), {0, 0, 0, 1}, a.eps});
    }
};

// x (bias + alpha / size * sum of x^2)^-beta: the sum is a pooling along the channels.
template <cv18xx_chip Chip>
struct lowering<op::lrn, Chip> {
    static kernel_plan<Chip> plan(op::lrn::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        auto p = plane_plan<Chip>(c, channels_as_rows(c.operands[0]->dims));
        window w;
        w.kernel_w = a.size, w.pads = {0, 0, (a.size - 1) / 2, a.size / 2};
        check_window(c.name, w, Chip::most_stride);
        auto const power = std::make_shared<function_table const>(
            tabulate([](void const* beta, double x) { return std::pow(x, -*static_cast<double const*>(beta)); }, &a.beta));
        add_tables(p, *power);
        p.emit = [w, power, share = a.alpha / static_cast<double>(a.size), bias = a.bias](kernel_builder<Chip>& b,
                                                                                          tile const& t) {
            using namespace cv18xx_emit;
            local_tensor const &x = t.inputs[0], &y = t.outputs[0];
            local_tensor const square = b.scratch(y.dims, y.type, y.layout), sum = b.scratch(y.dims, y.type, y.layout);
            with_tensor<"tensor.mul">(b, square, x, x);
            average(b, sum, square, w, share, 0, false);
            with_constant<"tensor.add">(b, sum, sum, bias);
            tabulated(b, square, sum, t.inputs[1], *power);
            with_tensor<"tensor.mul">(b, y, x, square);
        };
        return p;
    }
};

} // namespace tpu_convert
