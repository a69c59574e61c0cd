// Minimum, maximum, mean, norm, sum or product over axes; all axes if none is listed.
#pragma once
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

struct reduce {
    using family = reduction_family;
    static constexpr std::string_view name = "Reduce";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes {
        std::vector<std::int64_t> axes;
        bool keepdims = true;
        reduce_mode mode = reduce_mode::mean;
        bool is_scalar = false;

        static constexpr auto fields() {
            return std::tuple{attribute{"axes", &attributes::axes}, attribute{"keepdims", &attributes::keepdims},
                              attribute{"mode", &attributes::mode}, attribute{"is_scalar", &attributes::is_scalar}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const gone = detail::axis_set(name, a.axes, in[0].size());
        shape out;
        for (std::size_t i = 0; i < in[0].size(); ++i) {
            if (!gone[i]) out.push_back(in[0][i]);
            else if (a.keepdims) out.push_back(1);
        }
        return {out};
    }
};

} // namespace tpu_convert::op
