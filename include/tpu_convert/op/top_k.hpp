// The K largest (or smallest) values along an axis, in order, and their positions.
#pragma once
#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

struct top_k {
    using family = indexing_family;
    static constexpr std::string_view name = "TopK";
    static constexpr operand_count operands{1, 2};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        std::int64_t axis = -1;
        std::int64_t k = -1;
        bool largest = true;
        bool sorted = true;
        bool replace_topk_indices = false;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}, attribute{"K", &attributes::k},
                              attribute{"largest", &attributes::largest}, attribute{"sorted", &attributes::sorted},
                              attribute{"replace_topk_indices", &attributes::replace_topk_indices}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const axis = detail::axis_of(name, a.axis, in[0].size());
        if (a.k < 0 || a.k > in[0][axis])
            detail::bad_attribute(name,
                                  "K = " + std::to_string(a.k) + " of axis " + std::to_string(axis) + " of " + to_string(in[0]));
        shape out = in[0];
        out[axis] = a.k;
        return {out, out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        auto const axis = detail::axis_of(name, a.axis, in[0]->rank());
        auto const size = in[0]->dim(axis), step = dense_strides(in[0]->shape())[axis];
        auto const outer = in[0]->size() / std::max<std::int64_t>(1, size * step);
        std::vector<std::int64_t> order(static_cast<std::size_t>(size));
        for (std::int64_t o = 0; o < outer * step && size > 0; ++o) {
            T const* x = in[0]->data() + o / step * size * step + o % step;
            // NaN counts as larger than everything, so that this is an order.
            auto const before = [&](std::int64_t i, std::int64_t j) {
                T const p = x[i * step], q = x[j * step];
                bool const p_nan = p != p, q_nan = q != q;
                if (p_nan != q_nan) return p_nan == a.largest;
                if (p_nan || p == q) return i < j;
                return a.largest ? p > q : p < q;
            };
            std::iota(order.begin(), order.end(), std::int64_t{0});
            std::partial_sort(order.begin(), order.begin() + a.k, order.end(), before);
            for (std::int64_t i = 0; i < a.k; ++i) {
                auto const to = o / step * a.k * step + i * step + o % step, from = order[static_cast<std::size_t>(i)];
                out[0][to] = x[from * step];
                out[1][to] = static_cast<T>(from);
            }
        }
    }
};

} // namespace tpu_convert::op
