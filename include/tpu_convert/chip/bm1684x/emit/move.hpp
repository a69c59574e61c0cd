// Movements within local memory.
#pragma once
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/chip/bm1684x/emit/arithmetic.hpp>

namespace tpu_convert::bm1684x_emit {

// dst(n, w, 0, c) = x(n, c, 0, w); both aligned.
inline void exchange_channels(builder& b, local_tensor const& dst, local_tensor const& x) {
    if (b.measuring()) return;
    bm1684x::commands::trans_bc_short c;
    x.dims[1] > x.dims[3] ? c.select<"tsbc.cw_ts">() : c.select<"tsbc.wc_ts">();
    detail::set_shape(c, dst.dims);
    c.set<"res0_prec">(dst.bytes() == 1   ? bm1684x::precision::i8
                       : dst.bytes() == 2 ? bm1684x::precision::i16
                                          : bm1684x::precision::i32);
    c.set<"opd0_c">(x.dims[1]);
    c.set<"opd0_w">(x.dims[3]);
    c.set<"res0_addr">(dst.address);
    c.set<"opd0_addr">(x.address);
    b.out().tiu(c, {write_of(dst), read_of(x)});
}

// One row, of lane 0, in as many lanes as `channels` asks for; seen as so many channels.
inline local_tensor in_every_lane(builder& b, local_tensor const& row, std::int64_t channels) {
    local_tensor made = b.scratch({1, std::min(channels, bm1684x::lanes), 1, row.dims[3]}, row.type);
    if (!b.measuring()) {
        bm1684x::commands::trans_bc_short c;
        c.select<"tsbc.l_bc">();
        detail::set_shape(c, made.dims);
        c.set<"res0_prec">(bm1684x::precision_of(row.type));
        c.set<"opd0_c">(1);
        c.set<"opd0_w">(row.dims[3]);
        c.set<"res0_addr">(made.address);
        c.set<"opd0_addr">(row.address);
        b.out().tiu(c, {write_of(made), read_of(row)});
    }
    made = strided(made);
    made.dims[1] = channels, made.strides[1] = 0;
    return made;
}

} // namespace tpu_convert::bm1684x_emit
