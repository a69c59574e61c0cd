#pragma once
#include <tpu_convert/simulate/clock_dma.hpp>

namespace tpu_convert::simulate {

namespace detail {

// The bytes that the vendor's estimate charges for a row: below a full row the efficiency falls with the square of the length,
// and what lies behind a full row costs another one.
TPU_CONVERT_INLINE double charged_row(dma_figures const& d, double bytes) {
    if (bytes <= d.full_row) return d.full_row * d.full_row / (d.burst * std::max(1.0, parts(bytes, d.burst)));
    return bytes < 1.5 * d.full_row ? 2 * bytes : std::max(bytes, 2 * d.full_row);
}

// What lies in the same lane counts as one row, unless the pieces are shorter than a burst.
TPU_CONVERT_INLINE double charged_rows(clock_figures const& f, dma_work const& w) {
    if (w.lines) return w.rows * std::max(w.row_bytes, f.dma.full_row);
    bool const shared = w.rows > f.array.lanes && w.row_bytes >= f.dma.burst;
    double const rows = shared ? f.array.lanes : w.rows;
    return rows * charged_row(f.dma, w.bytes() / rows);
}

TPU_CONVERT_INLINE double rate_of(dma_figures const& d, dma_work const& w) {
    bool const matrix = w.kind == dma_kind::matrix || w.kind == dma_kind::broadcast;
    if (w.kind == dma_kind::gather) return d.gather;
    if (w.from_global && w.to_global && w.reads) return d.copy;
    if (w.to_global) return matrix ? d.matrix_store : d.store;
    return matrix ? d.matrix_load : d.load;
}

// Bytes that count at the rate.
TPU_CONVERT_INLINE double charged_bytes(clock_figures const& f, dma_work const& w) {
    if (w.kind == dma_kind::broadcast) return w.bytes() * w.lanes;
    if (f.dma.full_row == 0 || w.kind == dma_kind::gather) return w.bytes();
    if (w.kind == dma_kind::matrix) return std::max(w.bytes(), f.dma.full_row * f.array.lanes);
    return charged_rows(f, w);
}

} // namespace detail

TPU_CONVERT_INLINE charge charge_dma(clock_figures const& f, dma_work const& w) {
    auto const& d = f.dma;
    double const flow = detail::charged_bytes(f, w) / detail::rate_of(d, w);
    double const rows = w.rows > d.free_rows ? w.rows * d.row_cycles : 0;
    auto const bytes = static_cast<std::uint64_t>(std::min(w.bytes(), 1e18)); // damaged files ask for more
    return {d.latency + std::max(flow, rows), 0, 0, w.from_global && w.reads ? bytes : 0, w.to_global ? bytes : 0};
}

TPU_CONVERT_INLINE void set_rows(dma_work& w, extent4 const& size, std::uint32_t bytes, dma_pattern const& from,
                                 dma_pattern const& to) {
    auto const packed = [](std::uint64_t extent, std::uint64_t stride, std::uint64_t run) {
        return extent == 1 || stride == run;
    };
    auto const& a = from.strides;
    auto const& b = to.strides;
    std::uint64_t const plane = std::uint64_t{size.h} * size.w, volume = plane * size.c;
    std::uint64_t run = 1;
    bool const one_step = packed(size.w, a.w, 1) && packed(size.w, b.w, 1);
    if (one_step) run = size.w;
    bool const planes = one_step && packed(size.h, a.h, size.w) && packed(size.h, b.h, size.w);
    if (planes) run = plane;
    bool const across = planes && (size.c == 1 || !(from.local || to.local)) && packed(size.c, a.c, plane) &&
                        packed(size.c, b.c, plane);
    if (across) run = volume;
    if (across && packed(size.n, a.n, volume) && packed(size.n, b.n, volume)) run = volume * size.n;
    w.row_bytes = static_cast<double>(run) * bytes;
    w.rows = static_cast<double>(size.n) * static_cast<double>(volume) / static_cast<double>(run);
    w.lines = one_step && !planes;
}

} // namespace tpu_convert::simulate
