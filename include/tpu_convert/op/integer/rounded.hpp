// A float as a whole number within bounds, as the chips' conversions do it.
#pragma once
#include <cmath>
#include <cstdint>

namespace tpu_convert::integer_kernel {

// Halves away from zero; NaN gives 0.
inline float rounded_within(float x, std::int64_t lowest, std::int64_t highest) {
    if (std::isnan(x)) return 0;
    float const low = static_cast<float>(lowest), high = static_cast<float>(highest), y = std::round(x);
    return y < low ? low : y > high ? high : y;
}

} // namespace tpu_convert::integer_kernel
