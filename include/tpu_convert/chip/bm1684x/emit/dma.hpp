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

namespace detail {

// Channels [first, first + count) and rows [begin, begin + rows) of a tensor that is no longer than the lanes.
inline local_tensor part_of_lanes(local_tensor t, std::int64_t first, std::int64_t count, std::int64_t begin, std::int64_t rows) {
    t.address += first * bm1684x::lane_memory_bytes + begin * t.strides[2] * t.bytes();
    t.dims[1] = count, t.dims[2] = rows;
    return t;
}
// The same bytes in each lane, wherever the first one is.
inline local_access lane_access(local_tensor t) {
    t.address %= bm1684x::lane_memory_bytes;
    return write_of(t);
}
inline void fill_local(program<bm1684x>& out, local_tensor const& to, std::uint32_t bits) {
    if (to.dims[2] == 0) return;
    auto c = dma_base(to.type);
    c.set<"fill_constant_en">(1);
    c.set<"constant_value">(bits);
    set_source(c, {0, {0, 0, 0, 1}}, to.dims);
    set_target(c, local_side(to), to.dims);
    out.gdma(c, {lane_access(to)});
}

} // namespace detail

// One transfer for each tap; b is the box of what is loaded, `from` the whole tensor.
inline void load_rows(program<bm1684x>& out, local_tensor const& to, view const& from, window_rows const& w, box const& b,
                      std::uint64_t base) {
    std::int64_t const channels = from.dims[1], height = from.dims[2], count = b.size[2];
    for (std::int64_t tap = 0; tap < w.taps; ++tap) {
        std::int64_t const shift = b.begin[2] * w.stride + tap * w.dilation - w.before; // of row r: r * stride + shift
        std::int64_t const first = std::clamp<std::int64_t>(ceil_div(std::max<std::int64_t>(-shift, 0), w.stride), 0, count);
        std::int64_t const end =
            shift >= height ? first : std::clamp<std::int64_t>((height - 1 - shift) / w.stride + 1, first, count);
        detail::fill_local(out, detail::part_of_lanes(to, tap * channels, channels, 0, first), w.constant);
        detail::fill_local(out, detail::part_of_lanes(to, tap * channels, channels, end, count - end), w.constant);
        if (end == first) continue;
        view part = cut(from, {{b.begin[0], 0, 0, b.begin[3]}, {b.size[0], channels, end - first, b.size[3]}});
        part.offset += (first * w.stride + shift) * from.strides[2];
        part.strides[2] *= w.stride;
        auto c = detail::dma_base(to.type);
        local_tensor const target = detail::part_of_lanes(to, tap * channels, channels, first, end - first);
        detail::set_source(c, detail::global_side(part, base, to.type), part.dims);
        detail::set_target(c, detail::local_side(target), part.dims);
        out.gdma(c, {detail::lane_access(target)});
    }
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

struct gather_addresses {
    std::uint64_t table, index, target;
};

namespace detail {

// Rows of one channel: `table` and `target` have each their number of rows.
template <class Command>
Command row_selection(dtype t, gather_addresses const& at, std::int64_t table_rows, std::int64_t target_rows, std::int64_t width,
                      std::int64_t count) {
    Command c;
    c.template set<"stride_enable">(1);
    c.template set<"src_data_format">(bm1684x::precision_of(t));
    c.template set<"src_csize">(1), c.template set<"dst_csize">(1), c.template set<"index_csize">(1);
    c.template set<"src_hsize">(table_rows), c.template set<"src_wsize">(width);
    c.template set<"dst_hsize">(target_rows), c.template set<"dst_wsize">(width);
    c.template set<"index_hsize">(count);
    c.template set<"src_cstride">(table_rows * width), c.template set<"src_hstride">(width);
    c.template set<"dst_cstride">(target_rows * width), c.template set<"dst_hstride">(width);
    c.template set<"index_cstride">(count), c.template set<"index_hstride">(1);
    c.template set<"src_start_addr_l32">(at.table & 0xFFFFFFFFu), c.template set<"src_start_addr_h8">(at.table >> 32);
    c.template set<"dst_start_addr_l32">(at.target & 0xFFFFFFFFu), c.template set<"dst_start_addr_h8">(at.target >> 32);
    c.template set<"index_start_addr_l32">(at.index & 0xFFFFFFFFu), c.template set<"index_start_addr_h8">(at.index >> 32);
    c.template set<"localmem_mask_l32">(0xFFFFFFFFu), c.template set<"localmem_mask_h32">(0xFFFFFFFFu);
    return c;
}

} // namespace detail

// target[i][:] = table[index[i]][:]; indices are 32-bit whole numbers in global memory.
inline void gather_global(program<bm1684x>& out, dtype t, gather_addresses const& at, std::int64_t table_rows, std::int64_t width,
                          std::int64_t count) {
    out.gdma(detail::row_selection<bm1684x::commands::dma_gather>(t, at, table_rows, count, width, count), {});
}

// target[index[i]][:] = table[i][:], one after the other.
inline void scatter_global(program<bm1684x>& out, dtype t, gather_addresses const& at, std::int64_t target_rows,
                           std::int64_t width, std::int64_t count) {
    out.gdma(detail::row_selection<bm1684x::commands::dma_scatter>(t, at, count, target_rows, width, count), {});
}

} // namespace tpu_convert::bm1684x_emit
