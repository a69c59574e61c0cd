// out[i][j][k] = input[i][j][indices[i][j][k]] along axis 2, and so on.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/index.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::op {

struct gather_elements {
    using family = indexing_family;
    static constexpr std::string_view name = "GatherElements";
    static constexpr operand_count operands{2, 2};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t axis = 2;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const axis = detail::axis_of(name, a.axis, in[0].size());
        bool fits = in[0].size() == in[1].size();
        for (std::size_t i = 0; fits && i < in[1].size(); ++i) fits = i == axis || in[1][i] <= in[0][i];
        if (!fits) detail::bad_shape(name, "indices " + to_string(in[1]) + " do not fit " + to_string(in[0]));
        return {in[1]};
    }

    static void compose(attributes const& a, composition& c);

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const& x = *in[0];
        auto const axis = detail::axis_of(name, a.axis, x.rank());
        shape strides = dense_strides(x.shape());
        auto const step = strides[axis];
        strides[axis] = 0;
        auto const& dims = in[1]->shape();
        kernel::walk({dims, {dense_strides(dims), strides}}, dims.size(), [&](auto at) {
            out[0][at[0]] = x[at[1] + kernel::checked_index(name, (*in[1])[at[0]], x.dim(axis)) * step];
        });
    }
};

} // namespace tpu_convert::op
