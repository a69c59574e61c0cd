// Matrix products: constant right sides with one scale (or one a column), or two computed sides.
#pragma once
#include <tpu_convert/op/integer/integer_mat_mul.hpp>
#include <tpu_convert/op/mat_mul.hpp>
#include <tpu_convert/quantize/rules/arithmetic.hpp>

namespace tpu_convert {

template <class Rules>
struct integer_rule<op::mat_mul, Rules> {
    using target = op::integer_mat_mul;
    static constexpr bool free_zero_points = true; // with a constant right side

    static rule_answer make(op::mat_mul::attributes const& a, rule_context const& c) {
        if (c.payloads[0]) return not_integer{"the left side is a weight"};
        op::integer_mat_mul::attributes made;
        made.left_transpose = a.left_transpose, made.right_transpose = a.right_transpose;
        return c.payloads[1] ? constant(a, c, std::move(made)) : computed(a, c, std::move(made));
    }

private:
    static rule_answer constant(op::mat_mul::attributes const& a, rule_context const& c, op::integer_mat_mul::attributes made) {
        bool const biased = c.operands.size() > 2 && c.operands[2];
        if (biased && !c.payloads[2]) return not_integer{"the bias is computed"};
        auto const d = op::mat_mul::dimensions(a, std::vector{c.operands[0]->dims, c.operands[1]->dims});
        if (element_count(d.right_batch) != 1) return not_integer{"a batch of constant right sides"};
        if (biased && c.payloads[2]->size() != 1 && c.payloads[2]->size() != d.columns)
            return not_integer{"the bias is not one for each column"};
        bool const by_rows = a.right_transpose && c.operands[1]->dims.size() > 1;
        tensor const rows = by_rows ? *c.payloads[1] : transposed(*c.payloads[1], d.columns);
        auto q = detail::rule_arithmetic<Rules>::channels({rows, d.columns, biased ? c.payloads[2] : nullptr, c.from[0], c.to,
                                                           fused_relu_of(a), !c.matmul_per_channel});
        if (!by_rows) q.weights.elements = transposed(q.weights.elements, d.depth);
        q.weights.elements.reshape(c.operands[1]->dims);
        static_cast<requantizer&>(made) = std::move(q.result);
        made.bias = std::move(q.bias);
        return integer_node{&info_of<op::integer_mat_mul>(), std::move(made), {std::size_t{0}, std::move(q.weights)}};
    }
    // Elements of [rows, columns] as [columns, rows].
    static tensor transposed(tensor const& t, std::int64_t columns) {
        std::int64_t const rows = t.size() / columns;
        tensor turned(shape{columns, rows});
        for (std::int64_t r = 0; r < rows; ++r)
            for (std::int64_t c = 0; c < columns; ++c) turned[c * rows + r] = t[r * columns + c];
        return turned;
    }

    static rule_answer computed(op::mat_mul::attributes const& a, rule_context const& c, op::integer_mat_mul::attributes made) {
        if (!detail::symmetric(c)) return not_integer{"two computed sides with zero points"};
        if (c.operands.size() > 2 && c.operands[2]) return not_integer{"a bias on two computed sides"};
        double const factor = c.from[0].scale * c.from[1].scale / c.to.scale;
        static_cast<requantizer&>(made) = detail::rule_arithmetic<Rules>::rescaling(factor);
        std::tie(made.lowest, made.highest) = detail::result_bounds(c.to, fused_relu_of(a));
        return integer_node{&info_of<op::integer_mat_mul>(), std::move(made), {std::size_t{0}, std::size_t{1}}};
    }
};

} // namespace tpu_convert
