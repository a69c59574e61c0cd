#include <tpu_convert/quantize/integer_rule.inl>
#include <tpu_convert/quantize/rules/channel_weights.inl>
#include <tpu_convert/quantize/rules/weighted_sum.inl>

template tpu_convert::rule_answer tpu_convert::apply_integer_rule<tpu_convert::bm168x_rules>(tpu_convert::operation_info const&,
                                                                                            tpu_convert::rule_context const&);
template bool tpu_convert::has_free_zero_points<tpu_convert::bm168x_rules>(tpu_convert::operation_info const&);
template tpu_convert::rule_answer tpu_convert::apply_integer_rule<tpu_convert::cv18xx_rules>(tpu_convert::operation_info const&,
                                                                                            tpu_convert::rule_context const&);
template bool tpu_convert::has_free_zero_points<tpu_convert::cv18xx_rules>(tpu_convert::operation_info const&);
template tpu_convert::operation_info const* tpu_convert::integer_target<tpu_convert::bm168x_rules>(
    tpu_convert::operation_info const&);
template tpu_convert::operation_info const* tpu_convert::integer_target<tpu_convert::cv18xx_rules>(
    tpu_convert::operation_info const&);
