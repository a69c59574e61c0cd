// ONNX activation functions.
#pragma once
#include <cmath>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/op/clip.hpp>
#include <tpu_convert/op/compare.hpp>
#include <tpu_convert/op/elu.hpp>
#include <tpu_convert/op/gelu.hpp>
#include <tpu_convert/op/hard_sigmoid.hpp>
#include <tpu_convert/op/hard_swish.hpp>
#include <tpu_convert/op/leaky_relu.hpp>
#include <tpu_convert/op/max.hpp>
#include <tpu_convert/op/max_const.hpp>
#include <tpu_convert/op/min.hpp>
#include <tpu_convert/op/min_const.hpp>
#include <tpu_convert/op/mish.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/op/prelu.hpp>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/op/sigmoid.hpp>
#include <tpu_convert/op/silu.hpp>
#include <tpu_convert/op/softmax.hpp>
#include <tpu_convert/op/softplus.hpp>
#include <tpu_convert/op/softsign.hpp>
#include <tpu_convert/op/swish.hpp>
#include <tpu_convert/op/tanh.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

template <operation Op>
results import_activation(context& c) {
    return {c.emit<Op>({}, {c.in(0)})};
}

inline operand scaled(context& c, operand const& x, double by) {
    op::mul_const::attributes a;
    a.const_val = by;
    return c.emit<op::mul_const>(a, {x});
}

inline operand elu_of(context& c, operand const& x, double alpha) {
    op::elu::attributes a;
    a.alpha = alpha;
    return c.emit<op::elu>(a, {x});
}

inline results import_elu(context& c) { return {elu_of(c, c.in(0), c.real("alpha", 1.0))}; }

// gamma elu(x, alpha)
inline results import_selu(context& c) {
    double const alpha = c.real("alpha", 1.6732632423543772), gamma = c.real("gamma", 1.0507009873554805);
    return {scaled(c, elu_of(c, c.in(0), alpha), gamma)};
}

// alpha elu(x / alpha, 1)
inline results import_celu(context& c) {
    double const alpha = c.real("alpha", 1.0);
    if (!(alpha > 0)) throw unsupported{"attribute 'alpha' is " + std::to_string(alpha) + "; it must be positive"};
    return {scaled(c, elu_of(c, scaled(c, c.in(0), 1 / alpha), 1), alpha)};
}

inline results import_leaky_relu(context& c) {
    op::leaky_relu::attributes a;
    a.alpha = c.real("alpha", 0.01);
    return {c.emit<op::leaky_relu>(a, {c.in(0)})};
}

// Before operator set 7 one slope for each channel came without trailing axes.
inline results import_prelu(context& c) {
    operand slope = c.in(1);
    auto const rank = c.in(0).dims.size();
    if (c.opset() < 7 && slope.dims.size() == 1 && slope.dims[0] > 1 && rank > 2) {
            shape wanted(rank - 1, 1);
        wanted[0] = slope.dims[0];
        slope = reshaped(c, slope, wanted);
    }
    return {c.emit<op::prelu>({}, {c.in(0), slope})};
}

inline results import_hard_sigmoid(context& c) {
    op::hard_sigmoid::attributes a;
    a.alpha = c.real("alpha", static_cast<double>(0.2F));
    a.beta = c.real("beta", 0.5);
    return {c.emit<op::hard_sigmoid>(a, {c.in(0)})};
}

inline results import_gelu(context& c) {
    op::gelu::attributes a;
    a.approx_mode = c.text("approximate", "none") == "tanh" ? gelu_mode::tanh : gelu_mode::normal;
    return {c.emit<op::gelu>(a, {c.in(0)})};
}

inline results import_quick_gelu(context& c) {
    op::swish::attributes a;
    a.beta = c.real("alpha", static_cast<double>(1.702F));
    return {c.emit<op::swish>(a, {c.in(0)})};
}

inline results import_swish(context& c) {
    double const alpha = c.real("alpha", 1.0);
    if (alpha == 1) return {c.emit<op::silu>({}, {c.in(0)})};
    op::swish::attributes a;
    a.beta = alpha;
    return {c.emit<op::swish>(a, {c.in(0)})};
}

