// (x - mean) / sqrt(variance + eps) over groups of channels with their spatial axes, then weight and bias of the channel.
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

struct group_norm {
    using family = normalization_family;
    static constexpr std::string_view name = "GroupNorm";
    static constexpr operand_count operands{1, 3};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        std::int64_t num_groups = 1;
        double eps = 1e-5;

        static constexpr auto fields() {
            return field_list{attribute{"num_groups", &attributes::num_groups}, attribute{"eps", &attributes::eps}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (in[0].size() < 2) detail::bad_shape(name, "input " + to_string(in[0]) + " has no channel axis");
        for (auto const& s : in.subspan(1))
            if (!is_absent(s) && element_count(s) != in[0][1])
                detail::bad_shape(name,
                                  "operand " + to_string(s) + " does not have one value for each channel of " + to_string(in[0]));
        if (a.num_groups < 1 || in[0][1] % a.num_groups != 0)
            detail::bad_attribute(name, "num_groups " + std::to_string(a.num_groups) + " does not divide " +
                                            std::to_string(in[0][1]) + " channels");
        return {in[0]};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const channels = in[0]->dim(1), planes = in[0]->dim(0) * channels, rows = in[0]->dim(0) * a.num_groups;
        auto const n = rows ? in[0]->size() / rows : 0;
        auto const given = [&](std::size_t i) { return in.size() > i && in[i] ? in[i]->data() : nullptr; };
        for (std::int64_t r = 0; n > 0 && r < rows; ++r)
            kernel::normalize_row(in[0]->data() + r * n, out[0].data() + r * n, n, a.eps, true);
        if (given(1) || given(2))
            kernel::affine_channels(out[0].data(), planes, channels, planes ? in[0]->size() / planes : 0, given(1), given(2));
    }
};

} // namespace tpu_convert::op
