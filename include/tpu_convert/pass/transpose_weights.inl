// Rewrite: constant right operands of products are stored as [K, N]; transposed left operands are permuted.
#pragma once
#include <tpu_convert/op/mat_mul.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

inline tensor transposed(tensor const& w) {
    auto const rows = w.dim(0), columns = w.dim(1);
    tensor values{{columns, rows}};
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; ++c) values[c * rows + r] = w[r * columns + c];
    return values;
}

inline void transpose_right(graph& g, graph::id v) {
    ref const right = operand(g, v, 1);
    auto const* w = weight(g, right);
    if (!attributes<op::mat_mul>(g, v).right_transpose || !w || w->rank() != 2) return;
    g.set_operand(v, 1, add_weight(g, g[right].name + "_transposed", transposed(*w)));
    attributes<op::mat_mul>(g, v).right_transpose = false;
}

inline void permute_left(graph& g, graph::id v) {
    ref const left = operand(g, v, 0);
    auto dims = g[left].dims;
    auto const rank = dims.size();
    if (!attributes<op::mat_mul>(g, v).left_transpose || rank < 2) return;
    op::permute::attributes a;
    for (std::size_t i = 0; i < rank; ++i) a.order.push_back(static_cast<std::int64_t>(i));
    std::swap(a.order[rank - 1], a.order[rank - 2]);
    std::swap(dims[rank - 1], dims[rank - 2]);
    g.set_operand(v, 0, add_operation<op::permute>(g, g[v].results[0].name + "_left", dims, a, {left}));
    attributes<op::mat_mul>(g, v).left_transpose = false;
}

} // namespace detail

TPU_CONVERT_INLINE void transpose_weights(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (!is<op::mat_mul>(g, v)) return;
        detail::transpose_right(g, v);
        detail::permute_left(g, v);
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