// x where x > alpha, else 0: x times the truth of the comparison.
inline results import_thresholded_relu(context& c) {
    op::compare::attributes a;
    a.mode = compare_mode::greater;
    operand const above = c.emit<op::compare>(a, {c.in(0), c.known_scalar(c.real("alpha", 1.0))});
    return {c.emit<op::mul>({}, {c.in(0), above})};
}

// A bound of Clip: an attribute before operator set 11, then an operand; nothing if it bounds no float.
inline std::optional<double> clip_bound(context& c, std::string_view name, std::size_t i) {
    if (!c.has(name) && !c.has(i)) return std::nullopt;
    auto const given = c.has(name) ? std::vector{c.real(name)} : c.known_reals(i, name);
    if (given.size() != 1)
        throw unsupported{"'" + std::string(name) + "' has " + std::to_string(given.size()) + " elements; one is needed"};
    if (std::abs(given[0]) >= 3.4028234e38) return std::nullopt;
    return given[0];
}

inline results import_clip(context& c) {
    operand x = c.in(0);
    if ((c.has(1) && !c.in(1).value) || (c.has(2) && !c.in(2).value)) {
        if (c.has(1)) x = c.emit<op::max>({}, {x, c.in(1)});
        if (c.has(2)) x = c.emit<op::min>({}, {x, c.in(2)});
        return {x};
    }
    auto const low = clip_bound(c, "min", 1), high = clip_bound(c, "max", 2);
    if (low && high) {
        op::clip::attributes a;
        a.min = *low;
        a.max = *high;
        return {c.emit<op::clip>(a, {x})};
    }
    if (low && *low == 0) return {c.emit<op::relu>({}, {x})};
    if (low) {
        op::max_const::attributes a;
        a.const_val = *low;
        return {c.emit<op::max_const>(a, {x})};
    }
    if (!high) return {x};
    op::min_const::attributes a;
    a.const_val = *high;
    return {c.emit<op::min_const>(a, {x})};
}

// Before operator set 13 all axes from the given one on were one axis, the first by default being 1.
template <bool Log>
results import_softmax(context& c) {
    operand const& x = c.in(0);
    auto const rank = static_cast<std::int64_t>(x.dims.size());
    bool const joined = c.opset() < 13;
    op::softmax::attributes a;
    a.log = Log;
    a.axis = normal_axis(c.integer("axis", joined ? 1 : -1), x.dims.size());
    if (a.axis < 0 || a.axis > rank || (a.axis == rank && !joined)) throw unsupported{"attribute 'axis' is out of range"};
    std::int64_t inner = 1, outer = 1;
    for (std::int64_t i = 0; i < rank; ++i) (i < a.axis ? outer : inner) *= x.dims[static_cast<std::size_t>(i)];
    bool const same = a.axis < rank && inner == x.dims[static_cast<std::size_t>(a.axis)];
    if (!joined || same) return {c.emit<op::softmax>(a, {x})};
    a.axis = 1;
    return {reshaped(c, c.emit<op::softmax>(a, {reshaped(c, x, {outer, inner})}), x.dims)};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> activation_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Celu", import_celu},
        {"Clip", import_clip},
        {"Elu", import_elu},
        {"GELU", import_gelu},
        {"Gelu", import_gelu},
        {"HardSigmoid", import_hard_sigmoid},
        {"HardSwish", import_activation<op::hard_swish>},
        {"LeakyRelu", import_leaky_relu},
        {"LogSoftmax", import_softmax<true>},
        {"Mish", import_activation<op::mish>},
        {"PRelu", import_prelu},
        {"QuickGelu", import_quick_gelu},
        {"Relu", import_activation<op::relu>},
        {"Selu", import_selu},
        {"Sigmoid", import_activation<op::sigmoid>},
        {"Softmax", import_softmax<false>},
        {"Softplus", import_activation<op::softplus>},
        {"Softsign", import_activation<op::softsign>},
        {"Swish", import_swish},
        {"Tanh", import_activation<op::tanh>},
        {"ThresholdedRelu", import_thresholded_relu},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
