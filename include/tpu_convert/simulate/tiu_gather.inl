// pe_s_gather: R(n,c,0,i) = A(0,c,0,B(n,c,0,i)); pe_s_scatter: R(n,c,0,B(0,c,0,i)) = A(n,c,0,i); the same index for all
// channels in pl forms.
#pragma once
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/tiu_gather.hpp>

namespace tpu_convert::simulate {

namespace detail {

struct gather_indices {
    std::uint32_t bytes = 1;
    std::uint32_t at(std::byte const* p, std::uint64_t i) const {
        std::uint32_t v = 0;
        std::memcpy(&v, p + i * bytes, bytes);
        return v;
    }
    std::uint32_t none() const { return bytes == 1 ? 0xFFu : bytes == 2 ? 0xFFFFu : 0xFFFFFFFFu; }
};

inline local_operand packed_operand(std::uint64_t address, std::uint32_t bytes, extent4 const& size, machine_memory& m,
                                    bool aligned) {
    return {address, bytes, size, packed_strides(address, size, bytes, m.sizes(), aligned)};
}

[[noreturn]] TPU_CONVERT_INLINE void index_error(gather_command const& c, std::uint32_t index, std::uint32_t size) {
    throw model_error{error_code::machine_fault, "SG",
                      "sub-operation " + std::to_string(c.op) + " finds the index " + std::to_string(index) + " in a tensor of " +
                          std::to_string(size)};
}

TPU_CONVERT_INLINE void gather_row(gather_command const& c, std::byte* to, std::byte const* from, std::byte const* index,
                                   std::uint32_t bytes) {
    gather_indices const b{bytes_of(c.index_type)};
    for (std::uint32_t i = 0; i < c.size.w; ++i) {
        std::uint32_t const k = b.at(index, i);
        if (c.limited && k == b.none()) {
            if (c.filled) std::memcpy(to + i * bytes, &c.fill, bytes);
            continue;
        }
        if (k >= c.source_w) index_error(c, k, c.source_w);
        std::memcpy(to + i * bytes, from + k * bytes, bytes);
    }
}

TPU_CONVERT_INLINE void scatter_row(gather_command const& c, std::byte* to, std::byte const* from, std::byte const* index,
                                    std::uint32_t bytes) {
    gather_indices const b{bytes_of(c.index_type)};
    for (std::uint32_t i = 0; i < c.source_w; ++i) {
        std::uint32_t const k = b.at(index, i);
        if (c.limited && k == b.none()) continue;
        if (k >= c.size.w) index_error(c, k, c.size.w);
        std::memcpy(to + k * bytes, from + i * bytes, bytes);
    }
}

TPU_CONVERT_INLINE void run_channel_gather(machine_memory& m, gather_command const& c, bool scatter) {
    std::uint32_t const bytes = bytes_of(c.type);
    extent4 const one{scatter ? c.size.n : 1, c.size.c, 1, c.source_w};
    extent4 const indices{scatter ? 1 : c.size.n, c.size.c, 1, scatter ? c.source_w : c.size.w};
    local_operand const to = packed_operand(c.result, bytes, {c.size.n, c.size.c, 1, c.size.w}, m, true);
    local_operand from = packed_operand(c.source, bytes, one, m, true);
    if (c.source_layout != 0) from.stride = {0, 0, from.stride.h, 1};
    local_operand const index = packed_operand(c.index, bytes_of(c.index_type), indices, m, true);
    m.reads(from.covers()), m.reads(index.covers()), m.writes(to.covers());
    for (std::uint32_t n = 0; n < c.size.n; ++n)
        for (std::uint32_t ch = 0; ch < c.size.c; ++ch)
            (scatter ? scatter_row : gather_row)(c, row_start(m, to, n, ch), row_start(m, from, scatter ? n : 0, ch),
                                                 row_start(m, index, scatter ? 0 : n, ch), bytes);
}

// One list of indices, in the first lane, for all channels.
TPU_CONVERT_INLINE void run_plane_gather(machine_memory& m, gather_command const& c, bool scatter) {
    std::uint32_t const bytes = bytes_of(c.type), count = scatter ? c.source_w : c.size.w;
    local_operand const to = packed_operand(c.result, bytes, {c.size.n, c.size.c, 1, c.size.w}, m, true);
    local_operand from = packed_operand(c.source, bytes, {c.size.n, c.size.c, 1, c.source_w}, m, true);
    if (c.source_layout != 0) from.stride = {0, 0, from.stride.h, 1};
    local_operand const index = packed_operand(c.index, bytes_of(c.index_type), {1, 1, 1, count}, m, false);
    m.reads(from.covers()), m.reads(index.covers()), m.writes(to.covers());
    std::byte const* const list = row_start(m, index, 0, 0);
    for (std::uint32_t n = 0; n < c.size.n; ++n)
        for (std::uint32_t ch = 0; ch < c.size.c; ++ch)
            (scatter ? scatter_row : gather_row)(c, row_start(m, to, n, ch), row_start(m, from, n, ch), list, bytes);
}

} // namespace detail

TPU_CONVERT_INLINE void run_gather(machine_memory& m, gather_command const& c) {
    switch (c.op) {
    case 0:
        return detail::run_plane_gather(m, c, false);
    case 3:
        return detail::run_plane_gather(m, c, true);
    case 5:
    case 13:
        return detail::run_channel_gather(m, c, false);
    case 6:
    case 14:
        return detail::run_channel_gather(m, c, true);
    default:
        throw model_error{error_code::machine_fault, "SG", "the machine does not execute sub-operation " + std::to_string(c.op)};
    }
}

} // namespace tpu_convert::simulate
