// Without the listed axes of size 1; all of them if none is listed.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

struct squeeze {
    using family = movement_family;
    static constexpr std::string_view name = "Squeeze";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::vector<std::int64_t> axes{};
        bool is_scalar = false;

        static constexpr auto fields() {
            return field_list{attribute{"axes", &attributes::axes}, attribute{"is_scalar", &attributes::is_scalar}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const listed = detail::axis_set(name, a.axes, in[0].size());
        shape out;
        for (std::size_t i = 0; i < in[0].size(); ++i) {
            if (!listed[i] || (a.axes.empty() && in[0][i] != 1))
                out.push_back(in[0][i]);
            else if (in[0][i] != 1)
                detail::bad_shape(name, "axis " + std::to_string(i) + " of " + to_string(in[0]) + " is not 1");
        }
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const&, std::span<Tensor const* const> in, std::span<Tensor> out) {
        std::copy_n(in[0]->data(), in[0]->size(), out[0].data());
    }
};

} // namespace tpu_convert::op
