// gamma (x - mean) / sqrt(variance + epsilon) + beta for each channel.
#pragma once
#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <tpu_convert/op/kernel/rows.hpp>
#include <vector>

namespace tpu_convert::op {

struct batch_norm {
    using family = normalization_family;
    static constexpr std::string_view name = "BatchNorm";
    static constexpr operand_count operands{3, 5};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes {
        double epsilon = 1e-5;
        bool do_relu = false;
        double relu_limit = -1;

        static constexpr auto fields() {
            return field_list{attribute{"epsilon", &attributes::epsilon}, attribute{"do_relu", &attributes::do_relu},
                              attribute{"relu_limit", &attributes::relu_limit}};
        }
    };

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) {
        if (in[0].size() < 2) detail::bad_shape(name, "input " + to_string(in[0]) + " has no channel axis");
        for (auto const& s : in.subspan(1))
            if (!is_absent(s) && element_count(s) != in[0][1])
                detail::bad_shape(name,
                                  "operand " + to_string(s) + " does not have one value for each channel of " + to_string(in[0]));
        return {in[0]};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        auto const channels = in[0]->dim(1), planes = in[0]->dim(0) * channels;
        std::vector<T> weight(static_cast<std::size_t>(channels)), bias(weight.size());
        for (std::int64_t c = 0; c < channels; ++c) {
            auto const i = static_cast<std::size_t>(c);
            double const scale =
                (in.size() > 3 && in[3] ? (*in[3])[c] : T(1)) / std::sqrt(static_cast<double>((*in[2])[c]) + a.epsilon);
            weight[i] = static_cast<T>(scale);
            bias[i] = static_cast<T>((in.size() > 4 && in[4] ? (*in[4])[c] : T(0)) - static_cast<double>((*in[1])[c]) * scale);
        }
        std::copy_n(in[0]->data(), in[0]->size(), out[0].data());
        kernel::affine_channels(out[0].data(), planes, channels, planes ? in[0]->size() / planes : 0, weight.data(), bias.data());
        kernel::apply_relu(fused_relu_of(a), out[0].data(), out[0].size());
    }
};

} // namespace tpu_convert::op
