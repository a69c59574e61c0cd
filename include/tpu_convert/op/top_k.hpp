// The K largest (or smallest) values along an axis, in order, and their positions.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tuple>
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
            return std::tuple{attribute{"axis", &attributes::axis}, attribute{"K", &attributes::k},
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
};

} // namespace tpu_convert::op
