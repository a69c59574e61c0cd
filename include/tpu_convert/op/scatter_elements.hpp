// The input with updates at the places that the indices give along an axis; reduction 1 adds, 2 multiplies, 3 and 4 take
// maximum and minimum.
#pragma once
#include <algorithm>
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

struct scatter_elements {
    using family = indexing_family;
    static constexpr std::string_view name = "ScatterElements";
    static constexpr operand_count operands{3, 3};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t axis = 0;
        std::int64_t reduction = 0;
        bool nc_can_split = false;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}, attribute{"reduction", &attributes::reduction},
                              attribute{"nc_can_split", &attributes::nc_can_split}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        detail::axis_of(name, a.axis, in[0].size());
        if (in[1] != in[2] || in[1].size() != in[0].size())
            detail::bad_shape(
                name, "indices " + to_string(in[1]) + " and updates " + to_string(in[2]) + " do not fit " + to_string(in[0]));
        return {in[0]};
    }

    static void compose(attributes const& a, composition& c);

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const axis = detail::axis_of(name, a.axis, in[0]->rank());
        std::copy_n(in[0]->data(), in[0]->size(), out[0].data());
        shape strides = dense_strides(in[0]->shape());
        auto const step = strides[axis];
        strides[axis] = 0;
        auto const& dims = in[1]->shape();
        for (std::size_t i = 0; i < dims.size(); ++i)
            if (i != axis && dims[i] > in[0]->dim(i))
                detail::bad_shape(name, "indices " + to_string(dims) + " are larger than the input");
        kernel::walk({dims, {dense_strides(dims), strides}}, dims.size(), [&](auto at) {
            auto& y = out[0][at[1] + kernel::checked_index(name, (*in[1])[at[0]], in[0]->dim(axis)) * step];
            y = kernel::updated(a.reduction, y, (*in[2])[at[0]]);
        });
    }
};

} // namespace tpu_convert::op
