// Average pooling, and padding with a constant.
#pragma once
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/integer/integer_average.hpp>
#include <tpu_convert/op/pad.hpp>
#include <tpu_convert/quantize/rule_answer.hpp>

namespace tpu_convert {

template <class Rules>
struct integer_rule<op::avg_pool, Rules> {
    using target = op::integer_average;
    static rule_answer make(op::avg_pool::attributes const& a, rule_context const& c) {
        std::size_t const axes = a.kernel_shape.size();
        if (a.is_adaptive || axes < 1 || axes > 2) return not_integer{"adaptive, or not one or two spatial axes"};
        bool const padded = std::any_of(a.pads.begin(), a.pads.end(), [](auto p) { return p != 0; });
        if ((padded && !a.count_include_pad) || reaches_outside(a, c))
            return not_integer{"windows at the border count fewer elements"};
        op::integer_average::attributes made;
        made.kernel_shape = a.kernel_shape, made.strides = a.strides, made.pads = a.pads;
        made.ceil_mode = a.ceil_mode.value_or(false), made.keepdims = a.keepdims;
        made.pad_value = c.from[0].zero_point;
        double taps = 1;
        for (auto k : a.kernel_shape) taps *= static_cast<double>(k);
        double const factor = c.from[0].scale / c.to.scale / taps;
        if (detail::symmetric(c)) {
            auto const f = factor_of_8_bits(factor);
            made.multiplier = f.multiplier, made.shift = f.shift;
        } else {
            made.factor = static_cast<float>(factor);
            made.offset = static_cast<float>(static_cast<double>(c.to.zero_point) -
                                             taps * static_cast<double>(c.from[0].zero_point) * made.factor);
        }
        std::tie(made.lowest, made.highest) = detail::result_bounds(c.to, fused_relu_of(a));
        return integer_node{&info_of<op::integer_average>(), std::move(made), {std::size_t{0}}};
    }

private:
    // ceil_mode lets windows pass the padded input's end.
    static bool reaches_outside(op::avg_pool::attributes const& a, rule_context const& c) {
        if (!a.ceil_mode.value_or(false) || c.results[0].size() != c.operands[0]->dims.size()) return false;
        std::size_t const axes = a.kernel_shape.size();
        for (std::size_t i = 0; i < axes; ++i) {
            std::int64_t const pads = a.pads.empty() ? 0 : a.pads[i] + a.pads[axes + i],
                               stride = a.strides.empty() ? 1 : a.strides[i];
            if ((c.results[0][2 + i] - 1) * stride + a.kernel_shape[i] > c.operands[0]->dims[2 + i] + pads) return true;
        }
        return false;
    }
};

template <class Rules>
struct integer_rule<op::pad, Rules> {
    using target = op::pad;
    static rule_answer make(op::pad::attributes const& a, rule_context const& c) {
        if (c.operands.size() > 1 && c.operands[1]) return not_integer{"the constant is an operand"};
        op::pad::attributes made = a;
        made.val = std::clamp(std::round(a.val / c.to.scale) + static_cast<double>(c.to.zero_point),
                              static_cast<double>(lowest_of(c.to.type)), static_cast<double>(highest_of(c.to.type)));
        return integer_node{&info_of<op::pad>(), std::move(made), {std::size_t{0}}};
    }
};

} // namespace tpu_convert
