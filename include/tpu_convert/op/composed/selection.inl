// Operators that read or write at places given by numbers, as gathers and scatters of rows.
#pragma once
#include <algorithm>
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/composed/registry.hpp>
#include <tpu_convert/op/composed/scatter.hpp>
#include <utility>

namespace tpu_convert::op {

TPU_CONVERT_INLINE void gather_elements::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0), index = c.operand(1);
    auto const axis = detail::axis_of(name, a.axis, f.dims(x).size());
    term const flat = composing::integral(c, composing::flat_positions(c, index, axis, f.dims(x)));
    c.result(f.shaped(f.rows(f.shaped(x, {element_count(f.dims(x))}), flat), f.dims(index)));
}

TPU_CONVERT_INLINE void gather_nd::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0), index = c.operand(1);
    auto const deep = static_cast<std::size_t>(f.dim(index, -1)), batch = static_cast<std::size_t>(a.batch_dims);
    shape const table = f.dims(x);
    std::int64_t width = 1;
    for (auto i = batch + deep; i < table.size(); ++i) width *= table[i];
    term const at = composing::integral(c, composing::row_positions(c, index, batch, table));
    shape out = f.dims(index);
    out.pop_back();
    out.insert(out.end(), table.begin() + static_cast<std::ptrdiff_t>(batch + deep), table.end());
    c.result(f.shaped(f.rows(f.shaped(x, {element_count(table) / std::max<std::int64_t>(1, width), width}), at), out));
}

TPU_CONVERT_INLINE void scatter_elements::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0), index = c.operand(1);
    auto const axis = detail::axis_of(name, a.axis, f.dims(x).size());
    term const at = composing::flat_positions(c, index, axis, f.dims(x));
    shape const flat{element_count(f.dims(x)), 1}, updates{element_count(f.dims(index)), 1};
    c.result(f.shaped(composing::scattered(c, a.reduction, f.shaped(x, flat), at, f.shaped(c.operand(2), updates)), f.dims(x)));
}

TPU_CONVERT_INLINE void scatter_nd::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0), index = c.operand(1);
    auto const deep = f.dim(index, -1);
    f.require(deep >= 1, "the indices name no axis");
    shape const table = f.dims(x);
    std::int64_t width = 1;
    for (auto i = static_cast<std::size_t>(deep); i < table.size(); ++i) width *= table[i];
    term const at = composing::row_positions(c, index, 0, table);
    shape const flat{element_count(table) / std::max<std::int64_t>(1, width), width},
        updates{element_count(f.dims(index)) / deep, width};
    c.result(f.shaped(composing::scattered(c, a.reduction, f.shaped(x, flat), at, f.shaped(c.operand(2), updates)), table));
}

TPU_CONVERT_INLINE void index_put::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0), index = c.operand(1);
    f.require(f.rank(x) >= 1 && f.rank(index) == 1, "the indices are no list");
    auto const rows = f.dim(x, 0), width = element_count(f.dims(x)) / std::max<std::int64_t>(1, rows), count = f.dim(index, 0);
    f.require(rows <= composing::most_positions && element_count(f.dims(c.operand(2))) == count * width,
              "the values are not one row for each index");
    term const y = composing::scattered(c, a.accumulate, f.shaped(x, {rows, width}), f.from_end(index, rows),
                                     f.shaped(c.operand(2), {count, width}));
    c.result(f.shaped(y, f.dims(x)));
}

TPU_CONVERT_INLINE void lut::compose(attributes const&, composition& c) {
    formula const f{c};
    term const x = c.operand(0), table = c.operand(1);
    auto const size = element_count(f.dims(table)), count = element_count(f.dims(x));
    f.require(size <= composing::most_positions, "the table has more than 2^24 entries");
    term const at = composing::integral(c, f.shaped(f.from_end(x, size), {count}));
    c.result(f.shaped(f.rows(f.shaped(table, {size}), at), f.dims(x)));
}

TPU_CONVERT_INLINE void emb_dense_bwd::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const gradient = c.operand(0), index = c.operand(1);
    auto const count = element_count(f.dims(index)), width = f.dim(gradient, -1);
    f.require(a.num_weights > 0 && element_count(f.dims(gradient)) == count * width && a.num_weights * count <= 1 << 24,
              "gradients and indices do not fit, or there are more than 2^24 pairs of weights and indices");
    composition::exact_scope const exact(c);
    term const row = f.shaped(f.real(index), {1, count});
    term const wanted = f.compare(compare_mode::equal, f.ramp(a.num_weights, 0, 2), row);
    c.result(f.product(wanted, f.shaped(gradient, {count, width})));
}

TPU_CONVERT_INLINE void sort::compose(attributes const& a, composition& c) {
    formula const f{c};
    auto const k = f.dim(c.operand(0), a.axis);
    for (auto const t : c.call<top_k>({.axis = a.axis, .k = k, .largest = a.descending}, {c.operand(0)})) c.result(t);
}

} // namespace tpu_convert::op
