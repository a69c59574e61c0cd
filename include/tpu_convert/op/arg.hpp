// Position of the smallest or largest value along an axis.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/rows.hpp>
#include <vector>

namespace tpu_convert::op {

struct arg {
    using family = reduction_family;
    static constexpr std::string_view name = "Arg";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        std::int64_t axis = 0;
        bool keepdims = true;
        arg_mode mode = arg_mode::max;
        bool select_last_index = true;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}, attribute{"keepdims", &attributes::keepdims},
                              attribute{"mode", &attributes::mode},
                              attribute{"select_last_index", &attributes::select_last_index}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const gone = detail::axis_set(name, {a.axis}, in[0].size());
        shape out;
        for (std::size_t i = 0; i < in[0].size(); ++i) {
            if (!gone[i]) out.push_back(in[0][i]);
            else if (a.keepdims) out.push_back(1);
        }
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        auto const gone = detail::axis_set(name, {a.axis}, in[0]->rank());
        kernel::row_view<T> const rows(in[0]->data(), in[0]->shape(), gone);
        if (rows.length == 0) detail::bad_shape(name, "the axis is empty");
        for (std::int64_t r = 0; r < rows.rows; ++r) {
            T const* x = rows.data + r * rows.length;
            std::int64_t best = 0;
            for (std::int64_t i = 1; i < rows.length; ++i) {
                bool const better = a.mode == arg_mode::max ? x[i] > x[best] : x[i] < x[best];
                if (better || (a.select_last_index && x[i] == x[best])) best = i;
            }
            out[0][r] = static_cast<T>(best);
        }
    }
};

} // namespace tpu_convert::op
