// Products of bf16 whose columns of the constant matrix do not fit twice into a lane: sums of some, of parts of the depth.
#pragma once
#include <tpu_convert/chip/cv18xx/chip.hpp>
#include <tpu_convert/chip/cv18xx/rewrite/steps.hpp>
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/mat_mul.hpp>
#include <tpu_convert/op/slice.hpp>

namespace tpu_convert::cv18xx_rewrite {

inline constexpr std::int64_t deepest_product = cv18xx_generation::lane_memory_bytes / 8; // terms

inline void split_depth(graph& g, graph::id v) {
    auto const a = pass::attributes<op::mat_mul>(g, v);
    auto operands = g.operands(v);
    tensor const* const right = pass::weight(g, operands[1]);
    shape const left = g[operands[0]].dims;
    if (!right || right->rank() != 2 || left.size() < 2 || a.left_transpose || g[operands[0]].type != dtype::bf16) return;
    std::int64_t const depth = left.back(), columns = right->size() / depth;
    if (depth <= deepest_product) return;
    typed_steps s(g, v);
    op::mat_mul::attributes part;
    part.right_transpose = true;
    ref sum{};
    for (std::int64_t begin = 0; begin < depth; begin += deepest_product) {
        std::int64_t const count = std::min(deepest_product, depth - begin);
        op::slice::attributes taken;
        taken.offset.assign(left.size(), 0), taken.steps.assign(left.size(), 1), taken.ends = left;
        taken.offset.back() = begin, taken.ends.back() = begin + count;
        tensor rows({columns, count});
        for (std::int64_t n = 0; n < columns; ++n)
            for (std::int64_t k = 0; k < count; ++k)
                rows[n * count + k] = (*right)[a.right_transpose ? n * depth + begin + k : (begin + k) * columns + n];
        std::vector<ref> from{s.add<op::slice>(taken, {operands[0]}), s.weight(std::move(rows), operands[1])};
        bool const last = begin + count == depth;
        if (last && operands.size() > 2 && operands[2]) from.push_back(operands[2]);
        ref const product = s.add<op::mat_mul>(part, from);
        op::add::attributes more;
        more.do_relu = a.do_relu, more.relu_limit = a.relu_limit;
        if (last) return s.become<op::add>(more, {sum, product});
        sum = sum ? s.add<op::add>({}, {sum, product}) : product;
    }
}

} // namespace tpu_convert::cv18xx_rewrite
