// Random AR commands on integers, and casts between all types.
#include "fuzz_ar.hpp"

namespace tpu_convert::record {

namespace {

using ar = bm1684x::commands::ar_short;

void start(draw& d, ar& c, unsigned op, unsigned operands) {
    ar_shape(d, c);
    c.set<"tsk_eu_typ">(op), c.set<"tsk_opd_num">(operands), c.set<"cmd_id">(1), c.set<"cmd_id_en">(1);
    d.fill = filling::bits;
}

void signs(draw& d, ar& c) {
    c.set<"opd0_sign">(d.below(2)), c.set<"opd1_sign">(d.below(2)), c.set<"opd2_sign">(d.below(2));
}

void maybe_constant(draw& d, ar& c) {
    std::uint32_t const v = static_cast<std::uint32_t>(d.random()) >> d.below(32);
    if (d.chance(15)) c.set<"opd0_const">(1), c.set<"opd0_addr">(v);
    else if (d.chance(20)) c.set<"opd1_const">(1), c.set<"opd1_addr">(v);
}

} // namespace

// add, sub, mul, wrapping and saturating, with and without shift.
void make_ar_integer(draw& d, test_case& t) {
    ar c;
    start(d, c, d.one_of({0u, 2u, 3u, 15u, 16u, 20u}), d.one_of({2u, 3u}));
    c.set<"res0_prec">(d.one_of({0u, 3u, 4u})), c.set<"opd0_prec">(d.one_of({0u, 3u, 4u})),
        c.set<"opd1_prec">(d.one_of({0u, 3u, 4u}));
    signs(d, c), maybe_constant(d, c);
    c.set<"opd2_prec">(0), c.set<"opd2_n_str">(d.below(7));
    c.set<"opd2_const">(1), c.set<"opd2_addr">(static_cast<std::uint8_t>(static_cast<int>(d.below(24)) - 16));
    t.set(isa::engine::tiu, c);
}

void make_ar_cast(draw& d, test_case& t) {
    ar c;
    start(d, c, 14, 1);
    unsigned const from = d.below(6), to = from == 1 || from == 5 ? d.one_of({0u, from, 2u, 3u, 4u}) : d.below(6);
    c.set<"res0_prec">(to), c.set<"opd0_prec">(from), c.set<"opd1_prec">(from);
    signs(d, c);
    c.set<"opd2_n_str">(d.below(5));
    if (from == 1 || from == 2 || from == 5) d.fill = filling_of(d, from);
    t.set(isa::engine::tiu, c);
}

// Operations that need equal types.
void make_ar_bits(draw& d, test_case& t) {
    ar c;
    start(d, c, d.one_of({4u, 5u, 7u, 8u, 9u, 10u, 11u, 13u, 1u, 26u, 19u}), 2);
    unsigned const p = d.one_of({0u, 3u, 4u}), op = static_cast<unsigned>(c.get<"tsk_eu_typ">());
    bool const select = op == 10 || op == 11 || op == 13;
    if (op == 1 || op == 26 || op == 19) c.set<"tsk_opd_num">(1);
    c.set<"res0_prec">(p), c.set<"opd0_prec">(p), c.set<"opd1_prec">(p), c.set<"opd2_prec">(p);
    unsigned const sign = d.below(2);
    c.set<"opd0_sign">(sign), c.set<"opd1_sign">(sign), c.set<"opd2_sign">(sign);
    maybe_constant(d, c);
    if (select) c.set<"tsk_opd_num">(3), c.set<"opd2_const">(1), c.set<"opd2_addr">(static_cast<std::uint32_t>(d.random()));
    t.set(isa::engine::tiu, c);
}

// Float selections, multiply-accumulate, absolute value and copy.
void make_ar_float_rest(draw& d, test_case& t) {
    ar c;
    unsigned const op = d.one_of({10u, 11u, 13u, 18u, 19u, 26u}), p = d.one_of({1u, 2u, 5u});
    start(d, c, op, op == 19 || op == 26 ? 1 : op == 18 ? 2 : 3);
    d.fill = filling_of(d, p);
    c.set<"res0_prec">(p), c.set<"opd0_prec">(p), c.set<"opd1_prec">(p), c.set<"opd2_prec">(p);
    c.set<"opd0_sign">(1), c.set<"opd1_sign">(1), c.set<"opd2_sign">(1);
    if (op != 18 && op < 18) c.set<"opd2_const">(1), c.set<"opd2_addr">(float_bits(d, p));
    if (d.chance(20)) c.set<"opd1_const">(1), c.set<"opd1_addr">(float_bits(d, p));
    t.set(isa::engine::tiu, c);
}

} // namespace tpu_convert::record
