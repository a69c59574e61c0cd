// Data movement on BM1684X: GDMA commands.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/arithmetic.hpp>
#include <tpu_convert/chip/bm1684x/emit/dma.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <tpu_convert/schedule/data_mover.hpp>

namespace tpu_convert {

template <>
struct data_mover<bm1684x> {
    using out = program<bm1684x>;

    static void load(out& p, local_tensor const& to, view const& from, std::uint64_t base) {
        bm1684x_emit::load(p, to, from, base);
    }
    static void load_rows(out& p, local_tensor const& to, view const& from, window_rows const& rows, box const& b,
                          std::uint64_t base) {
        bm1684x_emit::load_rows(p, to, from, rows, b, base);
    }
    static void store(out& p, view const& to, std::uint64_t base, local_tensor const& from) {
        bm1684x_emit::store(p, to, base, from);
    }
    static void copy(out& p, dtype t, view const& to, std::uint64_t to_base, view const& from, std::uint64_t from_base) {
        bm1684x_emit::copy_global(p, t, to, to_base, from, from_base);
    }
    static void fill(out& p, dtype t, view const& to, std::uint64_t base, std::uint32_t bits) {
        bm1684x_emit::fill_global(p, t, to, base, bits);
    }
    // Channels stay in their lanes.
    static local_tensor local_window(kernel_builder<bm1684x>& b, local_tensor const& from, box const& held, box const& wanted) {
        if (held == wanted) return from;
        local_tensor part = from;
        for (int i : {0, 2, 3}) part.address += (wanted.begin[i] - held.begin[i]) * from.strides[i] * from.bytes();
        part.dims = wanted.size;
        part.layout = local_layout::strided;
        local_tensor const made = b.scratch(wanted.size, from.type, from.layout);
        bm1684x_emit::copy(b, bm1684x_emit::as_bits(made), bm1684x_emit::as_bits(part));
        return made;
    }
    static void scatter(out& p, dtype t, gather_plan const& g, bm1684x_emit::gather_addresses at) {
        bm1684x_emit::scatter_global(p, t, at, g.rows, g.row_elements, g.count);
    }
    static void gather(out& p, dtype t, gather_plan const& g, bm1684x_emit::gather_addresses at) {
        std::uint64_t const size = bytes_of(t);
        for (std::int64_t o = 0; o < g.outer; ++o) {
            bm1684x_emit::gather_global(p, t, at, g.rows, g.row_elements, g.count);
            at.table += static_cast<std::uint64_t>(g.rows * g.row_elements) * size;
            at.target += static_cast<std::uint64_t>(g.count * g.row_elements) * size;
        }
    }
};

} // namespace tpu_convert
