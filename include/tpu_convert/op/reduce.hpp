// Minimum, maximum, mean, norm, sum or product over axes; all axes if none is listed.
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

struct reduce {
    using family = reduction_family;
    static constexpr std::string_view name = "Reduce";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes {
        std::vector<std::int64_t> axes{};
        bool keepdims = true;
        reduce_mode mode = reduce_mode::mean;
        bool is_scalar = false;

        static constexpr auto fields() {
            return field_list{attribute{"axes", &attributes::axes}, attribute{"keepdims", &attributes::keepdims},
                              attribute{"mode", &attributes::mode}, attribute{"is_scalar", &attributes::is_scalar}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const gone = detail::axis_set(name, a.axes, in[0].size());
        shape out;
        for (std::size_t i = 0; i < in[0].size(); ++i) {
            if (!gone[i])
                out.push_back(in[0][i]);
            else if (a.keepdims)
                out.push_back(1);
        }
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        auto const gone = detail::axis_set(name, a.axes, in[0]->rank());
        kernel::row_view<T> const rows(in[0]->data(), in[0]->shape(), gone);
        for (std::int64_t r = 0; r < out[0].size(); ++r)
            out[0][r] = kernel::reduce_row(a.mode, rows.data + r * rows.length, rows.length);
    }
};

} // namespace tpu_convert::op
