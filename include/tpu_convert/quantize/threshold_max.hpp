// max: the largest magnitude, so that nothing is clipped.
#pragma once
#include <string_view>
#include <tpu_convert/quantize/threshold_rows.hpp>

namespace tpu_convert {

struct threshold_max {
    static constexpr std::string_view name = "max";
    static constexpr bool counts_values = false;

    static calibration_row row(tensor_statistics const& s, int) { return limited_row(s, s.magnitude()); }
};

} // namespace tpu_convert
