// The input with updates at positions that the last axis of the indices lists; reduction as in ScatterElements.
#pragma once
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/index.hpp>
#include <vector>

namespace tpu_convert::op {

struct scatter_nd {
    using family = indexing_family;
    static constexpr std::string_view name = "ScatterND";
    static constexpr operand_count operands{3, 3};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t reduction = 0;

        static constexpr auto fields() { return field_list{attribute{"reduction", &attributes::reduction}}; }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const& d = in[0];
        auto const& i = in[1];
        shape wanted;
        if (!i.empty() && i.back() >= 0 && i.back() <= std::ssize(d)) {
            wanted.assign(i.begin(), i.end() - 1);
            wanted.insert(wanted.end(), d.begin() + i.back(), d.end());
        }
        if (i.empty() || wanted != in[2] || a.reduction < 0 || a.reduction > 4)
            detail::bad_shape(name,
                              "indices " + to_string(i) + " and updates " + to_string(in[2]) + " do not fit " + to_string(d));
        return {d};
    }

    static void compose(attributes const& a, composition& c);

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        std::copy_n(in[0]->data(), in[0]->size(), out[0].data());
        auto const deep = in[1]->shape().back();
        auto const strides = dense_strides(in[0]->shape());
        auto const part = deep ? strides[static_cast<std::size_t>(deep) - 1] : in[0]->size(),
                   rows = part ? in[2]->size() / part : 0;
        for (std::int64_t r = 0; r < rows; ++r) {
            std::int64_t to = 0;
            for (std::int64_t k = 0; k < deep; ++k) {
                auto const axis = static_cast<std::size_t>(k);
                to += kernel::checked_index(name, (*in[1])[r * deep + k], in[0]->dim(axis)) * strides[axis];
            }
            for (std::int64_t i = 0; i < part; ++i)
                out[0][to + i] = kernel::updated(a.reduction, out[0][to + i], (*in[2])[r * part + i]);
        }
    }
};

} // namespace tpu_convert::op
