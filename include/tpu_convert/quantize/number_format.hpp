// How real numbers are stored as integers: real = (stored - zero point) * scale, with one scale or one for each channel.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <vector>

namespace tpu_convert {

struct number_format {
    dtype type = dtype::f32;
    double scale = 0;
    std::int64_t zero_point = 0;
    std::vector<double> channel_scales{}; // as in value: empty, or one for each channel and the largest is scale

    double scale_of(std::int64_t channel) const {
        return channel_scales.empty() ? scale : channel_scales[static_cast<std::size_t>(channel)];
    }
    double real(double stored, std::int64_t channel = 0) const {
        return (stored - static_cast<double>(zero_point)) * scale_of(channel);
    }
    bool operator==(number_format const&) const = default;
    explicit operator bool() const { return scale > 0; }
};

inline number_format format_of(value const& v) { return {v.type, v.scale, v.zero_point, v.channel_scales}; }
inline void set_format(value& v, number_format const& f) {
    v.type = f.type, v.scale = f.scale, v.zero_point = f.zero_point, v.channel_scales = f.channel_scales;
}
inline bool is_quantized(value const& v) { return v.scale > 0 && !is_float(v.type); }

// f(channel, elements of that channel that lie together) for a tensor of these dimensions.
template <class F>
void for_each_channel(shape const& dims, std::span<float> elements, F&& f) {
    auto const channels = static_cast<std::size_t>(dims.size() > 1 ? dims[1] : 1);
    std::size_t const outer = dims.size() > 1 ? static_cast<std::size_t>(dims[0]) : 1;
    if (elements.empty()) return;
    std::size_t const plane = elements.size() / (outer * channels);
    for (std::size_t i = 0; i < outer * channels; ++i)
        f(static_cast<std::int64_t>(i % channels), elements.subspan(i * plane, plane));
}
// From whole numbers to the real ones that they stand for.
inline void make_real(value const& v, std::span<float> elements) {
    auto const format = format_of(v);
    for_each_channel(v.dims, elements, [&](std::int64_t channel, std::span<float> part) {
        for (float& x : part) x = static_cast<float>(format.real(static_cast<double>(x), channel));
    });
}

// Signed if the range reaches below 0; threshold / 127 or threshold / 255.
inline number_format symmetric_format(calibration_row const& r, bool always_signed = false) {
    if (r.min < 0 || always_signed) return {dtype::i8, r.threshold / 127, 0};
    return {dtype::u8, r.threshold / 255, 0};
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
