// Decoding of TensorProto: sizes are compared with what the file holds before anything is allocated.
#pragma once
#include <bit>
#include <charconv>
#include <cstring>
#include <fstream>
#include <span>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/import/onnx_tensor.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

[[noreturn]] inline void damaged(std::string const& subject, std::string const& why) {
    throw model_error{error_code::file_damaged, "tensor '" + subject + "'", why};
}

template <class Stored, class T, class Convert>
void copy_raw(std::span<char const> raw, T* to, Convert convert) {
    for (std::size_t i = 0; i < raw.size() / sizeof(Stored); ++i) {
        Stored v;
        std::memcpy(&v, raw.data() + i * sizeof(Stored), sizeof(Stored));
        to[i] = convert(v);
    }
}

inline void raw_reals(std::span<char const> raw, dtype type, float* to) {
    static_assert(std::endian::native == std::endian::little);
    if (type == dtype::f32) std::memcpy(to, raw.data(), raw.size());
    else if (type == dtype::f64) copy_raw<double>(raw, to, [](double v) { return static_cast<float>(v); });
    else if (type == dtype::f16) copy_raw<std::uint16_t>(raw, to, [](auto v) { return f16_to_f32(v); });
    else copy_raw<std::uint16_t>(raw, to, [](auto v) { return bf16_to_f32(v); });
}

inline void raw_integers(std::span<char const> raw, dtype type, std::int64_t* to) {
    auto const widen = [](auto v) { return static_cast<std::int64_t>(v); };
    switch (type) {
    case dtype::i8: return copy_raw<std::int8_t>(raw, to, widen);
    case dtype::u8: return copy_raw<std::uint8_t>(raw, to, widen);
    case dtype::boolean: return copy_raw<std::uint8_t>(raw, to, [](auto v) { return std::int64_t{v != 0}; });
    case dtype::i16: return copy_raw<std::int16_t>(raw, to, widen);
    case dtype::u16: return copy_raw<std::uint16_t>(raw, to, widen);
    case dtype::i32: return copy_raw<std::int32_t>(raw, to, widen);
    case dtype::u32: return copy_raw<std::uint32_t>(raw, to, widen);
    default: return copy_raw<std::int64_t>(raw, to, widen);
    }
}

inline constant_ptr from_raw(std::string const& name, std::span<char const> raw, dtype type, shape const& dims,
                             std::int64_t count) {
    if (raw.size() != static_cast<std::size_t>(count) * bytes_of(type))
        damaged(name, "shape " + to_string(dims) + " of " + std::string(info(type).name) + " needs " +
                          std::to_string(count * static_cast<std::int64_t>(bytes_of(type))) + " bytes, there are " +
                          std::to_string(raw.size()));
    if (is_float(type)) {
        tensor reals{dims};
        if (count) raw_reals(raw, type, reals.data());
        return make_reals(std::move(reals), type);
    }
    std::vector<std::int64_t> integers(static_cast<std::size_t>(count));
    raw_integers(raw, type, integers.data());
    return make_integers(std::move(integers), dims, type);
}

template <class Field>
constant_ptr from_field(std::string const& name, Field const& field, dtype type, shape const& dims, std::int64_t count) {
    if (field.size() != count)
        damaged(name, "shape " + to_string(dims) + " needs " + std::to_string(count) + " elements, there are " +
                          std::to_string(field.size()));
    if (!is_float(type))
        return make_integers({field.begin(), field.end()}, dims, type);
    tensor reals{dims};
    auto const half = [&](auto v) {
        auto const bits = static_cast<std::uint16_t>(v);
        return type == dtype::f16 ? f16_to_f32(bits) : bf16_to_f32(bits);
    };
    bool const is_half = bytes_of(type) == 2;
    for (int i = 0; i < field.size(); ++i) reals[i] = is_half ? half(field[i]) : static_cast<float>(field[i]);
    return make_reals(std::move(reals), type);
}

// Numbers of the standard that older headers have no names for.
inline constexpr std::int64_t onnx_uint4 = 21, onnx_int4 = 22;
inline bool is_packed(std::int64_t element_type) { return element_type == onnx_uint4 || element_type == onnx_int4; }

inline std::uint64_t bytes_in_file(proto::TensorProto const& t, dtype type, std::int64_t count) {
    auto const n = static_cast<std::uint64_t>(count);
    return is_packed(t.data_type()) ? (n + 1) / 2 : n * bytes_of(type);
}

// Two elements lie in a byte, the first in its low bits.
inline constant_ptr from_packed(std::string const& name, std::span<char const> raw, dtype type, shape const& dims,
                                std::int64_t count) {
    if (raw.size() != (static_cast<std::size_t>(count) + 1) / 2)
        damaged(name, "shape " + to_string(dims) + " of 4-bit numbers needs " + std::to_string((count + 1) / 2) +
                          " bytes, there are " + std::to_string(raw.size()));
    constant made{type, dims, nullptr, std::vector<std::int64_t>(static_cast<std::size_t>(count)), true};
    for (std::size_t i = 0; i < made.integers.size(); ++i) {
        int const nibble = static_cast<unsigned char>(raw[i / 2]) >> (i % 2 * 4) & 15;
        made.integers[i] = is_signed(type) && nibble > 7 ? nibble - 16 : nibble;
    }
    return std::make_shared<constant const>(std::move(made));
}

inline constant_ptr from_bytes(proto::TensorProto const& t, std::span<char const> raw, dtype type, shape const& dims,
                               std::int64_t count) {
    return is_packed(t.data_type()) ? from_packed(t.name(), raw, type, dims, count)
                                    : from_raw(t.name(), raw, type, dims, count);
}

