// (x - mean) / sqrt(variance + eps) over the axes from `axis` on, then weight and bias.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/rows.hpp>
#include <vector>

namespace tpu_convert::op {

struct layer_norm {
    using family = normalization_family;
    static constexpr std::string_view name = "LayerNorm";
    static constexpr operand_count operands{1, 3};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        std::vector<std::int64_t> normalized_shape{};
        std::int64_t axis = -1;
        double eps = 1e-5;

        static constexpr auto fields() {
            return field_list{attribute{"normalized_shape", &attributes::normalized_shape}, attribute{"axis", &attributes::axis},
                              attribute{"eps", &attributes::eps}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        detail::axis_of(name, a.axis, in[0].size());
        return {in[0]};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const axis = detail::axis_of(name, a.axis, in[0]->rank());
        std::int64_t n = 1;
        for (std::size_t i = axis; i < in[0]->rank(); ++i) n *= in[0]->dim(i);
        auto const given = [&](std::size_t i) { return in.size() > i && in[i] ? in[i]->data() : nullptr; };
        for (std::size_t i = 1; i < in.size(); ++i)
            if (in[i] && in[i]->size() != n)
                detail::bad_shape(name, "weight or bias does not have " + std::to_string(n) + " values");
        for (std::int64_t r = 0; n > 0 && r < in[0]->size(); r += n) {
            kernel::normalize_row(in[0]->data() + r, out[0].data() + r, n, a.eps, true);
            kernel::affine_row(out[0].data() + r, n, given(1), given(2));
        }
    }
};

} // namespace tpu_convert::op
