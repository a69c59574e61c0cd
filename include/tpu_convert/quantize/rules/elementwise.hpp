// Sums and products of two tensors, each operand with its own scale; the larger or the smaller of two at one scale.
#pragma once
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/integer/integer_prelu.hpp>
#include <tpu_convert/op/integer/integer_product.hpp>
#include <tpu_convert/op/integer/integer_sum.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/prelu.hpp>
#include <tpu_convert/op/sub.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>

namespace tpu_convert {

namespace detail {

// A constant operand at absmax / 127, or / 255 if it has no negative element.
integer_weight quantize_constant(tensor const& t, std::size_t operand);

struct two_operands {
    std::vector<std::variant<std::size_t, integer_weight>> operands;
    std::array<number_format, 2> from;
};
inline two_operands quantize_operands(rule_context const& c) {
    two_operands both;
    for (std::size_t i = 0; i < 2; ++i) {
        both.from[i] = c.from[i];
        if (c.payloads[i]) {
            auto w = quantize_constant(*c.payloads[i], i);
            both.from[i] = {w.type, w.scale, 0};
            both.operands.push_back(std::move(w));
        } else both.operands.push_back(i);
    }
    return both;
}

rule_answer weighted_sum(rule_context const& c, std::array<double, 2> const& coefficients, fused_relu relu);

} // namespace detail

template <>
struct integer_rule<op::add, bm168x_rules> {
    static constexpr bool free_zero_points = true; // all of them become one constant

    static rule_answer make(op::add::attributes const& a, rule_context const& c) {
        auto const k = a.coeff.value_or(std::vector<double>{1, 1});
        if (k.size() != 2) return not_integer{"not two coefficients"};
        return detail::weighted_sum(c, {k[0], k[1]}, fused_relu_of(a));
    }
};
template <>
struct integer_rule<op::sub, bm168x_rules> {
    static constexpr bool free_zero_points = true; // all of them become one constant

    static rule_answer make(op::sub::attributes const& a, rule_context const& c) {
        if (a.coeff && *a.coeff != std::vector<double>{1, 1}) return not_integer{"coefficients"};
        double const first = a.is_reverse ? -1 : 1;
        return detail::weighted_sum(c, {first, -first}, fused_relu_of(a));
    }
};

template <>
struct integer_rule<op::mul, bm168x_rules> {
    static rule_answer make(op::mul::attributes const& a, rule_context const& c) {
        auto both = detail::quantize_operands(c);
        op::integer_product::attributes made;
        auto const factor = factor_of_8_bits(both.from[0].scale * both.from[1].scale / c.to.scale);
        made.multipliers = {factor.multiplier}, made.shifts = {factor.shift}, made.zero_point = c.to.zero_point;
        made.zero_points = {both.from[0].zero_point, both.from[1].zero_point};
        std::tie(made.lowest, made.highest) = detail::result_bounds(c.to, fused_relu_of(a));
        return integer_node{&info_of<op::integer_product>(), std::move(made), std::move(both.operands)};
    }
};

template <>
struct integer_rule<op::prelu, bm168x_rules> {
    static rule_answer make(op::prelu::attributes const&, rule_context const& c);
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/rules/elementwise.inl>
#endif
