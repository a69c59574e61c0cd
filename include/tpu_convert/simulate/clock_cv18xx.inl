#pragma once
#include <tpu_convert/simulate/clock_cv18xx.hpp>

namespace tpu_convert::simulate {

namespace detail {

using cv_time = cv18xx_timing;

// What a lane's unit goes through: groups of elements of all channels that lie in it.
struct cv_passes {
    double unit;  // elements that it takes at once
    double count; // groups
};
TPU_CONVERT_INLINE cv_passes passes_of(clock_figures const& f, cv_operand const& r, bool by_columns = false) {
    double const unit = f.array.vector_bytes / r.bytes();
    double const plane = double(r.size.h) * r.size.w;
    double const rows = by_columns ? parts(double(r.size.c), f.array.lanes) : channel_rows(f.array, r.size.c, r.address);
    return {unit, r.size.n * rows * parts(plane, unit)};
}

// Rows of local memory that a unit's elements of one kernel position lie in, as a mean.
TPU_CONVERT_INLINE double rows_touched(double unit, axis_window const& x) {
    double const span = (unit - 1) * x.stride / (x.inserted + 1) + 1;
    return std::max(1.0, span / unit + (span >= unit ? (unit - 1) / unit : (span - 1) / unit));
}

TPU_CONVERT_INLINE double conv_loop(cv_window_command const& c, bool two_channels) {
    double const taps = double(c.window.y.kernel) * c.window.x.kernel, channels = c.input.size.c;
    double const fetch = std::ceil((15.0 * c.window.x.stride / (c.window.x.inserted + 1) + 1) / 16) + 1;
    double const waits = fetch > channels ? taps * (fetch - channels) : 0;
    double const ends = c.input.type == cv_type::bf16 ? 2 : c.has_table ? 1 : 4, bias = c.has_bias && !c.has_table ? 2 : 0;
    double const partial = c.partial_sums == 0 ? 0 : c.partial_sums == 3 ? 8 : 4;
    double const loop = taps * parts(channels, two_channels ? 2 : 1) + waits + bias + ends + partial;
    return c.has_table && c.input.type != cv_type::bf16 ? std::max(loop, cv_time::least_loop) : loop;
}

TPU_CONVERT_INLINE double pool_loop(cv_window_command const& c, double unit) {
    double const taps = double(c.window.y.kernel) * c.window.x.kernel;
    bool const bf16 = c.input.type == cv_type::bf16;
    auto const by_channel = [&](double loop) { return c.has_table ? std::max(loop, cv_time::least_loop) : loop; };
    bool const one = c.result.size.h * c.result.size.w == 1;
    if (c.op == cv_window_op::maximum || c.op == cv_window_op::minimum)
        return taps * (one ? 1 : rows_touched(16, c.window.x)) + 2;
    if (c.op == cv_window_op::average) return by_channel(taps * (one ? 1 : rows_touched(unit, c.window.x))) + (bf16 ? 2 : 4);
    double const width = std::min(16.0, double(c.result.size.w));
    double const rows = ((width - 1) * c.window.x.stride / (c.window.x.inserted + 1) + 1) / 16 * (16 / width) + 15.0 / 16;
    bool const plain = (taps == 1 && !c.has_table) || !bf16;
    return by_channel(std::floor(taps * (taps == 1 ? 1 : rows))) + (c.has_bias && !c.has_table ? 2 : 0) + (plain ? 3 : 2);
}

// Cycles of a group for mul, mac, add, sub, max, min, shift, and, or, xor, copy, ge: a first operand of 8 bits or bf16; 16.
TPU_CONVERT_INLINE double element_cycles(cv_tensor_command const& c) {
    static constexpr double narrow[]{2.5, 9, 5, 5, 3, 3, 4, 3, 3, 3, 2, 3}, wide[]{4.5, 11, 7, 7, 5, 5, 4, 5, 5, 5, 4, 5};
    if (c.op >= std::size(narrow)) return 3;
    bool const halves = c.left.type == cv_type::i16, result_halves = c.result.type == cv_type::i16;
    double cycles = halves ? wide[c.op] : narrow[c.op];
    if (c.op == 0 && !result_halves) cycles += 3;
    if ((c.op == 2 || c.op == 3) && halves && c.right.is_constant) cycles -= 0.5;
    return cycles + (result_halves ? 1 : 0);
}

// Bytes that the memory moves for a run: bursts within pages, granules within bursts. Of a whole page each byte is moved once.
TPU_CONVERT_INLINE double burst_bytes(std::uint64_t address, double bytes, double most) {
    constexpr std::uint64_t space = std::uint64_t{1} << 40; // that addresses reach
    double moved = 0, at = static_cast<double>(address % space);
    for (double const end = at + std::min(bytes, static_cast<double>(space)); at < end;) {
        double const page_end = (std::floor(at / cv_time::page) + 1) * cv_time::page;
        if (double const pages = std::floor((end - at) / cv_time::page); pages > 0 && at + cv_time::page == page_end) {
            moved += pages * cv_time::page, at += pages * cv_time::page;
            continue;
        }
        double const stop = std::min({end, page_end, std::floor(at / cv_time::beat) * cv_time::beat + most});
        moved += (parts(stop, cv_time::granule) - std::floor(at / cv_time::granule)) * cv_time::granule;
        at = stop;
    }
    return moved;
}

struct cv_rows {
    double count, bytes; // runs without gaps
    std::uint64_t step;  // from one to the next, roughly
};
TPU_CONVERT_INLINE cv_rows rows_of(cv_tdma_side const& s, double joined) {
    auto const line = double(s.size.w) * s.bytes;
    if (s.size.h > 1 && s.stride.h - line > joined) return {double(s.size.n) * s.size.c * s.size.h, line, s.stride.h};
    double const plane = double(s.stride.h) * (s.size.h - 1) + line;
    if (s.size.c > 1 && (s.local || s.stride.c - plane > joined)) return {double(s.size.n) * s.size.c, plane, s.stride.c};
    return {double(s.size.n), double(s.stride.c) * (s.size.c - 1) + plane, s.stride.n};
}

// Cycles that the memory takes for one side, and those of local memory: a beat each.
TPU_CONVERT_INLINE double side_cycles(clock_figures const& f, cv_tdma_side const& s, double joined, double most) {
    cv_rows const r = rows_of(s, s.local ? 0 : joined);
    if (s.local) return r.count * parts(r.bytes, cv_time::beat);
    double const two = burst_bytes(s.address, r.bytes, most) + burst_bytes(s.address + r.step, r.bytes, most);
    return r.count * (r.count > 1 ? two / 2 : burst_bytes(s.address, r.bytes, most)) / f.dma.peak;
}

} // namespace detail

TPU_CONVERT_INLINE charge charge_cv_window(clock_figures const& f, cv_window_command const& c, bool two_channels) {
    auto const passes = detail::passes_of(f, c.result);
    double const post = c.has_table ? cv18xx_timing::post_by_channel : cv18xx_timing::post;
    double const results = double(c.result.size.n) * c.result.size.c * c.result.size.h * c.result.size.w;
    bool const full = c.op == cv_window_op::convolution, extreme = c.op == cv_window_op::maximum || c.op == cv_window_op::minimum;
    charge made;
    if (full) {
        made.cycles = cv18xx_timing::array_start + passes.count * detail::conv_loop(c, two_channels) + post;
        made.products = results * c.window.y.kernel * c.window.x.kernel * c.input.size.c;
        made.full_cycles = made.products / f.array.products[width_index(c.input.bytes())];
    } else made.cycles = passes.count * detail::pool_loop(c, passes.unit) + (extreme ? 0 : post);
    return made;
}

TPU_CONVERT_INLINE charge charge_cv_matmul(clock_figures const& f, cv_matmul_command const& c) {
    auto const passes = detail::passes_of(f, c.result, true);
    bool const bf16 = c.result.type == cv_type::bf16;
    double const post = c.wide_multiplier ? cv18xx_timing::post_by_channel : cv18xx_timing::post;
    double const loop = double(c.inner) + (c.has_bias && !c.wide_multiplier ? 2 : 0) + (bf16 ? 2 : c.wide_multiplier ? 1 : 4) +
                        (c.partial_sums == 0 ? 0 : c.partial_sums == 3 ? 8 : 4) + (c.adds_result ? 2 : 0);
    charge made;
    made.cycles = cv18xx_timing::array_start + passes.count * loop + post;
    made.products = double(c.result.size.n) * c.result.size.c * c.result.size.w * c.inner;
    made.full_cycles = made.products / f.array.products[width_index(c.result.bytes())];
    return made;
}

TPU_CONVERT_INLINE charge charge_cv_tensor(clock_figures const& f, cv_tensor_command const& c, std::uint32_t table_rows) {
    double const groups = detail::passes_of(f, c.result).count;
    double const spread = c.result.layout == 3 && c.result.given.c % 16 != 0 ? 30.0 / 16 : 1;
    charge made;
    made.cycles = cv18xx_timing::command_start + cv18xx_timing::post +
                  groups * (table_rows != 0 ? 1 + table_rows + 2 : detail::element_cycles(c) * spread);
    return made;
}

TPU_CONVERT_INLINE charge charge_cv_tdma(clock_figures const& f, cv_tdma_command const& c) {
    double const joined = cv18xx_timing::joined_gap;
    double const most = c.what == cv_transfer::swap_c_w ? cv18xx_timing::turned_burst : cv18xx_timing::burst;
    bool const reads = c.what != cv_transfer::fill;
    auto const empty = [](cv_tdma_side const& s) { return s.size.n == 0 || s.size.c == 0 || s.size.h == 0 || s.size.w == 0; };
    if (empty(c.target) || (reads && empty(c.source))) return {};
    double const from = reads ? detail::side_cycles(f, c.source, joined, most) : 0;
    double const to = detail::side_cycles(f, c.target, 0, most);
    charge made;
    made.cycles = reads && !c.source.local && !c.target.local ? from + to : std::max(from, to);
    auto const bytes = [](cv_tdma_side const& s) {
        constexpr double largest = 1e18; // of damaged sizes
        double const count = double(s.size.n) * s.size.c * s.size.h * s.size.w;
        return s.local ? 0 : static_cast<std::uint64_t>(std::min(largest, count * s.bytes));
    };
    made.read = reads ? bytes(c.source) : 0, made.written = bytes(c.target);
    return made;
}

} // namespace tpu_convert::simulate
