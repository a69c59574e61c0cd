// Moves between global and local memory, and within global memory.
#pragma once
#include <optional>
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/chip/bm1684x/emit/operand.hpp>
#include <tpu_convert/lower/program.hpp>
#include <tpu_convert/lower/view.hpp>

namespace tpu_convert::bm1684x_emit {

// One side of a move: address and strides in elements.
struct dma_side {
    std::uint64_t address;
    dims4 strides;
};

namespace detail {

inline constexpr std::int64_t dma_size_limit = 65535;

inline bm1684x::commands::dma_tensor dma_base(dtype t) {
    bm1684x::commands::dma_tensor c;
    c.set<"stride_enable">(1);
    c.set<"nchw_copy">(1);
    c.set<"src_data_format">(bm1684x::precision_of(t));
    c.set<"localmem_mask_l32">(0xFFFFFFFFu);
    c.set<"localmem_mask_h32">(0xFFFFFFFFu);
    return c;
}
// The DMA can't repeat along w (a stride of 0 there is a division by zero in the C-model): one column has stride 1, and
// more columns that repeat become rows.
inline std::int64_t column_stride(dma_side const& s, dims4 const& d) { return d[3] == 1 ? 1 : s.strides[3]; }
inline bool repeats_columns(view const& from) { return from.dims[3] > 1 && from.strides[3] == 0; }
inline view columns_as_rows(view const& v, std::int64_t n) {
    return {{v.dims[1], v.dims[2], v.dims[3], 1}, {v.strides[1], v.strides[2], v.strides[3], 1}, v.offset + n * v.strides[0]};
}

inline void set_source(bm1684x::commands::dma_tensor& c, dma_side const& s, dims4 const& d) {
    c.set<"src_nsize">(d[0]);
    c.set<"src_csize">(d[1]);
    c.set<"src_hsize">(d[2]);
    c.set<"src_wsize">(d[3]);
    c.set<"src_nstride">(s.strides[0]);
    c.set<"src_cstride">(s.strides[1]);
    c.set<"src_hstride">(s.strides[2]);
    c.set<"src_wstride">(column_stride(s, d));
    c.set<"src_start_addr_l32">(s.address & 0xFFFFFFFFu);
    c.set<"src_start_addr_h8">(s.address >> 32);
}
inline void set_target(bm1684x::commands::dma_tensor& c, dma_side const& s, dims4 const& d) {
    c.set<"dst_nsize">(d[0]);
    c.set<"dst_csize">(d[1]);
    c.set<"dst_hsize">(d[2]);
    c.set<"dst_wsize">(d[3]);
    c.set<"dst_nstride">(s.strides[0]);
    c.set<"dst_cstride">(s.strides[1]);
    c.set<"dst_hstride">(s.strides[2]);
    c.set<"dst_wstride">(column_stride(s, d));
    c.set<"dst_start_addr_l32">(s.address & 0xFFFFFFFFu);
    c.set<"dst_start_addr_h8">(s.address >> 32);
}
inline dma_side local_side(local_tensor const& t) {
    return {bm1684x::local_base + static_cast<std::uint64_t>(t.address), t.strides};
}
inline dma_side global_side(view const& v, std::uint64_t base, dtype t) {
    return {base + static_cast<std::uint64_t>(v.offset) * bytes_of(t), v.strides};
}

// Sizes have 16 bits: longer axes are cut. Calls move(begin, size).
template <class Move>
void for_each_piece(dims4 const& d, Move&& move) {
    dims4 at{};
    for (at[0] = 0; at[0] < d[0]; at[0] += dma_size_limit)
        for (at[1] = 0; at[1] < d[1]; at[1] += dma_size_limit)
            for (at[2] = 0; at[2] < d[2]; at[2] += dma_size_limit)
                for (at[3] = 0; at[3] < d[3]; at[3] += dma_size_limit) {
                    dims4 size{};
                    for (int i = 0; i < 4; ++i) size[i] = std::min(d[i] - at[i], dma_size_limit);
                    move(at, size);
                }
}

} // namespace detail

// From global memory (a window on a tensor at `base`) to local memory; dims of both are equal.
inline void load(program<bm1684x>& out, local_tensor const& to, view const& from, std::uint64_t base) {
    auto c = detail::dma_base(to.type);
    detail::set_source(c, detail::global_side(from, base, to.type), from.dims);
    detail::set_target(c, detail::local_side(to), to.dims);
    out.gdma(c, {write_of(to)});
}

inline void store(program<bm1684x>& out, view const& to, std::uint64_t base, local_tensor const& from) {
    auto c = detail::dma_base(from.type);
    detail::set_source(c, detail::local_side(from), from.dims);
    detail::set_target(c, detail::global_side(to, base, from.type), to.dims);
    out.gdma(c, {read_of(from)});
}

// Within global memory; the windows have equal dims.
inline void copy_global(program<bm1684x>& out, dtype t, view const& to, std::uint64_t to_base, view const& from,
                        std::uint64_t from_base) {
    if (detail::repeats_columns(from)) {
        for (std::int64_t n = 0; n < to.dims[0]; ++n)
            copy_global(out, t, detail::columns_as_rows(to, n), to_base, detail::columns_as_rows(from, n), from_base);
        return;
    }
    detail::for_each_piece(to.dims, [&](dims4 const& at, dims4 const& size) {
        auto c = detail::dma_base(t);
        detail::set_source(c, detail::global_side(cut(from, {at, size}), from_base, t), size);
        detail::set_target(c, detail::global_side(cut(to, {at, size}), to_base, t), size);
        out.gdma(c, {});
    });
}

inline void fill_global(program<bm1684x>& out, dtype t, view const& to, std::uint64_t base, std::uint32_t bits) {
    detail::for_each_piece(to.dims, [&](dims4 const& at, dims4 const& size) {
        auto c = detail::dma_base(t);
        c.set<"fill_constant_en">(1);
        c.set<"constant_value">(bits);
        detail::set_source(c, {0, {0, 0, 0, 1}}, size);
        detail::set_target(c, detail::global_side(cut(to, {at, size}), base, t), size);
        out.gdma(c, {});
    });
}

// target[o][i][:] = table[o][index[i]][:]; indices are 32-bit whole numbers in global memory.
struct gather_addresses {
    std::uint64_t table, index, target;
};
inline void gather_global(program<bm1684x>& out, dtype t, gather_addresses const& at, std::int64_t table_rows, std::int64_t width,
                          std::int64_t count) {
    bm1684x::commands::dma_gather c;
    c.set<"stride_enable">(1);
    c.set<"src_data_format">(bm1684x::precision_of(t));
    c.set<"src_csize">(1);
    c.set<"src_hsize">(table_rows);
    c.set<"src_wsize">(width);
    c.set<"dst_csize">(1);
    c.set<"dst_hsize">(count);
    c.set<"dst_wsize">(width);
    c.set<"index_csize">(1);
    c.set<"index_hsize">(count);
    c.set<"src_cstride">(table_rows * width);
    c.set<"src_hstride">(width);
    c.set<"dst_cstride">(count * width);
    c.set<"dst_hstride">(width);
    c.set<"index_cstride">(count);
    c.set<"index_hstride">(1);
    c.set<"src_start_addr_l32">(at.table & 0xFFFFFFFFu);
    c.set<"src_start_addr_h8">(at.table >> 32);
    c.set<"dst_start_addr_l32">(at.target & 0xFFFFFFFFu);
    c.set<"dst_start_addr_h8">(at.target >> 32);
    c.set<"index_start_addr_l32">(at.index & 0xFFFFFFFFu);
    c.set<"index_start_addr_h8">(at.index >> 32);
    c.set<"localmem_mask_l32">(0xFFFFFFFFu);
    c.set<"localmem_mask_h32">(0xFFFFFFFFu);
    out.gdma(c, {});
}

} // namespace tpu_convert::bm1684x_emit
