// More elements around: paddings are all beginnings, then all ends; negative ones cut.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <tpu_convert/op/infer.hpp>
#include <utility>
#include <vector>

namespace tpu_convert::op {

struct pad {
    using family = movement_family;
    static constexpr std::string_view name = "Pad";
    static constexpr operand_count operands{1, 2};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::vector<std::int64_t> paddings{};
        double val = 0;
        padding_mode mode = padding_mode::constant;

        static constexpr auto fields() {
            return field_list{attribute{"paddings", &attributes::paddings}, attribute{"val", &attributes::val},
                              attribute{"mode", &attributes::mode}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const rank = in[0].size();
        if (a.paddings.size() != 2 * rank)
            detail::bad_attribute(
                name, std::to_string(a.paddings.size()) + " paddings for rank " + std::to_string(rank) + ", not twice the rank");
        shape out = in[0];
        for (std::size_t i = 0; i < rank; ++i) {
            auto const before = a.paddings[i], after = a.paddings[rank + i], most = in[0][i] - (a.mode == padding_mode::reflect);
            if (std::max(before, after) > (a.mode == padding_mode::constant ? std::int64_t{1} << 31
                                           : a.mode == padding_mode::edge   ? in[0][i] << 20
                                                                            : most) ||
                std::min(before, after) < -in[0][i])
                detail::bad_shape(name, "padding of axis " + std::to_string(i) + " is too large for " + to_string(in[0]));
            if ((out[i] += before + after) < 0)
                detail::bad_shape(name, "nothing is left of axis " + std::to_string(i) + " of " + to_string(in[0]));
        }
        return {out};
    }

    // The element of the input that stands at position i of an axis of size n; -1 for the constant.
    static std::int64_t source_of(padding_mode mode, std::int64_t i, std::int64_t n) {
        if (i >= 0 && i < n) return i;
        switch (mode) {
            case padding_mode::edge:
                return n == 0 ? -1 : std::clamp<std::int64_t>(i, 0, n - 1);
            case padding_mode::reflect:
                return i < 0 ? -i : 2 * n - 2 - i;
            case padding_mode::symmetric:
                return i < 0 ? -1 - i : 2 * n - 1 - i;
            case padding_mode::constant:
                break;
        }
        return -1;
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        auto const& from = in[0]->shape();
        auto const& to = out[0].shape();
        std::vector<T> now(in[0]->data(), in[0]->data() + in[0]->size());
        shape dims = from;
        for (std::size_t axis = 0; axis < from.size(); ++axis) {
            shape const before = dims;
            dims[axis] = to[axis];
            std::vector<T> next(static_cast<std::size_t>(element_count(dims)), static_cast<T>(a.val));
            auto const step = dense_strides(dims)[axis],
                       outer = element_count(dims) / std::max<std::int64_t>(1, step * dims[axis]);
            for (std::int64_t o = 0; o < outer; ++o)
                for (std::int64_t i = 0; i < to[axis]; ++i) {
                    auto const source = source_of(a.mode, i - a.paddings[axis], from[axis]);
                    if (source >= 0)
                        std::copy_n(now.data() + (o * before[axis] + source) * step, step,
                                    next.data() + (o * dims[axis] + i) * step);
                }
            now = std::move(next);
        }
        std::copy(now.begin(), now.end(), out[0].data());
    }
};

} // namespace tpu_convert::op
