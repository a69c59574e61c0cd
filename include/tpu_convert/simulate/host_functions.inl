#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/float16.hpp>
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
            x = bf16_to_f32(half);
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

inline std::int32_t whole_number(host_tensor const& t, std::size_t i) {
    if (t.type == dtype::i8) return static_cast<std::int8_t>(t.bytes[i]);
    std::int16_t v = 0;
    std::memcpy(&v, t.bytes.data() + 2 * i, 2);
    return v;
}

// Where along an axis the largest element is, as float32. `most` holds the largest one of each 256; what is negative there never
// wins, and bfloat16 is compared by its bits. Of equal ones the first counts; one that is not found has place 0 of its 256.
inline void run_arg_max(host_function const& f, host_tensor const& from, host_tensor const& most, host_tensor const& to) {
    constexpr std::size_t tile = 256;
    auto const axis = argument_or(f, "axis", std::int32_t{0});
    auto const known = [](dtype t) { return t == dtype::i8 || t == dtype::i16 || t == dtype::bf16; };
    if (!known(from.type) || most.type != from.type || to.type != dtype::f32)
        throw model_error{error_code::not_built_yet, f.name, "the machine has this function for int8, int16 and bfloat16"};
    if (axis < 0 || static_cast<std::size_t>(axis) >= from.dims.size())
        throw model_error{error_code::file_damaged, f.name, "its tensor has no axis " + std::to_string(axis)};
    for (auto i = static_cast<std::size_t>(axis) + 1; i < from.dims.size(); ++i)
        if (from.dims[i] != 1)
            throw model_error{error_code::not_built_yet, f.name, "the machine has this function for a last axis"};
    std::size_t const width = from.type == dtype::i8 ? 1 : 2, all = from.bytes.size() / width;
    auto const length = static_cast<std::size_t>(from.dims[static_cast<std::size_t>(axis)]);
    std::size_t const tiles = (length + tile - 1) / tile, rows = length ? all / length : 0;
    if (most.bytes.size() < rows * tiles * width || to.bytes.size() < rows * 4)
        throw model_error{error_code::file_damaged, f.name, "its operands and its result have different sizes"};
    for (std::size_t r = 0; r < rows; ++r) {
        std::int32_t largest = 0;
        std::size_t first = 0, place = 0;
        for (std::size_t t = 0; t < tiles; ++t)
            if (auto const v = whole_number(most, r * tiles + t); v > largest) largest = v, first = t * tile;
        std::size_t const count = std::min(tile, length - first);
        while (place < count && whole_number(from, r * length + first + place) != largest) ++place;
        auto const found = static_cast<float>(first + (place < count ? place : 0));
        std::memcpy(to.bytes.data() + 4 * r, &found, 4);
    }
}

// Rows of a table at whole numbers; the table's second axis is the length of a row.
inline void run_embedding(host_function const& f, host_tensor const& index, host_tensor const& table, host_tensor const& to) {
    bool const known =
        index.type == dtype::i16 || index.type == dtype::u16 || index.type == dtype::i32 || index.type == dtype::u32;
    if (!known || table.type != to.type || bytes_of(to.type) > 2 || table.dims.size() < 2)
        throw model_error{error_code::not_built_yet, f.name,
                          "the machine has this function for positions of 16 or 32 bits and rows of int8 or of 16 bits"};
    std::size_t const row = static_cast<std::size_t>(table.dims[1]) * bytes_of(table.type), width = bytes_of(index.type);
    std::size_t const count = index.bytes.size() / width;
    if (row == 0 || to.bytes.size() < count * row)
        throw model_error{error_code::file_damaged, f.name, "its operands and its result have different sizes"};
    std::int64_t const rows = static_cast<std::int64_t>(table.bytes.size() / row);
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, index.bytes.data() + i * width, width);
        std::int64_t const at = index.type == dtype::i16   ? static_cast<std::int16_t>(bits)
                                : index.type == dtype::i32 ? static_cast<std::int32_t>(bits)
                                                           : static_cast<std::int64_t>(bits);
        if (at < 0 || at >= rows)
            throw model_error{error_code::input_mismatch, f.name,
                              "position " + std::to_string(at) + " in a table of " + std::to_string(rows) +
                                  " rows; the runtime does not check it"};
        std::memcpy(to.bytes.data() + i * row, table.bytes.data() + static_cast<std::size_t>(at) * row, row);
    }
}

// Along an axis, in float32.
inline void run_running_sum(host_function const& f, host_tensor const& from, host_tensor const& to) {
    auto const axis = argument_or(f, "axis", std::int32_t{0});
    if (from.type != dtype::f32 || to.type != dtype::f32 || from.bytes.size() != to.bytes.size())
        throw model_error{error_code::not_built_yet, f.name, "the machine has this function for float32"};
    if (axis < 0 || static_cast<std::size_t>(axis) >= from.dims.size())
        throw model_error{error_code::file_damaged, f.name, "its tensor has no axis " + std::to_string(axis)};
    auto const length = static_cast<std::size_t>(from.dims[static_cast<std::size_t>(axis)]);
    std::size_t inner = 1;
    for (auto i = static_cast<std::size_t>(axis) + 1; i < from.dims.size(); ++i) inner *= static_cast<std::size_t>(from.dims[i]);
    std::vector<float> x(from.bytes.size() / 4);
    std::memcpy(x.data(), from.bytes.data(), 4 * x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        if (i / inner % length != 0) x[i] += x[i - inner];
    std::memcpy(to.bytes.data(), x.data(), 4 * x.size());
}

} // namespace detail

TPU_CONVERT_INLINE void run_host_function(host_function const& f, std::span<host_tensor const> inputs,
                                          std::span<host_tensor const> outputs) {
    bool const one = inputs.size() == 1 && outputs.size() == 1;
    if (one && f.name == "softmax_cpu") return detail::run_softmax(f, inputs[0], outputs[0]);
    if (one && f.name == "cumsum") return detail::run_running_sum(f, inputs[0], outputs[0]);
    bool const two = inputs.size() == 2 && outputs.size() == 1;
    if (two && f.name == "argmax") return detail::run_arg_max(f, inputs[0], inputs[1], outputs[0]);
    if (two && f.name == "embedding") return detail::run_embedding(f, inputs[0], inputs[1], outputs[0]);
    if (f.name != "quant" || !one)
        throw model_error{error_code::not_built_yet, f.name, "the machine does not run this function of the processor yet"};
    detail::run_quant(f, inputs[0], outputs[0]);
}

} // namespace tpu_convert::simulate
