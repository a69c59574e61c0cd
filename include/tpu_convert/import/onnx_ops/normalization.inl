// ONNX normalizations.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/batch_norm.hpp>
#include <tpu_convert/op/div.hpp>
#include <tpu_convert/op/group_norm.hpp>
#include <tpu_convert/op/instance_norm.hpp>
#include <tpu_convert/op/layer_norm.hpp>
#include <tpu_convert/op/lrn.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/reduce.hpp>
#include <tpu_convert/op/rms_norm.hpp>
#include <tpu_convert/op/rsqrt.hpp>
#include <tpu_convert/op/sub.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

inline double const default_epsilon = static_cast<double>(1e-5F);

// Mean and variance are those of the batch; the running ones move towards them.
inline results batch_norm_of_batch(context& c) {
    steps const f{c};
    operand const& x = c.in(0);
    if (x.dims.size() < 2) throw unsupported{"its input has the shape " + to_string(x.dims)};
    std::vector<std::int64_t> axes;
    shape of_channel(x.dims.size(), 1);
    of_channel[1] = x.dims[1];
    for (std::int64_t i = 0; i < std::ssize(x.dims); ++i)
        if (i != 1) axes.push_back(i);
    operand const mean = f.reduce("ReduceMean", x, axes, true), deviation = f.sub(x, mean);
    operand const variance = f.reduce("ReduceMean", f.mul(deviation, deviation), axes, true);
    operand const root = f("Sqrt", {f.add(variance, f.number(c.real("epsilon", default_epsilon)))});
    operand const y = f.add(f.mul(f.div(deviation, root), f.shaped(c.in(1), of_channel)), f.shaped(c.in(2), of_channel));
    double const momentum = c.real("momentum", 0.9);
    auto const moved = [&](operand const& old, operand const& now) {
        return f.add(f.mul(old, f.number(momentum)), f.mul(f.shaped(now, {x.dims[1]}), f.number(1 - momentum)));
    };
    return {y, moved(c.in(3), mean), moved(c.in(4), variance)};
}

inline results import_batch_norm(context& c) {
    if (c.opset() >= 14 && c.integer("training_mode", 0)) return batch_norm_of_batch(c);
    if (c.integer("training_mode", 0) || (c.opset() < 7 && c.integer("is_test", 0) == 0 && c.has("is_test")))
        throw unsupported{"is in training mode; export the model for inference"};
    if (c.opset() < 9 && c.integer("spatial", 1) == 0) throw unsupported{"attribute 'spatial' is 0"};
    op::batch_norm::attributes a;
    a.epsilon = c.real("epsilon", default_epsilon);
    return {c.emit<op::batch_norm>(a, {c.in(0), c.in(3), c.in(4), c.in(1), c.in(2)})};
}

inline results import_instance_norm(context& c) {
    op::instance_norm::attributes a;
    a.eps = c.real("epsilon", default_epsilon);
    return {c.emit<op::instance_norm>(a, {c.in(0), c.in(1), c.in(2)})};
}

// Before operator set 21 scale and bias were those of the groups.
inline results import_group_norm(context& c) {
    op::group_norm::attributes a;
    a.num_groups = c.integer("num_groups");
    a.eps = c.real("epsilon", default_epsilon);
    auto const channels = c.in(0).dims.size() > 1 ? c.in(0).dims[1] : 0;
    steps const f{c};
    auto const of_channels = [&](operand const& v) {
        if (v.dims == shape{channels}) return v;
        if (v.dims != shape{a.num_groups} || a.num_groups < 1 || channels % a.num_groups)
            throw unsupported{"scale and bias have neither a value for each channel nor one for each group"};
        shape const spread{a.num_groups, channels / a.num_groups};
        return f.shaped(f("Expand", {f.shaped(v, {a.num_groups, 1}), c.known_vector(spread)}), {channels});
    };
    return {c.emit<op::group_norm>(a, {c.in(0), of_channels(c.in(1)), of_channels(c.in(2))})};
}

// Mean and 1 / sqrt(variance + epsilon) as results of their own, if the node names them.
inline results layer_statistics(context& c, op::layer_norm::attributes const& a) {
    operand const& x = c.in(0);
    op::reduce::attributes over;
    for (auto axis = a.axis; axis < static_cast<std::int64_t>(x.dims.size()); ++axis) over.axes.push_back(axis);
    operand const mean = c.emit<op::reduce>(over, {x});
    operand const deviation = c.emit<op::sub>({}, {x, mean});
    operand const variance = c.emit<op::reduce>(over, {c.emit<op::mul>({}, {deviation, deviation})});
    op::add_const::attributes plus;
    plus.const_val = a.eps;
    return {mean, c.emit<op::rsqrt>({}, {c.emit<op::add_const>(plus, {variance})})};
}

inline results import_layer_norm(context& c) {
    op::layer_norm::attributes a;
    auto const& dims = c.in(0).dims;
    a.axis = checked_axis(c.integer("axis", -1), dims.size());
    a.normalized_shape.assign(dims.begin() + a.axis, dims.end());
    a.eps = c.real("epsilon", default_epsilon);
    results all{c.emit<op::layer_norm>(a, {c.in(0), c.optional_in(1), c.optional_in(2)})};
    if (c.node().outputs.size() > 1)
        for (auto& extra : layer_statistics(c, a)) all.push_back(std::move(extra));
    return all;
}

inline results import_rms_norm(context& c) {
    op::rms_norm::attributes a;
    a.axis = checked_axis(c.integer("axis", -1), c.in(0).dims.size());
    a.eps = c.real("epsilon", default_epsilon);
    return {c.emit<op::rms_norm>(a, {c.in(0), c.optional_in(1)})};
}

inline results import_lrn(context& c) {
    op::lrn::attributes a;
    a.size = c.integer("size");
    a.alpha = c.real("alpha", static_cast<double>(1e-4F));
    a.beta = c.real("beta", 0.75);
    a.bias = c.real("bias", 1.0);
    return {c.emit<op::lrn>(a, {c.in(0)})};
}

inline results import_lp_norm(context& c) {
    op::reduce::attributes a;
    a.axes = {checked_axis(c.integer("axis", -1), c.in(0).dims.size())};
    auto const p = c.integer("p", 2);
    if (p != 1 && p != 2) throw unsupported{"attribute 'p' is " + std::to_string(p) + "; 1 and 2 can be converted"};
    a.mode = p == 1 ? reduce_mode::l1 : reduce_mode::l2;
    return {c.emit<op::div>({}, {c.in(0), c.emit<op::reduce>(a, {c.in(0)})})};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> normalization_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"BatchNormalization", import_batch_norm},
        {"GroupNormalization", import_group_norm},
        {"InstanceNormalization", import_instance_norm},
        {"LRN", import_lrn},
        {"LayerNormalization", import_layer_norm},
        {"LpNormalization", import_lp_norm},
        {"RMSNormalization", import_rms_norm},
        {"SimplifiedLayerNormalization", import_rms_norm},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
