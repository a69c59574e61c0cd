// Moving elements between the two sides of a DMA command.
#pragma once
#include <algorithm>
#include <cstring>
#include <tpu_convert/simulate/dma_side.hpp>

namespace tpu_convert::simulate {

namespace detail {

template <class T>
void copy_strided(std::byte* to, std::uint64_t to_step, std::byte const* from, std::uint64_t from_step, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) std::memcpy(to + i * to_step, from + i * from_step, sizeof(T));
}

TPU_CONVERT_INLINE void copy_row(std::byte* to, std::uint64_t to_step, std::byte const* from, std::uint64_t from_step,
                                 std::uint64_t count, std::uint32_t bytes) {
    if (to_step == bytes && from_step == bytes)
        std::memmove(to, from, count * bytes);
    else if (bytes == 1)
        copy_strided<std::uint8_t>(to, to_step, from, from_step, count);
    else if (bytes == 2)
        copy_strided<std::uint16_t>(to, to_step, from, from_step, count);
    else
        copy_strided<std::uint32_t>(to, to_step, from, from_step, count);
}

// Rows without gaps between them become one row.
TPU_CONVERT_INLINE void merge_rows(footprint& a, footprint& b) {
    bool const same = a.n == b.n && a.c == b.c && a.h == b.h && a.w == b.w;
    if (!same || a.h_stride != a.w * a.w_stride || b.h_stride != b.w * b.w_stride) return;
    a.w *= a.h, b.w *= b.h, a.h = b.h = 1;
}

} // namespace detail

TPU_CONVERT_INLINE dma_side make_side(dma_windows const& windows, memory_sizes const& m, std::uint64_t address,
                                      std::uint32_t bytes, extent4 const& size, stride4 const& stride) {
    dma_side s;
    std::uint64_t const local_end = windows.local_base + std::uint64_t{m.lanes} * m.lane_bytes;
    s.where = {space::global,    address,          bytes,           size.n, size.c, size.h, size.w, stride.n * bytes,
               stride.c * bytes, stride.h * bytes, stride.w * bytes};
    if (address >= windows.local_base && address < local_end)
        s.where.where = space::local, s.where.address -= windows.local_base;
    else if (address >= windows.fixed_base && address < windows.fixed_end)
        s.where.where = space::fixed, s.where.address -= windows.fixed_base;
    return s;
}

TPU_CONVERT_INLINE void open_source(machine_memory& m, dma_side& s) {
    std::byte* const first = m.reads(s.where);
    s.base = s.where.where == space::local ? m.local() : first;
}

TPU_CONVERT_INLINE void open_target(machine_memory& m, dma_side& s) {
    std::byte* const first = m.writes(s.where);
    s.base = s.where.where == space::local ? m.local() : first;
}

TPU_CONVERT_INLINE void move_elements(machine_memory& m, dma_side const& from, dma_side const& to, lane_mask mask) {
    dma_side a = from, b = to;
    detail::merge_rows(a.where, b.where);
    row_walk source(a, m.sizes()), target(b, m.sizes());
    footprint const& f = b.where;
    std::uint64_t left = std::uint64_t{f.n} * f.c * f.h * f.w;
    while (left > 0) {
        std::uint64_t const count = std::min({left, source.left(), target.left()});
        if (target.writable(mask)) detail::copy_row(target.at(), f.w_stride, source.at(), a.where.w_stride, count, f.bytes);
        source.advance(count), target.advance(count);
        left -= count;
    }
}

TPU_CONVERT_INLINE void move_transposed(machine_memory& m, dma_side const& from, dma_side const& to, lane_mask mask) {
    row_walk target(to, m.sizes());
    footprint const& f = from.where;
    for (std::uint32_t c = 0; c < f.c; ++c)
        for (std::uint32_t n = 0; n < f.n; ++n)
            for (std::uint32_t h = 0; h < f.h; ++h) {
                if (target.writable(mask))
                    detail::copy_row(target.at(), to.where.w_stride, row_of(from, m.sizes(), n, c, h), f.w_stride, f.w, f.bytes);
                target.advance(f.w);
            }
}

TPU_CONVERT_INLINE void fill_elements(machine_memory& m, dma_side const& to, std::uint32_t value, lane_mask mask) {
    row_walk target(to, m.sizes());
    footprint const& f = to.where;
    std::uint64_t left = std::uint64_t{f.n} * f.c * f.h * f.w;
    for (; left > 0; left -= f.w) {
        if (target.writable(mask))
            detail::copy_row(target.at(), f.w_stride, reinterpret_cast<std::byte const*>(&value), 0, f.w, f.bytes);
        target.advance(f.w);
    }
}

} // namespace tpu_convert::simulate
