#pragma once
#include <tpu_convert/op/expand.hpp>
#include <tpu_convert/op/integer/integer_mat_mul.hpp>
#include <tpu_convert/op/mat_mul.hpp>
#include <tpu_convert/pass/repeated_batches.hpp>
#include <tpu_convert/pass/typed_steps.hpp>

namespace tpu_convert::pass {

template <operation Op>
void repeat_batches(graph& g, graph::id v) {
    shape const left = g[operand(g, v, 0)].dims, right = g[operand(g, v, 1)].dims;
    if (left.size() < 2 || right.size() < 2) return;
    shape const& out = g[v].results[0].dims;
    shape const batch(out.begin(), out.end() - 2);
    auto const stays = [&](shape const& dims) { // whole, or one matrix for all
        std::int64_t const count = element_count(shape(dims.begin(), dims.end() - 2));
        return count == 1 || count == element_count(batch);
    };
    auto const repeat = [&](std::size_t i, shape const& dims) {
        if (element_count(dims) / (dims.back() * dims[dims.size() - 2]) == 1) return;
        shape whole = batch;
        whole.insert(whole.end(), dims.end() - 2, dims.end());
        if (element_count(whole) == element_count(dims)) return;
        g.set_operand(v, i, typed_steps(g, v).add<op::expand>({.new_shape = whole}, {operand(g, v, i)}));
    };
    if (stays(left) && stays(right)) return;
    repeat(0, left), repeat(1, right);
}

TPU_CONVERT_INLINE void repeat_batches(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::mat_mul>(g, v)) repeat_batches<op::mat_mul>(g, v);
        else if (is<op::integer_mat_mul>(g, v)) repeat_batches<op::integer_mat_mul>(g, v);
    });
}

} // namespace tpu_convert::pass
