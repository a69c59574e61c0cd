// The integer rules by name: the run-time face of quantize/rules.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/quantize/rule_answer.hpp>

namespace tpu_convert {

// The rule of an operator by name; movement is passed through, functions of one number become tables.
template <class Rules>
rule_answer apply_integer_rule(operation_info const& op, rule_context const& c);
template <class Rules>
bool has_free_zero_points(operation_info const& op);
// What an operator becomes among integers; null if it has no rule.
template <class Rules>
operation_info const* integer_target(operation_info const& op);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/integer_rule.inl>
#endif
