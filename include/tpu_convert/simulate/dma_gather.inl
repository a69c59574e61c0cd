// gather: target(c, h, :) = source(c, index(c, h), :); scatter: target(c, index(c, h), :) = source(c, h, :). One channel serves
// all.
#pragma once
#include <algorithm>
#include <cstring>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/dma_gather.hpp>

namespace tpu_convert::simulate {

TPU_CONVERT_INLINE void run_dma_gather(machine_memory& m, dma_gather_command const& c) {
    if (!c.strided) throw model_error{error_code::machine_fault, "DMA gather", "the machine knows it with strides only"};
    std::uint32_t const bytes = bytes_of(c.type), width = std::min(c.source_size.w, c.target_size.w);
    dma_side from = make_side(c.windows, m.sizes(), c.source, bytes, c.source_size, c.source_stride);
    dma_side to = make_side(c.windows, m.sizes(), c.target, bytes, c.target_size, c.target_stride);
    dma_side list = make_side(c.windows, m.sizes(), c.index, 4, c.index_size, c.index_stride);
    open_source(m, from), open_source(m, list), open_target(m, to);
    std::uint32_t const channels = std::min(c.target_size.c, std::max(c.source_size.c, c.index_size.c));
    auto const channel = [](extent4 const& s, std::uint32_t i) { return s.c == 1 ? 0 : std::min(i, s.c - 1); };
    std::uint32_t const rows = std::min(c.index_size.h, c.scatter ? c.source_size.h : c.target_size.h);
    for (std::uint32_t i = 0; i < channels; ++i)
        for (std::uint32_t h = 0; h < rows; ++h) {
            std::uint32_t k = 0;
            std::memcpy(&k, row_of(list, m.sizes(), 0, channel(c.index_size, i), h), 4);
            std::uint32_t const limit = c.scatter ? c.target_size.h : c.source_size.h;
            if (k >= limit && c.scatter) continue;
            std::byte* const target = row_of(to, m.sizes(), 0, channel(c.target_size, i), c.scatter ? k : h);
            if (k >= limit)
                detail::copy_row(target, bytes, reinterpret_cast<std::byte const*>(&c.constant), 0, width, bytes);
            else
                std::memmove(target, row_of(from, m.sizes(), 0, channel(c.source_size, i), c.scatter ? h : k),
                             std::size_t{width} * bytes);
        }
}

} // namespace tpu_convert::simulate
