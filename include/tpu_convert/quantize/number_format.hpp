// How real numbers are stored as integers: real = (stored - zero point) * scale.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>

namespace tpu_convert {

struct number_format {
    dtype type = dtype::f32;
    double scale = 0;
    std::int64_t zero_point = 0;

    bool operator==(number_format const&) const = default;
    explicit operator bool() const { return scale > 0; }
};

inline number_format format_of(value const& v) { return {v.type, v.scale, v.zero_point}; }
inline bool is_quantized(value const& v) { return v.scale > 0 && !is_float(v.type); }

// Signed if the range reaches below 0; threshold / 127 or threshold / 255.
inline number_format symmetric_format(calibration_row const& r) {
    return r.min < 0 ? number_format{dtype::i8, r.threshold / 127, 0} : number_format{dtype::u8, r.threshold / 255, 0};
}

// The whole range on 256 levels, 0 among them.
inline number_format asymmetric_format(calibration_row const& r) {
    dtype const t = r.min < 0 ? dtype::i8 : dtype::u8;
    double const lowest = static_cast<double>(lowest_of(t)), highest = static_cast<double>(highest_of(t));
    double const scale = std::max(r.max - r.min, least_threshold) / (highest - lowest);
    double const zero = std::round(lowest - r.min / scale);
    if (zero < lowest) return {t, std::max(r.max, least_threshold) / (highest - lowest), lowest_of(t)};
    if (zero > highest) return {t, r.min / (lowest - highest), highest_of(t)};
    return {t, scale, static_cast<std::int64_t>(zero)};
}

// 16 bits for sums that only floats follow: the whole range, nothing clipped.
inline number_format wide_format(calibration_row const& r) {
    return {dtype::i16, std::max({std::abs(r.min), std::abs(r.max), least_threshold}) / highest_of(dtype::i16), 0};
}

} // namespace tpu_convert
