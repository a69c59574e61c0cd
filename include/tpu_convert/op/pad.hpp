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
#include <tuple>
#include <vector>

namespace tpu_convert::op {

struct pad {
    using family = movement_family;
    static constexpr std::string_view name = "Pad";
    static constexpr operand_count operands{1, 2};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::vector<std::int64_t> paddings;
        double val = 0;
        padding_mode mode = padding_mode::constant;

        static constexpr auto fields() {
            return std::tuple{attribute{"paddings", &attributes::paddings}, attribute{"val", &attributes::val},
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
};

} // namespace tpu_convert::op
