// Axis i of the result is axis order[i] of the input.
#pragma once
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::op {

struct permute {
    using family = movement_family;
    static constexpr std::string_view name = "Permute";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::vector<std::int64_t> order{};

        static constexpr auto fields() {
            return field_list{attribute{"order", &attributes::order}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        std::vector<bool> seen(in[0].size());
        shape out;
        for (auto const i : a.order) {
            if (i < 0 || i >= std::ssize(in[0]) || seen[static_cast<std::size_t>(i)]) break;
            seen[static_cast<std::size_t>(i)] = true;
            out.push_back(in[0][static_cast<std::size_t>(i)]);
        }
        if (out.size() != in[0].size() || a.order.size() != out.size())
            detail::bad_attribute(name, "order " + to_string(a.order) + " is no permutation of the axes of " + to_string(in[0]));
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const dense = dense_strides(in[0]->shape());
        shape strides;
        for (auto const i : a.order) strides.push_back(dense[static_cast<std::size_t>(i)]);
        kernel::copy_view(out[0].shape(), out[0].data(), dense_strides(out[0].shape()), in[0]->data(), strides);
    }
};

} // namespace tpu_convert::op
