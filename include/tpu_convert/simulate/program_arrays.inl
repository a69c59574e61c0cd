#pragma once
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

// Whole numbers of another width: positions are given in 64 bits and taken in 32.
TPU_CONVERT_INLINE std::vector<std::byte> narrowed(border_tensor const& t, array const& a) {
    std::vector<std::byte> bytes(a.bytes.size() / 8 * 4);
    for (std::size_t i = 0; i < bytes.size() / 4; ++i) {
        std::int64_t wide = 0;
        std::memcpy(&wide, a.bytes.data() + 8 * i, 8);
        auto const narrow = static_cast<std::int32_t>(wide);
        if (narrow != wide)
            throw model_error{error_code::input_mismatch, t.name,
                              "the array has " + std::to_string(wide) + ", the program takes numbers of 32 bits"};
        std::memcpy(bytes.data() + 4 * i, &narrow, 4);
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
    bool const same = a.type == t.type || (t.type == dtype::bf16 && bytes_of(a.type) == 2);
    if (same) return a.bytes;
    if (a.type == dtype::i64 && t.type == dtype::i32) return detail::narrowed(t, a);
    if (a.type != dtype::f32)
        throw model_error{error_code::input_mismatch, t.name,
                          "the array is " + std::string(info(a.type).name) + ", the program takes " +
                              std::string(info(t.type).name) + " or float32"};
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
