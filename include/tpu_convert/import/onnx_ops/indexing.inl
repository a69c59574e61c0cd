// ONNX operators that read or write at positions given by other tensors.
#pragma once
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/compare.hpp>
#include <tpu_convert/op/gather.hpp>
#include <tpu_convert/op/gather_elements.hpp>
#include <tpu_convert/op/gather_nd.hpp>
#include <tpu_convert/op/mod.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/op/scatter_elements.hpp>
#include <tpu_convert/op/scatter_nd.hpp>
#include <tpu_convert/op/top_k.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

inline results import_gather(context& c) {
    op::gather::attributes a;
    a.axis = checked_axis(c.integer("axis", 0), c.in(0).dims.size());
    return {c.emit<op::gather>(a, {c.in(0), c.in(1)})};
}

inline results import_gather_elements(context& c) {
    op::gather_elements::attributes a;
    a.axis = checked_axis(c.integer("axis", 0), c.in(0).dims.size());
    return {c.emit<op::gather_elements>(a, {c.in(0), c.in(1)})};
}

inline results import_gather_nd(context& c) {
    op::gather_nd::attributes a;
    a.batch_dims = c.integer("batch_dims", 0);
    return {c.emit<op::gather_nd>(a, {c.in(0), c.in(1)})};
}

inline std::int64_t reduction_code(context& c) {
    auto const name = c.text("reduction", "none");
    for (std::int64_t i = 0; auto const known : {"none", "add", "mul", "max", "min"}) {
        if (name == known) return i;
        ++i;
    }
    throw unsupported{"attribute 'reduction' is '" + name + "'"};
}

inline results import_scatter_elements(context& c) {
    op::scatter_elements::attributes a;
    a.axis = checked_axis(c.integer("axis", 0), c.in(0).dims.size());
    a.reduction = reduction_code(c);
    return {c.emit<op::scatter_elements>(a, {c.in(0), c.in(1), c.in(2)})};
}

inline results import_scatter_nd(context& c) {
    op::scatter_nd::attributes a;
    a.reduction = reduction_code(c);
    return {c.emit<op::scatter_nd>(a, {c.in(0), c.in(1), c.in(2)})};
}

inline results import_top_k(context& c) {
    op::top_k::attributes a;
    a.axis = checked_axis(c.integer("axis", -1), c.in(0).dims.size());
    a.k = c.has("k") ? c.integer("k") : c.known_integer(1, "K");
    a.largest = c.integer("largest", 1) != 0;
    a.sorted = c.integer("sorted", 1) != 0;
    return c.emit(op::top_k::name, a, {c.in(0)}, {c.in(0).type, dtype::i64});
}

// off + (on - off) * (indices mod depth == 0, 1, 2...) along the new axis: negative indices count from the back.
inline results import_one_hot(context& c) {
    auto const depth = c.known_integer(1, "depth");
    auto const values = c.known_reals(2, "values");
    if (depth < 1 || depth > 1 << 20 || values.size() != 2) throw unsupported{"'depth' or 'values' is out of range"};
    operand const indices = c.emit<op::mod>({}, {c.in(0), c.known_scalar(static_cast<double>(depth))});
    auto const axis = checked_axis(c.integer("axis", -1), indices.dims.size() + 1);
    shape with_axis = indices.dims, along(indices.dims.size() + 1, 1);
    with_axis.insert(with_axis.begin() + axis, 1);
    along[static_cast<std::size_t>(axis)] = depth;
    std::vector<std::int64_t> positions;
    for (std::int64_t i = 0; i < depth; ++i) positions.push_back(i);
    operand hot =
        c.emit<op::compare>({}, {reshaped(c, indices, with_axis), c.known(make_integers(positions, along))}, c.in(2).type);
    if (values[1] - values[0] != 1) {
        op::mul_const::attributes times;
        times.const_val = values[1] - values[0];
        hot = c.emit<op::mul_const>(times, {hot});
    }
    if (values[0] == 0) return {hot};
    op::add_const::attributes plus;
    plus.const_val = values[0];
    return {c.emit<op::add_const>(plus, {hot})};
}

// Only of constants: the shape of the result depends on the values.
inline results import_non_zero(context& c) {
    auto const values = c.known_reals(0, "X");
    shape dims = c.in(0).dims.empty() ? shape{1} : c.in(0).dims;
    auto const strides = dense_strides(dims);
    std::vector<std::vector<std::int64_t>> columns(dims.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        for (std::size_t d = 0; values[i] != 0 && d < dims.size(); ++d)
            columns[d].push_back(static_cast<std::int64_t>(i) / strides[d] % dims[d]);
    std::vector<std::int64_t> all;
    for (auto const& column : columns) all.insert(all.end(), column.begin(), column.end());
    shape const out{static_cast<std::int64_t>(dims.size()), static_cast<std::int64_t>(columns[0].size())};
    return {c.known(make_integers(std::move(all), out))};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> indexing_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Gather", import_gather},
        {"GatherElements", import_gather_elements},
        {"GatherND", import_gather_nd},
        {"NonZero", import_non_zero},
        {"OneHot", import_one_hot},
        {"Scatter", import_scatter_elements},
        {"ScatterElements", import_scatter_elements},
        {"ScatterND", import_scatter_nd},
        {"TopK", import_top_k},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
