// Sums and products of two tensors, each operand with its own scale; the larger or the smaller of two at one scale.
#pragma once
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/integer/integer_prelu.hpp>
#include <tpu_convert/op/integer/integer_product.hpp>
#include <tpu_convert/op/integer/integer_sum.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/prelu.hpp>
#include <tpu_convert/op/sub.hpp>
#include <tpu_convert/quantize/rules/arithmetic.hpp>

namespace tpu_convert {

template <class Rules>
struct integer_rule<op::add, Rules> {
    using target = op::integer_sum;
    static constexpr bool free_zero_points = true; // all of them become one constant

    static rule_answer make(op::add::attributes const& a, rule_context const& c) {
        auto const k = a.coeff.value_or(std::vector<double>{1, 1});
        if (k.size() != 2) return not_integer{"not two coefficients"};
        return detail::rule_arithmetic<Rules>::sum(c, {k[0], k[1]}, fused_relu_of(a));
    }
};
template <class Rules>
struct integer_rule<op::sub, Rules> {
    using target = op::integer_sum;
    static constexpr bool free_zero_points = true; // all of them become one constant

    static rule_answer make(op::sub::attributes const& a, rule_context const& c) {
        if (a.coeff && *a.coeff != std::vector<double>{1, 1}) return not_integer{"coefficients"};
        double const first = a.is_reverse ? -1 : 1;
        return detail::rule_arithmetic<Rules>::sum(c, {first, -first}, fused_relu_of(a));
    }
};

template <class Rules>
struct integer_rule<op::mul, Rules> {
    using target = op::integer_product;
    static rule_answer make(op::mul::attributes const& a, rule_context const& c) {
        auto both = detail::quantize_operands(c, Rules::bytes_without_sign);
        op::integer_product::attributes made;
        static_cast<requantizer&>(made) =
            detail::rule_arithmetic<Rules>::product(both.from[0].scale * both.from[1].scale / c.to.scale);
        made.zero_point = c.to.zero_point;
        made.zero_points = {both.from[0].zero_point, both.from[1].zero_point};
        std::tie(made.lowest, made.highest) = detail::result_bounds(c.to, fused_relu_of(a));
        return integer_node{&info_of<op::integer_product>(), std::move(made), std::move(both.operands)};
    }
};

template <>
struct integer_rule<op::prelu, bm168x_rules> {
    using target = op::integer_prelu;
    static rule_answer make(op::prelu::attributes const&, rule_context const& c) { return detail::slopes(c); }
};
// Parts of negative numbers have a size and a sign there.
template <>
struct integer_rule<op::prelu, cv18xx_rules> {
    using target = op::integer_prelu;
    static rule_answer make(op::prelu::attributes const&, rule_context const& c) {
        auto answer = detail::slopes(c);
        if (auto* n = std::get_if<integer_node>(&answer)) {
            auto& a = std::any_cast<op::integer_prelu::attributes&>(n->attributes);
            if (a.shifts[0] < 0 || a.slope_shift < 0) return not_integer{"factors of 128 or more"};
            a.lowest = std::max<std::int64_t>(a.lowest, -127);
        }
        return answer;
    }
};

} // namespace tpu_convert
