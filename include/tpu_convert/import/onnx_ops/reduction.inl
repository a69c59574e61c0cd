// ONNX reductions.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/arg.hpp>
#include <tpu_convert/op/cum_sum.hpp>
#include <tpu_convert/op/exp.hpp>
#include <tpu_convert/op/log.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/reduce.hpp>
#include <tpu_convert/op/reverse.hpp>
#include <tpu_convert/op/sub.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// The axes, sorted; nothing if the operator leaves its input as it is.
inline std::optional<op::reduce::attributes> reduce_attributes(context& c, reduce_mode mode) {
    op::reduce::attributes a;
    a.mode = mode;
    a.keepdims = c.integer("keepdims", 1) != 0;
    auto const rank = c.in(0).dims.size();
    auto const given = c.integers_or_in("axes", 1);
    if ((!given || given->empty()) && c.integer("noop_with_empty_axes", 0)) return std::nullopt;
    if (given)
        for (auto const axis : *given) a.axes.push_back(checked_axis(axis, rank));
    if (a.axes.empty())
        for (std::size_t i = 0; i < rank; ++i) a.axes.push_back(static_cast<std::int64_t>(i));
    std::sort(a.axes.begin(), a.axes.end());
    a.axes.erase(std::unique(a.axes.begin(), a.axes.end()), a.axes.end());
    return a;
}

template <reduce_mode Mode>
results import_reduce(context& c) {
    auto const a = reduce_attributes(c, Mode);
    if (!a || c.in(0).dims.empty()) return {c.in(0)};
    return {c.emit<op::reduce>(*a, {c.in(0)})};
}

inline results import_sum_square(context& c) {
    operand const square = c.emit<op::mul>({}, {c.in(0), c.in(0)});
    auto const a = reduce_attributes(c, reduce_mode::sum);
    if (!a) return {square};
    return {c.emit<op::reduce>(*a, {square})};
}

inline results import_log_sum(context& c) {
    auto const a = reduce_attributes(c, reduce_mode::sum);
    if (!a) return {c.emit<op::log>({}, {c.in(0)})};
    return {c.emit<op::log>({}, {c.emit<op::reduce>(*a, {c.in(0)})})};
}

// m + log(sum of exp(x - m)) with the maximum m, so that nothing overflows.
inline results import_log_sum_exp(context& c) {
    auto const a = reduce_attributes(c, reduce_mode::sum);
    if (!a) return {c.in(0)};
    auto most = *a;
    most.mode = reduce_mode::max;
    most.keepdims = true;
    operand const m = c.emit<op::reduce>(most, {c.in(0)});
    operand const sum = c.emit<op::reduce>(*a, {c.emit<op::exp>({}, {c.emit<op::sub>({}, {c.in(0), m})})});
    operand const log_sum = c.emit<op::log>({}, {sum});
    return {c.emit<op::add>({}, {log_sum, reshaped(c, m, log_sum.dims)})};
}

template <arg_mode Mode>
results import_arg(context& c) {
    op::arg::attributes a;
    a.axis = checked_axis(c.integer("axis", 0), c.in(0).dims.size());
    a.keepdims = c.integer("keepdims", 1) != 0;
    a.mode = Mode;
    a.select_last_index = c.integer("select_last_index", 0) != 0;
    return {c.emit<op::arg>(a, {c.in(0)}, dtype::i64)};
}

// From the end: the sum of the reversed input, reversed. Exclusive: without the element itself.
inline results import_cum_sum(context& c) {
    operand const& x = c.in(0);
    op::cum_sum::attributes a;
    op::reverse::attributes back;
    a.axis = back.axis = checked_axis(c.known_integer(1, "axis"), x.dims.size());
    bool const reverse = c.integer("reverse", 0) != 0;
    operand sum = c.emit<op::cum_sum>(a, {reverse ? c.emit<op::reverse>(back, {x}) : x});
    if (reverse) sum = c.emit<op::reverse>(back, {sum});
    if (!c.integer("exclusive", 0)) return {sum};
    return {c.emit<op::sub>({}, {sum, x})};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> reduction_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"ArgMax", import_arg<arg_mode::max>},
        {"ArgMin", import_arg<arg_mode::min>},
        {"CumSum", import_cum_sum},
        {"ReduceL1", import_reduce<reduce_mode::l1>},
        {"ReduceL2", import_reduce<reduce_mode::l2>},
        {"ReduceLogSum", import_log_sum},
        {"ReduceLogSumExp", import_log_sum_exp},
        {"ReduceMax", import_reduce<reduce_mode::max>},
        {"ReduceMean", import_reduce<reduce_mode::mean>},
        {"ReduceMin", import_reduce<reduce_mode::min>},
        {"ReduceProd", import_reduce<reduce_mode::prod>},
        {"ReduceSum", import_reduce<reduce_mode::sum>},
        {"ReduceSumSquare", import_sum_square},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
