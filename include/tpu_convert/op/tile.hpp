// The input repeated along each axis.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::op {

struct tile {
    using family = movement_family;
    static constexpr std::string_view name = "Tile";
    static constexpr operand_count operands{1, 2};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::optional<std::vector<std::int64_t>> repeats{};

        static constexpr auto fields() { return field_list{attribute{"tile", &attributes::repeats}}; }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (!a.repeats || a.repeats->size() != in[0].size())
            detail::bad_attribute(name, "tile must have one factor for each axis of " + to_string(in[0]));
        shape out = in[0];
        for (std::size_t i = 0; i < out.size(); ++i) {
            if ((*a.repeats)[i] < 0 || __builtin_mul_overflow(out[i], (*a.repeats)[i], &out[i]))
                detail::bad_attribute(name, "a factor is negative or too large");
        }
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        shape dims, strides;
        auto const dense = dense_strides(in[0]->shape());
        for (std::size_t i = 0; i < in[0]->rank(); ++i) {
            dims.insert(dims.end(), {(*a.repeats)[i], in[0]->dim(i)});
            strides.insert(strides.end(), {0, dense[i]});
        }
        kernel::copy_view(dims, out[0].data(), dense_strides(dims), in[0]->data(), strides);
    }
};

} // namespace tpu_convert::op
