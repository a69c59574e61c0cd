// The input broadcast with a shape.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::op {

struct expand {
    using family = movement_family;
    static constexpr std::string_view name = "Expand";
    static constexpr operand_count operands{1, 2};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::vector<std::int64_t> new_shape{};

        static constexpr auto fields() { return field_list{attribute{"shape", &attributes::new_shape}}; }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        for (auto d : a.new_shape)
            if (d < 0) detail::bad_attribute(name, "shape " + to_string(a.new_shape) + " has a negative size");
        return {detail::broadcast(name, std::vector{in[0], a.new_shape})};
    }

    template <class Tensor>
    static void evaluate(attributes const&, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const& dims = out[0].shape();
        kernel::copy_view(dims, out[0].data(), dense_strides(dims), in[0]->data(),
                          kernel::broadcast_strides(in[0]->shape(), dims));
    }
};

} // namespace tpu_convert::op
