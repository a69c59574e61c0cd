// Dispatch of tensor arithmetic.
#pragma once
#include <algorithm>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/tiu_ar.hpp>
#include <tpu_convert/simulate/tiu_ar_cast.hpp>
#include <tpu_convert/simulate/tiu_ar_float.hpp>
#include <tpu_convert/simulate/tiu_ar_integer.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE void repeat_constant(std::byte* to, std::uint64_t step, std::uint32_t value, std::uint64_t count,
                                        std::uint32_t bytes) {
    for (std::uint64_t i = 0; i < count; ++i) std::memcpy(to + i * step * bytes, &value, bytes);
}

// Bits from one place to another.
TPU_CONVERT_INLINE void run_ar_copy(machine_memory& m, ar_command const& c) {
    ar_source const& s = c.source[0];
    if (!s.is_constant) m.reads(s.where.covers());
    m.writes(c.result.covers());
    std::array<local_operand const*, 2> const operands{&c.result, s.is_constant ? &c.result : &s.where};
    std::uint64_t const to_step = c.result.stride.w, from_step = s.where.stride.w;
    std::uint32_t const bytes = c.result.bytes;
    for_each_stretch(m, operands, [&](auto const& at, std::uint64_t count, std::uint32_t, std::uint32_t) {
        if (s.is_constant)
            repeat_constant(at[0], to_step, s.constant, count, bytes);
        else if (to_step == 1 && from_step == 1)
            std::memmove(at[0], at[1], count * bytes);
        else
            for (std::uint64_t i = 0; i < count; ++i)
                std::memcpy(at[0] + i * to_step * bytes, at[1] + i * from_step * bytes, bytes);
    });
}

} // namespace detail

TPU_CONVERT_INLINE void run_ar(machine_memory& m, ar_command const& c) {
    bool const float_in = is_float(c.source[0].type), float_out = is_float(c.type);
    if (c.op == ar_op::copy) return detail::run_ar_copy(m, c);
    if (c.op == ar_op::cast && (float_in || float_out)) return run_ar_cast(m, c);
    (float_in ? run_ar_float : run_ar_integer)(m, c);
}

} // namespace tpu_convert::simulate
