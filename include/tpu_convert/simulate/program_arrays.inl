#pragma once
#include <algorithm>
#include <cmath>
#include <cstring>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/simulate/program_arrays.hpp>
#include <utility>

namespace tpu_convert::simulate {

namespace detail {

// To the nearest whole number; a half goes away from zero (product in double) or to even (product in float, as the CV18xx's
// runtime computes it).
TPU_CONVERT_INLINE void quantize_border(tensor& t, border_tensor const& to, input_rounding rounding) {
    for (std::int64_t i = 0; i < t.size(); ++i) {
        double const v = rounding == input_rounding::half_away
                             ? std::round(static_cast<double>(t[i]) * to.scale) + to.zero_point
                             : std::nearbyint(static_cast<double>(t[i] * to.scale) + to.zero_point);
        t[i] = static_cast<float>(v);
    }
}

// Integers that stand for themselves, such as positions: what is no whole number is rounded and saturated, NaN gives 0.
TPU_CONVERT_INLINE std::vector<std::byte> whole_bytes(border_tensor const& t, array const& a, input_rounding rounding) {
    auto const low = static_cast<double>(lowest_of(t.type)), high = static_cast<double>(highest_of(t.type));
    auto const numbers = to_numbers(a);
    auto const size = bytes_of(t.type);
    std::vector<std::byte> bytes(numbers.size() * size);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        double x = rounding == input_rounding::half_away ? std::round(numbers[i]) : std::nearbyint(numbers[i]);
        if (!is_float(a.type) && (x < low || x > high))
            throw model_error{error_code::input_mismatch, t.name,
                              "the array has " + std::to_string(static_cast<std::int64_t>(x)) + ", the program takes " +
                                  std::string(info(t.type).name)};
        x = std::isnan(x) ? 0 : std::clamp(x, low, high);
        auto const stored = static_cast<std::int64_t>(x);
        std::memcpy(bytes.data() + size * i, &stored, size); // little-endian
    }
    return bytes;
}

} // namespace detail

TPU_CONVERT_INLINE array const& input_array(npz const& inputs, std::string const& name, std::size_t inputs_of_program) {
    if (array const* a = inputs.find(name)) return *a;
    if (inputs.size() == 1 && inputs_of_program == 1) return inputs.begin()->second;
    throw model_error{error_code::input_mismatch, name, "the program has this input, but no array of that name is given"};
}

TPU_CONVERT_INLINE std::vector<std::byte> input_bytes(border_tensor const& t, array const& a, input_rounding rounding) {
    if (element_count(a.dims) != element_count(t.dims))
        throw model_error{error_code::input_mismatch, t.name,
                          "the array has shape " + to_string(a.dims) + ", the program takes " + to_string(t.dims)};
    if (a.type == t.type || (t.type == dtype::bf16 && a.type == dtype::u16)) return a.bytes;
    if (!is_float(t.type) && t.scale == 1 && t.zero_point == 0) return detail::whole_bytes(t, a, rounding);
    tensor values = to_tensor(a);
    if (!is_float(t.type)) detail::quantize_border(values, t, rounding);
    return from_tensor(values, t.type).bytes;
}

TPU_CONVERT_INLINE array output_array(border_tensor const& t, std::byte const* from, bool raw) {
    auto const bytes = static_cast<std::size_t>(element_count(t.dims)) * bytes_of(t.type);
    array stored{t.type, t.dims, std::vector<std::byte>(from, from + bytes)};
    if (raw || t.type == dtype::f32) return stored;
    tensor values = to_tensor(stored);
    for (std::int64_t i = 0; !is_float(t.type) && i < values.size(); ++i)
        values[i] = static_cast<float>((static_cast<double>(values[i]) - t.zero_point) * t.scale);
    return from_tensor(values);
}

} // namespace tpu_convert::simulate
