// Elements offset, offset + step... before end of each listed axis; negative positions count from the back. No axes: the first
// ones.
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

struct slice {
    using family = movement_family;
    static constexpr std::string_view name = "Slice";
    static constexpr operand_count operands{1, 4};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::vector<std::int64_t> offset;
        std::vector<std::int64_t> steps;
        std::vector<std::int64_t> ends;
        std::vector<std::int64_t> axes;
        std::vector<std::int64_t> hasparam_convert_axes;

        static constexpr auto fields() {
            return std::tuple{attribute{"offset", &attributes::offset}, attribute{"steps", &attributes::steps},
                              attribute{"ends", &attributes::ends}, attribute{"axes", &attributes::axes},
                              attribute{"hasparamConvert_axes", &attributes::hasparam_convert_axes}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        shape out;
        for (auto const& r : detail::slice_ranges(name, in[0], a.offset, a.ends, a.steps, a.axes)) out.push_back(r.count);
        return {out};
    }
};

} // namespace tpu_convert::op
