// Elements in and out of local memory.
#pragma once
#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/simulate/cv_operand.hpp>

namespace tpu_convert::simulate {

namespace detail {

// Calls visit(byte, index) for each element.
template <class F>
void for_each_cv_element(machine_memory& m, footprint const& f, F&& visit) {
    std::size_t i = 0;
    for (std::uint32_t n = 0; n < f.n; ++n)
        for (std::uint32_t c = 0; c < f.c; ++c) {
            std::byte* const base = channel_start(m, f, n, c);
            for (std::uint32_t h = 0; h < f.h; ++h)
                for (std::uint32_t w = 0; w < f.w; ++w) visit(base + h * f.h_stride + w * f.w_stride, i++);
        }
}

} // namespace detail

TPU_CONVERT_INLINE std::size_t cv_count(cv_operand const& o) {
    double const n = double(o.size.n) * o.size.c * o.size.h * o.size.w;
    if (n <= 0 || n > most_cv_elements)
        throw model_error{error_code::machine_fault, "",
                          "an operand has " + std::to_string(n) + " elements; commands have 1 to 67108864"};
    return static_cast<std::size_t>(n);
}

TPU_CONVERT_INLINE std::int32_t widened(std::uint32_t bits, cv_operand const& o) {
    if (o.type == cv_type::i8) return o.is_signed ? static_cast<std::int8_t>(bits) : static_cast<std::uint8_t>(bits);
    return o.is_signed ? std::int32_t{static_cast<std::int16_t>(bits)} : std::int32_t{static_cast<std::uint16_t>(bits)};
}

TPU_CONVERT_INLINE footprint place_of(cv_operand const& o, memory_sizes const& m) {
    footprint f{space::local, o.address, o.bytes(), o.size.n, o.size.c, o.size.h, o.size.w, 0, 0, 0, 0};
    if (o.layout == 3) {
        f.n_stride = o.given.n, f.c_stride = o.given.c, f.h_stride = o.given.h, f.w_stride = o.given.w;
        return f;
    }
    std::uint64_t const plane = std::uint64_t{o.size.h} * o.size.w * o.bytes();
    f.w_stride = o.bytes(), f.h_stride = std::uint64_t{o.size.w} * o.bytes();
    f.c_stride = o.layout == 0 ? round_up(plane, m.vector_bytes) : plane;
    f.n_stride = f.c_stride * ((o.size.c + m.lanes - 1) / m.lanes);
    return f;
}

TPU_CONVERT_INLINE std::uint16_t cv_bf16(float value) {
    std::uint32_t const bits = std::bit_cast<std::uint32_t>(value);
    if ((bits & 0x7FFF'FFFFu) > 0x7F80'0000u) return 0x7FC0;
    std::uint16_t const rounded = static_cast<std::uint16_t>((bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16);
    return (rounded & 0x7F80) == 0x7F80 ? 0x7F7F : rounded;
}

TPU_CONVERT_INLINE std::vector<std::int32_t> load_integers(machine_memory& m, cv_operand const& o) {
    std::vector<std::int32_t> values(cv_count(o));
    if (o.is_constant) {
        std::fill(values.begin(), values.end(), widened(o.address, o));
        return values;
    }
    footprint const low = place_of(o, m.sizes());
    m.reads(low);
    detail::for_each_cv_element(m, low, [&](std::byte const* p, std::size_t i) {
        values[i] = widened(std::to_integer<std::uint32_t>(*p), o);
    });
    if (o.type != cv_type::i16) return values;
    footprint high = low;
    high.address += o.plane_step;
    m.reads(high);
    detail::for_each_cv_element(m, high, [&](std::byte const* p, std::size_t i) {
        values[i] = widened((static_cast<std::uint32_t>(values[i]) & 0xFF) | std::to_integer<std::uint32_t>(*p) << 8, o);
    });
    return values;
}

TPU_CONVERT_INLINE std::vector<float> load_floats(machine_memory& m, cv_operand const& o) {
    std::vector<float> values(cv_count(o));
    if (o.is_constant) {
        std::fill(values.begin(), values.end(), bf16_to_f32(static_cast<std::uint16_t>(o.address)));
        return values;
    }
    footprint const f = place_of(o, m.sizes());
    m.reads(f);
    detail::for_each_cv_element(m, f, [&](std::byte const* p, std::size_t i) {
        std::uint16_t bits;
        std::memcpy(&bits, p, 2);
        values[i] = bf16_to_f32(bits);
    });
    return values;
}

TPU_CONVERT_INLINE void store_integers(machine_memory& m, cv_operand const& o, std::vector<std::int32_t> const& values) {
    bool const wide = o.type == cv_type::i16;
    std::int32_t const low_limit = o.is_signed ? (wide ? -32768 : -128) : 0;
    std::int32_t const high_limit = o.is_signed ? (wide ? 32767 : 127) : (wide ? 65535 : 255);
    auto const bits = [&](std::size_t i) { return static_cast<std::uint32_t>(std::clamp(values[i], low_limit, high_limit)); };
    footprint f = place_of(o, m.sizes());
    m.writes(f);
    detail::for_each_cv_element(m, f, [&](std::byte* p, std::size_t i) { *p = static_cast<std::byte>(bits(i)); });
    if (!wide) return;
    f.address += o.plane_step;
    m.writes(f);
    detail::for_each_cv_element(m, f, [&](std::byte* p, std::size_t i) { *p = static_cast<std::byte>(bits(i) >> 8); });
}

TPU_CONVERT_INLINE void store_floats(machine_memory& m, cv_operand const& o, std::vector<float> const& values) {
    footprint const f = place_of(o, m.sizes());
    m.writes(f);
    detail::for_each_cv_element(m, f, [&](std::byte* p, std::size_t i) {
        std::uint16_t const bits = cv_bf16(values[i]);
        std::memcpy(p, &bits, 2);
    });
}

} // namespace tpu_convert::simulate
