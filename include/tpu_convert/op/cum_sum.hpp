// Running sum along an axis.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

struct cum_sum {
    using family = reduction_family;
    static constexpr std::string_view name = "CumSum";
    static constexpr operand_count operands{1, 2};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

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
        auto const& dims = in[0]->shape();
        auto const axis = detail::axis_of(name, a.axis, dims.size());
        auto const step = dense_strides(dims)[axis], length = dims[axis];
        for (std::int64_t i = 0; i < in[0]->size(); ++i)
            out[0][i] = (*in[0])[i] + (i / step % length ? out[0][i - step] : 0);
    }
};

} // namespace tpu_convert::op
