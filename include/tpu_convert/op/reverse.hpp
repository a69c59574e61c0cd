// An axis in reverse order.
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

struct reverse {
    using family = movement_family;
    static constexpr std::string_view name = "Reverse";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t axis = 0;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        detail::axis_of(name, a.axis, in[0].size());
        return {in[0]};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const axis = detail::axis_of(name, a.axis, in[0]->rank());
        shape const dense = dense_strides(in[0]->shape());
        shape strides = dense;
        strides[axis] = -strides[axis];
        if (out[0].size() == 0) return;
        kernel::copy_view(in[0]->shape(), out[0].data(), dense, in[0]->data() + (in[0]->dim(axis) - 1) * dense[axis], strides);
    }
};

} // namespace tpu_convert::op
