// Every rule, and what operators without one of their own become.
#pragma once
#include <tpu_convert/op/integer/integer_table.hpp>
#include <tpu_convert/op/max.hpp>
#include <tpu_convert/op/min.hpp>
#include <tpu_convert/op/registry.hpp>
#include <tpu_convert/quantize/rule_answer.hpp>
#include <tpu_convert/quantize/rules/convolution.hpp>
#include <tpu_convert/quantize/rules/elementwise.hpp>
#include <tpu_convert/quantize/rules/mat_mul.hpp>
#include <tpu_convert/quantize/rules/pool.hpp>

namespace tpu_convert {

// The larger and the smaller of two: whole numbers of one scale compare as the real ones.
template <class Op, class Rules>
    requires std::same_as<Op, op::max> || std::same_as<Op, op::min>
struct integer_rule<Op, Rules> {
    using target = Op;
    static rule_answer make(typename Op::attributes const& a, rule_context const&) {
        return integer_node{&info_of<Op>(), a, {std::size_t{0}, std::size_t{1}}, true};
    }
};

template <class Op, class Rules>
concept has_integer_rule = requires(typename Op::attributes const& a, rule_context const& c) {
    { integer_rule<Op, Rules>::make(a, c) } -> std::same_as<rule_answer>;
    typename integer_rule<Op, Rules>::target; // the operator that it becomes
};

} // namespace tpu_convert
