// Random AR commands.
#include "fuzz_ar.hpp"

namespace tpu_convert::record {

namespace {

using ar = bm1684x::commands::ar_short;


} // namespace

void make_ar_float(draw& d, test_case& t) {
    ar c;
    unsigned const prec = d.one_of({1u, 2u, 5u});
    d.fill = filling_of(d, prec);
    ar_shape(d, c);
    unsigned const op = d.one_of({0u, 2u, 3u, 4u, 5u, 12u, 27u});
    c.set<"tsk_eu_typ">(op), c.set<"tsk_opd_num">(2), c.set<"cmd_id">(1), c.set<"cmd_id_en">(1);
    c.set<"res0_prec">(prec), c.set<"opd0_prec">(prec), c.set<"opd1_prec">(prec), c.set<"opd2_prec">(0);
    c.set<"opd0_sign">(1), c.set<"opd1_sign">(1), c.set<"opd2_sign">(1);
    if (op == 12)
        c.set<"opd2_n_str">(d.below(4)), c.set<"res0_prec">(2), c.set<"opd0_prec">(2), c.set<"opd1_prec">(2),
            d.fill = filling_of(d, 2);
    unsigned const type = op == 12 ? 2 : prec;
    if (d.chance(20)) c.set<"opd0_const">(1), c.set<"opd0_addr">(float_bits(d, type));
    else if (d.chance(20)) c.set<"opd1_const">(1), c.set<"opd1_addr">(float_bits(d, type));
    t.set(isa::engine::tiu, c);
}

} // namespace tpu_convert::record
