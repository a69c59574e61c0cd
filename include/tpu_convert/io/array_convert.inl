// Conversions between stored arrays and float tensors.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/npz.hpp>
#include <type_traits>
#include <utility>

namespace tpu_convert {

namespace detail {

template <class Stored, class Into, class Convert>
void decode_elements(array const& a, Into& t, Convert&& convert) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(t.size()); ++i) {
        Stored v;
        std::memcpy(&v, a.bytes.data() + i * sizeof v, sizeof v);
        t[i] = convert(v);
    }
}

template <class Stored, class Convert>
void encode_elements(tensor const& t, array& a, Convert&& convert) {
    for (std::int64_t i = 0; i < t.size(); ++i) {
        Stored const v = convert(t[i]);
        std::memcpy(a.bytes.data() + static_cast<std::size_t>(i) * sizeof v, &v, sizeof v);
    }
}

// NaN gives 0. The bounds are compared in double, where they are exact up to 32 bits; 2^63 is excluded by >=.
template <class Integer>
Integer saturate(float f) {
    double const rounded = std::nearbyint(static_cast<double>(f));
    constexpr double low = static_cast<double>(std::numeric_limits<Integer>::min());
    constexpr double high = static_cast<double>(std::numeric_limits<Integer>::max());
    if (!(rounded == rounded)) return 0;
    if (rounded >= high) return std::numeric_limits<Integer>::max();
    return rounded <= low ? std::numeric_limits<Integer>::min() : static_cast<Integer>(rounded);
}

// Calls f with a value of the type that stores `t`; the 16-bit floats are handled by the callers.
template <class F>
void with_number(dtype t, F&& f) {
    switch (t) {
    case dtype::i8: return f(std::int8_t{});
    case dtype::boolean:
    case dtype::u8: return f(std::uint8_t{});
    case dtype::i16: return f(std::int16_t{});
    case dtype::u16: return f(std::uint16_t{});
    case dtype::i32: return f(std::int32_t{});
    case dtype::u32: return f(std::uint32_t{});
    case dtype::i64: return f(std::int64_t{});
    case dtype::f64: return f(double{});
    default: return f(float{});
    }
}

} // namespace detail

namespace detail {

template <class Number, class Into>
void decode_array(array const& a, Into& into) {
    if (a.type == dtype::f16) return decode_elements<std::uint16_t>(a, into, f16_to_f32);
    if (a.type == dtype::bf16) return decode_elements<std::uint16_t>(a, into, bf16_to_f32);
    with_number(a.type, [&]<class T>(T) { decode_elements<T>(a, into, [](T v) { return static_cast<Number>(v); }); });
}

} // namespace detail

TPU_CONVERT_INLINE tensor to_tensor(array const& a) {
    tensor t{a.dims};
    if (a.type == dtype::f32) std::copy_n(a.bytes.begin(), a.bytes.size(), reinterpret_cast<std::byte*>(t.data()));
    else detail::decode_array<float>(a, t);
    return t;
}

TPU_CONVERT_INLINE std::vector<double> to_numbers(array const& a) {
    std::vector<double> numbers(a.bytes.size() / bytes_of(a.type));
    detail::decode_array<double>(a, numbers);
    return numbers;
}

TPU_CONVERT_INLINE array from_tensor(tensor const& t, dtype as) {
    array a{as, t.shape(), std::vector<std::byte>(static_cast<std::size_t>(t.size()) * bytes_of(as))};
    if (as == dtype::f32)
        std::copy_n(reinterpret_cast<std::byte const*>(t.data()), a.bytes.size(), a.bytes.begin());
    else if (as == dtype::f16)
        detail::encode_elements<std::uint16_t>(t, a, f32_to_f16);
    else if (as == dtype::bf16)
        detail::encode_elements<std::uint16_t>(t, a, f32_to_bf16);
    else if (as == dtype::boolean)
        detail::encode_elements<std::uint8_t>(t, a, [](float v) { return static_cast<std::uint8_t>(v != 0); });
    else
        detail::with_number(as, [&]<class T>(T) {
            detail::encode_elements<T>(t, a, [](float v) {
                if constexpr (std::is_integral_v<T>) return detail::saturate<T>(v);
                else return static_cast<T>(v);
            });
        });
    return a;
}

} // namespace tpu_convert
