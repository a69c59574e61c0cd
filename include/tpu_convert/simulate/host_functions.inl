#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/host_functions.hpp>
#include <vector>

namespace tpu_convert::simulate {

namespace detail {

template <class T>
T argument_or(host_function const& f, std::string_view name, T otherwise) {
    for (auto const& [key, value] : f.arguments)
        if (auto const* number = std::get_if<T>(&value); number && key == name) return *number;
    return otherwise;
}

// To bf16: x * 1.001957 in float32, cut. From bf16: the same number.
inline void run_bf16(host_tensor const& from, host_tensor const& to) {
    bool const narrows = from.type == dtype::f32;
    std::size_t const count = (narrows ? to : from).bytes.size() / 2;
    if ((narrows ? from : to).bytes.size() < 4 * count)
        throw model_error{error_code::file_damaged, "quant", "the operand and the result have different sizes"};
    for (std::size_t i = 0; i < count; ++i) {
        std::uint16_t half = 0;
        float x = 0;
        if (narrows) {
            std::memcpy(&x, from.bytes.data() + 4 * i, 4);
            half = static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(x * 1.001957f) >> 16);
            std::memcpy(to.bytes.data() + 2 * i, &half, 2);
        } else {
            std::memcpy(&half, from.bytes.data() + 2 * i, 2);
            x = std::bit_cast<float>(std::uint32_t{half} << 16);
            std::memcpy(to.bytes.data() + 4 * i, &x, 4);
        }
    }
}

// To int8: round(x * scale), halves away from zero, saturated. From int8: x * scale.
inline void run_quant(host_function const& f, host_tensor const& from, host_tensor const& to) {
    auto const between = [&](dtype a, dtype b) { return from.type == a && to.type == b; };
    if (between(dtype::f32, dtype::bf16) || between(dtype::bf16, dtype::f32)) return run_bf16(from, to);
    float const scale = argument_or(f, "scale", 1.0f);
    bool const narrows = from.type == dtype::f32 && to.type == dtype::i8;
    if (!narrows && !(from.type == dtype::i8 && to.type == dtype::f32))
        throw model_error{error_code::not_built_yet, f.name,
                          "the machine converts float32 to int8 or bfloat16 and back, not " +
                              std::string(info(from.type).name) + " to " +
                              std::string(info(to.type).name)};
    std::size_t const count = (narrows ? to : from).bytes.size();
    if ((narrows ? from : to).bytes.size() < 4 * count)
        throw model_error{error_code::file_damaged, f.name, "the operand and the result have different sizes"};
    for (std::size_t i = 0; i < count; ++i) {
        float x = 0;
        if (narrows) {
            std::memcpy(&x, from.bytes.data() + 4 * i, 4);
            float const y = std::round(x * scale);
            to.bytes[i] = static_cast<std::byte>(static_cast<std::int8_t>(y != y ? 0 : std::clamp(y, -128.0f, 127.0f)));
        } else {
            x = static_cast<float>(static_cast<std::int8_t>(from.bytes[i])) * scale;
            std::memcpy(to.bytes.data() + 4 * i, &x, 4);
        }
    }
}

// Along an axis: exp(x - largest) over its sum, in float32.
inline void run_softmax(host_function const& f, host_tensor const& from, host_tensor const& to) {
    auto const axis = argument_or(f, "axis", std::int32_t{1});
    if (from.type != dtype::f32 || to.type != dtype::f32 || from.bytes.size() != to.bytes.size())
        throw model_error{error_code::not_built_yet, f.name, "the machine has this function for float32"};
    if (axis < 0 || static_cast<std::size_t>(axis) >= from.dims.size())
        throw model_error{error_code::file_damaged, f.name, "its tensor has no axis " + std::to_string(axis)};
    std::size_t count = 1, inner = 1;
    for (std::size_t i = 0; i < from.dims.size(); ++i) {
        if (i == static_cast<std::size_t>(axis)) count = static_cast<std::size_t>(from.dims[i]);
        if (i > static_cast<std::size_t>(axis)) inner *= static_cast<std::size_t>(from.dims[i]);
    }
    std::vector<float> x(from.bytes.size() / 4);
    std::memcpy(x.data(), from.bytes.data(), 4 * x.size());
    for (std::size_t first = 0; first < x.size(); first += count * inner)
        for (std::size_t i = first; i < first + inner; ++i) {
            float most = x[i], sum = 0;
            for (std::size_t k = 0; k < count; ++k) most = std::max(most, x[i + k * inner]);
            for (std::size_t k = 0; k < count; ++k) sum += x[i + k * inner] = std::exp(x[i + k * inner] - most);
            for (std::size_t k = 0; k < count; ++k) x[i + k * inner] /= sum;
        }
    std::memcpy(to.bytes.data(), x.data(), 4 * x.size());
}

} // namespace detail

TPU_CONVERT_INLINE void run_host_function(host_function const& f, std::span<host_tensor const> inputs,
                                          std::span<host_tensor const> outputs) {
    bool const one = inputs.size() == 1 && outputs.size() == 1;
    if (one && f.name == "softmax_cpu") return detail::run_softmax(f, inputs[0], outputs[0]);
    if (f.name != "quant" || !one)
        throw model_error{error_code::not_built_yet, f.name, "the machine does not run this function of the processor yet"};
    detail::run_quant(f, inputs[0], outputs[0]);
}

} // namespace tpu_convert::simulate
