// Conversions of constants.
#pragma once
#include <cmath>
#include <limits>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/import/constant.hpp>
#include <utility>

namespace tpu_convert {

namespace detail {

inline std::int64_t clamped_integer(double v) {
    if (std::isnan(v)) return 0;
    if (v >= 9223372036854775808.0) return std::numeric_limits<std::int64_t>::max();
    if (v <= -9223372036854775808.0) return std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(v);
}

inline std::int64_t wrapped_integer(std::int64_t v, dtype to) {
    if (to == dtype::boolean) return v != 0;
    std::size_t const bits = bytes_of(to) * 8;
    if (bits >= 64) return v;
    auto const low = static_cast<std::uint64_t>(v) & ((std::uint64_t{1} << bits) - 1);
    bool const negative = is_signed(to) && (low >> (bits - 1)) != 0;
    return negative ? static_cast<std::int64_t>(low) - (std::int64_t{1} << bits) : static_cast<std::int64_t>(low);
}

inline float rounded_real(double v, dtype to) {
    auto const f = static_cast<float>(v);
    if (to == dtype::f16) return f16_to_f32(f32_to_f16(f));
    if (to == dtype::bf16) return bf16_to_f32(f32_to_bf16(f));
    return f;
}

} // namespace detail

TPU_CONVERT_INLINE std::optional<std::int64_t> bounded_count(shape const& dims, std::int64_t limit) {
    std::int64_t n = 1;
    for (auto d : dims) {
        if (d < 0) return std::nullopt;
        if (d == 0) n = 0;
        else if (n > limit / d) return std::nullopt;
        else n *= d;
    }
    return n <= limit ? std::optional(n) : std::nullopt;
}

TPU_CONVERT_INLINE constant_ptr make_integers(std::vector<std::int64_t> values, shape dims, dtype type) {
    return std::make_shared<constant const>(constant{type, std::move(dims), nullptr, std::move(values)});
}

TPU_CONVERT_INLINE constant_ptr make_reals(tensor values, dtype type) {
    auto shared = std::make_shared<tensor const>(std::move(values));
    return std::make_shared<constant const>(constant{type, shared->shape(), shared, {}});
}

TPU_CONVERT_INLINE std::vector<double> doubles_of(constant const& c) {
    if (c.reals) return {c.reals->values().begin(), c.reals->values().end()};
    return {c.integers.begin(), c.integers.end()};
}

TPU_CONVERT_INLINE std::vector<std::int64_t> integers_of(constant const& c) {
    if (!c.reals) return c.integers;
    std::vector<std::int64_t> values;
    for (float v : c.reals->values()) values.push_back(detail::clamped_integer(v));
    return values;
}

TPU_CONVERT_INLINE std::shared_ptr<tensor const> floats_of(constant const& c) {
    if (c.reals) return c.reals;
    tensor values{c.dims};
    for (std::int64_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(c.integers[static_cast<std::size_t>(i)]);
    return std::make_shared<tensor const>(std::move(values));
}

TPU_CONVERT_INLINE constant_tensor to_fold(constant const& c) {
    constant_tensor values{c.dims};
    if (c.reals) std::copy(c.reals->values().begin(), c.reals->values().end(), values.data());
    else std::copy(c.integers.begin(), c.integers.end(), values.data());
    return values;
}

TPU_CONVERT_INLINE constant_ptr from_fold(constant_tensor const& values, dtype type) {
    if (!is_float(type)) {
        std::vector<std::int64_t> integers;
        for (double v : values.values()) integers.push_back(detail::clamped_integer(v));
        return make_integers(std::move(integers), values.shape(), type);
    }
    tensor reals{values.shape()};
    for (std::int64_t i = 0; i < reals.size(); ++i) reals[i] = detail::rounded_real(values[i], type);
    return make_reals(std::move(reals), type);
}

TPU_CONVERT_INLINE constant_ptr reshape_constant(constant const& c, shape dims) {
    if (!c.reals) return make_integers(c.integers, std::move(dims), c.type);
    tensor values = *c.reals;
    values.reshape(std::move(dims));
    return make_reals(std::move(values), c.type);
}

TPU_CONVERT_INLINE constant_ptr cast_constant(constant const& c, dtype to) {
    if (is_float(to)) {
        if (c.reals && (to == dtype::f32 || to == dtype::f64 || to == c.type))
            return std::make_shared<constant const>(constant{to, c.dims, c.reals, {}});
        return from_fold(to_fold(c), to);
    }
    std::vector<std::int64_t> values;
    if (c.reals && to == dtype::boolean)
        for (float v : c.reals->values()) values.push_back(v != 0.0F);
    else
        for (auto v : integers_of(c)) values.push_back(detail::wrapped_integer(v, to));
    return make_integers(std::move(values), c.dims, to);
}

} // namespace tpu_convert