// The fields of ONNX that hold elements one by one; half floats lie as bits in 32-bit integers.
inline constant_ptr from_fields(proto::TensorProto const& t, dtype type, shape const& dims, std::int64_t count) {
    auto const& name = t.name();
    if (is_packed(t.data_type())) {
        std::string raw(t.int32_data().begin(), t.int32_data().end());
        return from_packed(name, raw, type, dims, count);
    }
    if (type == dtype::f32) return from_field(name, t.float_data(), type, dims, count);
    if (type == dtype::f64) return from_field(name, t.double_data(), type, dims, count);
    if (type == dtype::u32 || t.data_type() == proto::TensorProto::UINT64)
        return from_field(name, t.uint64_data(), type, dims, count);
    if (type == dtype::i64) return from_field(name, t.int64_data(), type, dims, count);
    return from_field(name, t.int32_data(), type, dims, count);
}

struct external_place {
    std::string location;
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> length;
};

inline external_place place_of(proto::TensorProto const& t) {
    external_place place;
    auto const number = [&](std::string const& text) {
        std::uint64_t v = 0;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
        if (error != std::errc{} || end != text.data() + text.size())
            damaged(t.name(), "external data has no number in '" + text + "'");
        return v;
    };
    for (auto const& entry : t.external_data()) {
        if (entry.key() == "location") place.location = entry.value();
        if (entry.key() == "offset") place.offset = number(entry.value());
        if (entry.key() == "length") place.length = number(entry.value());
    }
    return place;
}

inline constant_ptr from_file(proto::TensorProto const& t, dtype type, shape const& dims, std::int64_t count,
                              std::filesystem::path const& folder) {
    auto const place = place_of(t);
    std::filesystem::path const location = place.location;
    bool climbs = location.empty() || location.is_absolute();
    for (auto const& part : location) climbs = climbs || part == "..";
    if (climbs) damaged(t.name(), "external data at '" + place.location + "' lies outside the model's folder");
    auto const path = folder / location;
    std::error_code error;
    auto const size = std::filesystem::file_size(path, error);
    if (error || !std::filesystem::is_regular_file(path, error))
        throw model_error{error_code::file_missing, "tensor '" + t.name() + "'",
                          "its external data '" + path.string() + "' cannot be read"};
    auto const bytes = bytes_in_file(t, type, count);
    if (place.length.value_or(bytes) != bytes || place.offset > size || bytes > size - place.offset)
        damaged(t.name(), "needs " + std::to_string(bytes) + " bytes of '" + place.location + "' at " +
                              std::to_string(place.offset) + ", which has " + std::to_string(size));
    std::string raw(bytes, '\0');
    std::ifstream file(path, std::ios::binary);
    file.seekg(static_cast<std::streamoff>(place.offset));
    if (!file.read(raw.data(), static_cast<std::streamsize>(bytes))) damaged(t.name(), "'" + place.location + "' ended early");
    return from_bytes(t, raw, type, dims, count);
}

} // namespace detail

TPU_CONVERT_INLINE std::optional<dtype> dtype_of_onnx(std::int64_t element_type) {
    switch (element_type) {
    case proto::TensorProto::FLOAT: return dtype::f32;
    case proto::TensorProto::DOUBLE: return dtype::f64;
    case proto::TensorProto::FLOAT16: return dtype::f16;
    case proto::TensorProto::BFLOAT16: return dtype::bf16;
    case proto::TensorProto::INT8: return dtype::i8;
    case proto::TensorProto::UINT8: return dtype::u8;
    case proto::TensorProto::INT16: return dtype::i16;
    case proto::TensorProto::UINT16: return dtype::u16;
    case proto::TensorProto::INT32: return dtype::i32;
    case proto::TensorProto::UINT32: return dtype::u32;
    case proto::TensorProto::INT64:
    case proto::TensorProto::UINT64: return dtype::i64;
    case proto::TensorProto::BOOL: return dtype::boolean;
    default: return std::nullopt;
    }
}

TPU_CONVERT_INLINE bool is_four_bits(std::int64_t element_type) { return detail::is_packed(element_type); }

TPU_CONVERT_INLINE std::optional<dtype> stored_dtype_of_onnx(std::int64_t element_type) {
    if (detail::is_packed(element_type)) return element_type == detail::onnx_int4 ? dtype::i8 : dtype::u8;
    return dtype_of_onnx(element_type);
}

TPU_CONVERT_INLINE constant_ptr read_tensor(proto::TensorProto const& t, std::filesystem::path const& folder) {
    auto const type = stored_dtype_of_onnx(t.data_type());
    if (!type)
        throw model_error{error_code::model_invalid, "tensor '" + t.name() + "'",
                          "element type " + std::to_string(t.data_type()) + " cannot be converted; numbers and truth values can"};
    if (t.has_segment()) detail::damaged(t.name(), "is stored in segments, which nothing writes");
    shape const dims(t.dims().begin(), t.dims().end());
    auto const count = bounded_count(dims, std::int64_t{1} << 33);
    if (!count || dims.size() > 16) detail::damaged(t.name(), "shape " + to_string(dims) + " is not possible");
    if (t.data_location() == proto::TensorProto::EXTERNAL) return detail::from_file(t, *type, dims, *count, folder);
    if (t.has_raw_data()) return detail::from_bytes(t, t.raw_data(), *type, dims, *count);
    return detail::from_fields(t, *type, dims, *count);
}

} // namespace tpu_convert::onnx_import
