// Cycles of the DMA commands: bytes at the rate of their direction, and what short rows add.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/clock_charge.hpp>
#include <tpu_convert/simulate/dma_side.hpp>
#include <tpu_convert/simulate/operand.hpp>

namespace tpu_convert::simulate {

enum class dma_kind : std::uint8_t { tensor, matrix, broadcast, gather };

// A movement as rows that are contiguous on both sides.
struct dma_work {
    dma_kind kind = dma_kind::tensor;
    bool from_global = false, to_global = false;
    bool reads = true; // false: a constant is written
    double rows = 1, row_bytes = 1;
    bool lines = false; // rows are lines of planes, not whole planes
    double lanes = 1;   // that a broadcast writes

    double bytes() const { return rows * row_bytes; }
};

charge charge_dma(clock_figures const& f, dma_work const& w);

// Rows of `size` elements of `bytes`: as long as neither side has a gap. Channels of local memory lie in different lanes.
struct dma_pattern {
    stride4 strides;
    bool local = false;
};
void set_rows(dma_work& w, extent4 const& size, std::uint32_t bytes, dma_pattern const& from, dma_pattern const& to);

namespace detail {

inline bool is_local(dma_windows const& w, std::uint64_t address) { return address >= w.local_base && address < w.fixed_end; }

template <class Command>
std::uint64_t source_address(Command const& c) {
    if constexpr (Command::template has<"src_start_addr_l32">)
        return c.template get<"src_start_addr_l32">() | c.template get<"src_start_addr_h8">() << 32;
    else return c.template get<"src_start_addr_h32">() | c.template get<"src_start_addr_l8">() << 32;
}
template <class Command>
std::uint64_t target_address(Command const& c) {
    if constexpr (Command::template has<"dst_start_addr_l32">)
        return c.template get<"dst_start_addr_l32">() | c.template get<"dst_start_addr_h8">() << 32;
    else return c.template get<"dst_start_addr_h32">() | c.template get<"dst_start_addr_l8">() << 32;
}

template <class Chip, class Command>
dma_work directed_work(Command const& c, dma_kind kind) {
    constexpr dma_windows windows = windows_of<Chip>();
    dma_work w;
    w.kind = kind;
    w.from_global = !is_local(windows, source_address(c));
    w.to_global = !is_local(windows, target_address(c));
    w.reads = !c.template get<"fill_constant_en">();
    w.lanes = static_cast<double>(Chip::lanes);
    return w;
}

} // namespace detail

// Tensor: (n, c, h, w) on both sides.
template <class Chip, class Command>
dma_work read_dma_tensor_work(Command const& c) {
    std::uint64_t const function = c.template get<"cmd_special_function">();
    bool const broadcast = function == 3;
    auto w = detail::directed_work<Chip>(c, broadcast ? dma_kind::broadcast : dma_kind::tensor);
    auto const u = [](std::uint64_t v) { return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(v)); };
    extent4 const source{u(c.template get<"src_nsize">()), u(c.template get<"src_csize">()), u(c.template get<"src_hsize">()),
                         u(c.template get<"src_wsize">())};
    extent4 const target{u(c.template get<"dst_nsize">()), u(c.template get<"dst_csize">()), u(c.template get<"dst_hsize">()),
                         u(c.template get<"dst_wsize">())};
    bool const target_rules = !w.reads && !c.template get<"nchw_copy">();
    extent4 const& size = target_rules ? target : source;
    std::uint64_t const plane = std::uint64_t{size.h} * size.w;
    stride4 const dense{plane * size.c, plane, size.w, 1};
    bool const strided = c.template get<"stride_enable">();
    dma_pattern from{dense, !w.from_global}, to{dense, !w.to_global};
    if (strided) {
        from.strides = {c.template get<"src_nstride">(), c.template get<"src_cstride">(), c.template get<"src_hstride">(),
                        c.template get<"src_wstride">()};
        to.strides = {c.template get<"dst_nstride">(), c.template get<"dst_cstride">(), c.template get<"dst_hstride">(),
                      c.template get<"dst_wstride">()};
    }
    if (function != 0) from.strides.w = to.strides.w = 1; // these look at no step of w
    if (!w.reads) from = to;
    set_rows(w, size, element_bytes<"src_data_format">(c), from, to);
    if (broadcast) w.lanes = target.c;
    return w;
}

// Gather and scatter: rows of w along h, one for each index.
template <class Chip, class Command>
dma_work read_dma_gather_work(Command const& c) {
    auto w = detail::directed_work<Chip>(c, dma_kind::gather);
    w.row_bytes = size_field<"src_wsize">(c) * element_bytes<"src_data_format">(c);
    w.rows = size_field<"dst_csize">(c) * size_field<"index_hsize">(c);
    return w;
}

// The other commands: as many elements as the larger side says, without gaps.
template <class Chip, class Command>
dma_work read_dma_bytes_work(Command const& c, dma_kind kind) {
    auto w = detail::directed_work<Chip>(c, kind);
    double source = 1, target = 1;
    for (auto const& f : Command::fields) {
        double const v = std::max<double>(1, static_cast<double>(c.read(f)));
        if (f.name == "src_nsize" || f.name == "src_csize" || f.name == "src_hsize" || f.name == "src_wsize") source *= v;
        if (f.name == "dst_nsize" || f.name == "dst_csize" || f.name == "dst_hsize" || f.name == "dst_wsize") target *= v;
    }
    w.row_bytes = std::max(source, target) * element_bytes<"src_data_format">(c);
    return w;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/clock_dma.inl>
#endif
