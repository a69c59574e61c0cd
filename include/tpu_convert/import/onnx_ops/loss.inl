// ONNX losses and the operators of classification that become others.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// -w[t] x[t] for the class t of each position; classes that are ignored have the weight 0. The mean is divided by the weights.
inline operand negative_log_likelihood(context& c, operand const& x, operand const& target, operand const& weight) {
    steps const f{c};
    operand classes = target, factor;
    if (c.has("ignore_index")) {
        operand const kept = f("Not", {f("Equal", {target, f.number(static_cast<double>(c.integer("ignore_index")))})});
        classes = f.where(kept, target, f.number(0));
        factor = f.typed(kept, dtype::f32);
    }
    shape with_class = target.dims;
    with_class.insert(with_class.begin() + 1, 1);
    operand const picked = f("GatherElements", {x, f.shaped(classes, with_class)}, {{"axis", std::int64_t{1}}});
    operand loss = f("Neg", {f.shaped(picked, target.dims)});
    if (weight.given()) {
        operand const of_class = f("Gather", {weight, classes}, {{"axis", std::int64_t{0}}});
        factor = factor.given() ? f.mul(of_class, factor) : of_class;
    }
    if (factor.given()) loss = f.mul(loss, factor);
    auto const reduction = c.text("reduction", "mean");
    if (reduction == "none") return loss;
    if (reduction == "sum") return f.reduce_all("ReduceSum", loss);
    if (reduction != "mean") throw unsupported{"attribute 'reduction' is '" + reduction + "'"};
    if (!factor.given()) return f.reduce_all("ReduceMean", loss);
    return f.div(f.reduce_all("ReduceSum", loss), f.reduce_all("ReduceSum", factor));
}

inline void need_classes(context& c) {
    if (c.in(0).dims.size() < 2 || c.in(1).dims.size() + 1 != c.in(0).dims.size())
        throw unsupported{"classes " + to_string(c.in(1).dims) + " do not fit " + to_string(c.in(0).dims)};
}

inline results import_nll_loss(context& c) {
    need_classes(c);
    return {negative_log_likelihood(c, c.in(0), c.in(1), c.optional_in(2))};
}

inline results import_cross_entropy(context& c) {
    need_classes(c);
    operand const log_of = steps{c}("LogSoftmax", {c.in(0)}, {{"axis", std::int64_t{1}}});
    return {negative_log_likelihood(c, log_of, c.in(1), c.optional_in(2)), log_of};
}

// 1 at the first of the largest elements along the axis, 0 elsewhere. Before operator set 13 all axes from it on were one.
inline results import_hardmax(context& c) {
    steps const f{c};
    shape const dims = c.in(0).dims;
    bool const joined = c.opset() < 13;
    auto axis = checked_axis(c.integer("axis", joined ? 1 : -1), dims.size());
    operand x = c.in(0);
    if (joined) {
        x = f.shaped(x, {product(dims, 0, axis), product(dims, axis, static_cast<std::int64_t>(dims.size()))});
        axis = 1;
    }
    operand const largest = f("ArgMax", {x}, {{"axis", axis}, {"keepdims", std::int64_t{1}}});
    auto const at = static_cast<std::size_t>(axis);
    operand const hot = f("Equal", {largest, f.positions(x.dims[at], at, x.dims.size())});
    return {f.shaped(f.typed(hot, c.in(0).type), dims)};
}

// Mean and variance over the axes are taken out.
inline results import_mean_variance(context& c) {
    steps const f{c};
    auto const axes = c.integers("axes", {0, 2, 3});
    operand const deviation = f.sub(c.in(0), f.reduce("ReduceMean", c.in(0), axes, true));
    operand const variance = f.reduce("ReduceMean", f.mul(deviation, deviation), axes, true);
    return {f.div(deviation, f.add(f("Sqrt", {variance}), f.number(1e-9)))};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> loss_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Hardmax", import_hardmax},
        {"MeanVarianceNormalization", import_mean_variance},
        {"NegativeLogLikelihoodLoss", import_nll_loss},
        {"SoftmaxCrossEntropyLoss", import_cross_entropy},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
