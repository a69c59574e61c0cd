// Parts of an axis, at positions given by the indices; negative ones count from the back.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/index.hpp>
#include <vector>

namespace tpu_convert::op {

struct gather {
    using family = indexing_family;
    static constexpr std::string_view name = "Gather";
    static constexpr operand_count operands{2, 2};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        bool keepdims = true;
        std::int64_t axis = 0;
        bool is_scalar = false;
        bool is_lora = false;

        static constexpr auto fields() {
            return field_list{attribute{"keepdims", &attributes::keepdims}, attribute{"axis", &attributes::axis},
                              attribute{"is_scalar", &attributes::is_scalar}, attribute{"is_lora", &attributes::is_lora}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const axis = detail::axis_of(name, a.axis, in[0].size());
        shape out(in[0].begin(), in[0].begin() + static_cast<std::ptrdiff_t>(axis));
        if (a.keepdims || element_count(in[1]) != 1) out.insert(out.end(), in[1].begin(), in[1].end());
        out.insert(out.end(), in[0].begin() + static_cast<std::ptrdiff_t>(axis) + 1, in[0].end());
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const& x = *in[0];
        auto const axis = detail::axis_of(name, a.axis, x.rank());
        auto const step = dense_strides(x.shape())[axis], size = x.dim(axis), count = in[1]->size();
        auto const outer = x.size() / std::max<std::int64_t>(1, step * size);
        for (std::int64_t i = 0; i < count; ++i) {
            auto const at = kernel::checked_index(name, (*in[1])[i], size);
            for (std::int64_t o = 0; o < outer; ++o)
                std::copy_n(x.data() + (o * size + at) * step, step, out[0].data() + (o * count + i) * step);
        }
    }
};

} // namespace tpu_convert::op
