// The movements inside local memory.
#pragma once
#include <cstring>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/tiu_move.hpp>

namespace tpu_convert::simulate {

namespace detail {

// (n, c, h, w) to (n, w, h, c). cw: the result has aligned rows; wc: the source has.
TPU_CONVERT_INLINE void exchange_cw(machine_memory& m, move_command const& c) {
    extent4 const from_size{c.size.n, c.source_c, c.size.h, c.source_w};
    auto const& s = m.sizes();
    bool const cw = c.op == move_op::cw;
    local_operand from{c.source, c.bytes, from_size,
                       cw ? packed_strides(c.source, from_size, c.bytes, s, true)
                          : row_aligned_strides(c.source, from_size, c.bytes, s)};
    local_operand to{c.result, c.bytes, c.size,
                     cw ? row_aligned_strides(c.result, c.size, c.bytes, s) : packed_strides(c.result, c.size, c.bytes, s, true)};
    m.reads(from.covers()), m.writes(to.covers());
    for (std::uint32_t n = 0; n < c.size.n; ++n)
        for (std::uint32_t i = 0; i < c.size.c; ++i)
            for (std::uint32_t h = 0; h < c.size.h; ++h)
                for (std::uint32_t k = 0; k < c.size.w; ++k)
                    std::memcpy(row_start(m, to, n, i) + (h * to.stride.h + k) * c.bytes,
                                row_start(m, from, n, k) + (h * from.stride.h + i) * c.bytes, c.bytes);
}

TPU_CONVERT_INLINE void copy_lanes(machine_memory& m, move_command const& c) {
    bool const broadcast = c.op == move_op::lane_broadcast;
    extent4 const from_size{c.size.n, broadcast ? 1 : c.size.c, c.size.h, c.size.w};
    local_operand const from{c.source, c.bytes, from_size, packed_strides(c.source, from_size, c.bytes, m.sizes(), true)};
    local_operand const to{c.result, c.bytes, c.size, packed_strides(c.result, c.size, c.bytes, m.sizes(), true)};
    m.reads(from.covers()), m.writes(to.covers());
    std::size_t const plane = std::size_t{c.size.h} * c.size.w * c.bytes;
    for (std::uint32_t n = 0; n < c.size.n; ++n)
        for (std::uint32_t i = 0; i < c.size.c; ++i)
            std::memmove(row_start(m, to, n, i), row_start(m, from, n, broadcast ? 0 : i), plane);
}

TPU_CONVERT_INLINE void copy_static(machine_memory& m, move_command const& c) {
    bool const broadcast = c.op == move_op::static_broadcast;
    if (c.source < c.static_base)
        throw model_error{error_code::machine_fault, "TRANS&BC",
                          "the source address " + std::to_string(c.source) + " is not in static memory"};
    footprint from{space::fixed, c.source - c.static_base, c.bytes, 1, 1, 1, broadcast ? c.size.w : c.size.c, 0, 0, 0, c.bytes};
    std::byte const* const source = m.reads(from);
    extent4 const size{1, c.size.c, 1, broadcast ? c.size.w : 1};
    local_operand const to{c.result, c.bytes, size, packed_strides(c.result, size, c.bytes, m.sizes(), broadcast)};
    m.writes(to.covers());
    for (std::uint32_t i = 0; i < c.size.c; ++i)
        std::memcpy(row_start(m, to, 0, i), source + (broadcast ? 0 : i * c.bytes), std::size_t{size.w} * c.bytes);
}

} // namespace detail

TPU_CONVERT_INLINE void run_move(machine_memory& m, move_command const& c) {
    switch (c.op) {
    case move_op::cw:
    case move_op::wc:
        return detail::exchange_cw(m, c);
    case move_op::lane_copy:
    case move_op::lane_broadcast:
        return detail::copy_lanes(m, c);
    case move_op::static_broadcast:
    case move_op::static_distribute:
        return detail::copy_static(m, c);
    }
}

} // namespace tpu_convert::simulate
