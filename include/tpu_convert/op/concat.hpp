// Operands one after the other along an axis.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::op {

struct concat {
    using family = movement_family;
    static constexpr std::string_view name = "Concat";
    static constexpr operand_count operands{1, any_number};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t axis = 1;
        bool do_relu = false;
        double relu_limit = -1;
        bool only_merge = false;
        tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}, attribute{"do_relu", &attributes::do_relu},
                              attribute{"relu_limit", &attributes::relu_limit}, attribute{"only_merge", &attributes::only_merge},
                              attribute{"round_mode", &attributes::round_mode}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const axis = detail::axis_of(name, a.axis, in[0].size());
        shape out = in[0];
        for (auto const& s : in.subspan(1)) {
            bool fits = s.size() == out.size();
            for (std::size_t i = 0; fits && i < s.size(); ++i) fits = i == axis || s[i] == out[i];
            if (!fits)
                detail::bad_shape(name, "operands " + to_string(in[0]) + " and " + to_string(s) + " differ beside axis " +
                                            std::to_string(axis));
            out[axis] += s[axis];
        }
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        join(a, detail::axis_of(name, a.axis, out[0].rank()), in, out[0]);
    }

    static layout_preference channels_last(attributes const&, std::span<shape const> in) {
        return in[0].size() == 4 ? layout_preference::possible : layout_preference::none;
    }
    template <class Tensor>
    static void evaluate_channels_last(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        constexpr std::size_t place[]{0, 3, 1, 2};
        join(a, place[detail::axis_of(name, a.axis, 4)], in, out[0]);
    }

private:
    template <class Tensor>
    static void join(attributes const& a, std::size_t axis, std::span<Tensor const* const> in, Tensor& out) {
        auto const strides = dense_strides(out.shape());
        auto* to = out.data();
        for (auto const* x : in) {
            kernel::copy_view(x->shape(), to, strides, x->data(), dense_strides(x->shape()));
            to += x->dim(axis) * strides[axis];
        }
        kernel::apply_relu(fused_relu_of(a), out.data(), out.size());
    }
};

} // namespace tpu_convert::op
