// Gather at computed positions: rows that the runtime copies, which wants whole numbers of 16 or 32 bits and a table of rows.
#pragma once
#include <numeric>
#include <tpu_convert/chip/cv18xx/rewrite/steps.hpp>
#include <tpu_convert/op/gather.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/schedule/never_negative.hpp>
#include <tpu_convert/schedule/widen_indices.hpp>

namespace tpu_convert::cv18xx_rewrite {

inline constexpr std::int64_t most_counted = 256; // bf16 holds all whole numbers up to this one

// Numbers that are computed in bf16, from the front, in 16 bits. What is longer stays, and is refused.
inline ref whole_positions(graph& g, ref index, std::string const& name, std::int64_t rows) {
    if (!is_float(g[index].type) || rows > most_counted) return index;
    if (g[index].type == dtype::f32) index = tpu_convert::detail::converted(g, index, name + "_bf16", dtype::bf16);
    if (!tpu_convert::detail::never_negative(g)(index))
        index = tpu_convert::detail::counted_from_front(g, index, name, rows, dtype::bf16);
    return tpu_convert::detail::converted(g, index, name, dtype::i16);
}

inline ref rows_in_front(graph& g, typed_steps& s, ref table, std::vector<std::int64_t> const& order) {
    tensor const* const values = pass::weight(g, table);
    if (!values) return s.add<op::permute>({.order = order}, {table});
    shape dims;
    for (auto i : order) dims.push_back(g[table].dims[static_cast<std::size_t>(i)]);
    std::vector<tensor> turned;
    turned.emplace_back(dims);
    op::permute::evaluate<tensor>({.order = order}, std::vector<tensor const*>{values}, turned);
    return s.weight(std::move(turned[0]), table);
}

inline void address_rows(graph& g, graph::id v) {
    ref const table = pass::operand(g, v, 0), index = pass::operand(g, v, 1);
    if (pass::weight(g, index)) return;
    auto a = pass::attributes<op::gather>(g, v);
    shape const dims = g[table].dims;
    auto const axis = static_cast<std::size_t>(normal_axis(a.axis, dims.size()));
    ref const rows = whole_positions(g, index, g[v].results[0].name + "_index", dims[axis]);
    std::int64_t const outer = std::accumulate(dims.begin(), dims.begin() + static_cast<std::ptrdiff_t>(axis), std::int64_t{1},
                                               std::multiplies<>());
    if (outer == 1) return g.set_operand(v, 1, rows);
    std::vector<std::int64_t> order{static_cast<std::int64_t>(axis)};
    for (std::size_t i = 0; i < dims.size(); ++i)
        if (i != axis) order.push_back(static_cast<std::int64_t>(i));
    typed_steps s(g, v);
    a.axis = 0;
    ref const taken = s.add<op::gather>(a, {rows_in_front(g, s, table, order), rows});
    std::size_t const in_front = s.dims(taken).size() + 1 - dims.size();
    std::vector<std::int64_t> back(s.dims(taken).size());
    std::iota(back.begin(), back.end(), 0);
    std::rotate(back.begin(), back.begin() + static_cast<std::ptrdiff_t>(in_front),
                back.begin() + static_cast<std::ptrdiff_t>(in_front + axis));
    s.become<op::permute>({.order = back}, {taken});
}

} // namespace tpu_convert::cv18xx_rewrite
