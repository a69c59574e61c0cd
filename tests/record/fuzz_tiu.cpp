// Random SFU, RQ, DQ and TRANS&BC commands.
#include "fuzz_ar.hpp"

namespace tpu_convert::record {

namespace {

template <class Command>
void plain_shape(draw& d, Command& c) {
    std::uint32_t const lane = d.chance(20) ? d.below(64) : 0, at = lane * static_cast<std::uint32_t>(bm1684x::lane_memory_bytes);
    c.template set<"res0_n">(d.between(1, 2)), c.template set<"res0_c">(d.one_of({1u, 3u, 64u, 65u, 100u}));
    c.template set<"res0_h">(d.between(1, 4)), c.template set<"res0_w">(d.between(1, 20));
    c.template set<"res0_addr">(at + 0x1000), c.template set<"opd0_addr">(at);
    c.template set<"cmd_id">(1), c.template set<"cmd_id_en">(1);
}

} // namespace

void make_sfu(draw& d, test_case& t) {
    bm1684x::commands::sfu_short c;
    plain_shape(d, c);
    unsigned const op = d.one_of({12u, 13u, 15u, 17u}), p = op == 17 ? 2u : d.one_of({1u, 2u, 5u});
    c.set<"tsk_eu_typ">(op), c.set<"opd0_prec">(p), c.set<"res0_prec">(p);
    if (op == 15 && d.chance(50)) c.set<"res0_prec">(p == 2 ? 4 : 3);
    d.fill = filling_of(d, p);
    c.set<"opd2_n_str">(d.below(4)), c.set<"opd1_n">(op < 14 ? d.between(3, 16) : 0);
    c.set<"opd1_addr">(c.get<"opd0_addr">() + 0x800);
    t.set(isa::engine::tiu, c);
}

void make_requant(draw& d, test_case& t) {
    bm1684x::commands::rqdq_short c;
    plain_shape(d, c);
    unsigned const op = d.one_of({0u, 1u, 3u, 4u});
    c.set<"tsk_eu_typ">(op), c.set<"opd0_sign">(d.below(2)), c.set<"opd2_sign">(d.below(2));
    bool const rq = op < 3;
    c.set<"opd0_prec">(rq ? d.one_of({4u, 3u}) : d.one_of({0u, 3u}));
    c.set<"res0_prec">(rq ? d.one_of({0u, 3u}) : op == 3 ? 2u : d.one_of({4u, 3u}));
    c.set<"opd2_n_str">(d.below(5) | d.below(5) << 3);
    bool const constant = d.chance(50);
    c.set<"opd1_const">(constant);
    c.set<"opd1_addr">(c.get<"opd0_addr">() + 0x800);
    if (constant) {
        std::uint32_t const mult = static_cast<std::uint32_t>(d.random()) >> d.below(24),
                            shift = static_cast<std::uint8_t>(-static_cast<int>(d.below(40)));
        c.set<"opd1_addr">(op == 0 || op == 3 ? float_bits(d, 2) : mult);
        c.set<"opd2_addr">(op == 0 || op == 3 ? float_bits(d, 2) : shift | d.below(65536) << 8);
    } else if (op == 0 || op == 3)
        d.fill = filling::f32;
    t.set(isa::engine::tiu, c);
}

void make_compare(draw& d, test_case& t) {
    bm1684x::commands::cmp_short c;
    plain_shape(d, c);
    unsigned const p = d.below(6), v = d.below(6);
    c.set<"tsk_eu_typ">(d.between(22, 26)), c.set<"opd0_prec">(p), c.set<"opd2_prec">(v), c.set<"opd0_sign">(d.below(2));
    std::uint32_t const at = static_cast<std::uint32_t>(c.get<"opd0_addr">());
    c.set<"res0_h">(d.between(1, 2)), c.set<"res0_w">(d.between(1, 20)), c.set<"res0_addr">(at + 0x1800),
        c.set<"res1_addr">(at + 0x1C00);
    c.set<"opd1_addr">(at + 0x600), c.set<"opd2_addr">(at + 0xC00), c.set<"opd3_addr">(at + 0x1200);
    if (p == 1 || p == 2 || p == 5) d.fill = filling_of(d, p);
    bool const real = p == 1 || p == 2 || p == 5;
    if (d.chance(20))
        c.set<"opd1_const">(1), c.set<"opd1_addr">(real ? float_bits(d, p) : static_cast<std::uint32_t>(d.random()));
    if (d.chance(20)) c.set<"opd2_const">(1), c.set<"opd2_addr">(static_cast<std::uint32_t>(d.random()));
    if (d.chance(20)) c.set<"opd3_const">(1), c.set<"opd3_addr">(static_cast<std::uint32_t>(d.random()));
    t.set(isa::engine::tiu, c);
}

void make_gather(draw& d, test_case& t) {
    bm1684x::commands::sg_short c;
    plain_shape(d, c);
    unsigned const op = d.one_of({0u, 3u, 5u, 6u, 13u, 14u}), p = d.below(6);
    c.set<"tsk_eu_typ">(op), c.set<"res0_prec">(p), c.set<"opd0_prec">(p), c.set<"opd1_prec">(0);
    c.set<"res0_h">(1), c.set<"opd0_h">(1), c.set<"opd0_w">(256), c.set<"opd1_c">(c.get<"res0_c">());
    bool const scatter = op == 3 || op == 6 || op == 14, plane = op < 5;
    std::uint32_t const w = static_cast<std::uint32_t>(c.get<"res0_w">());
    if (scatter) c.set<"res0_w">(256), c.set<"opd0_w">(w), c.set<"res0_n">(1);
    if (c.get<"res0_c">() > 64) c.set<"res0_c">(64), c.set<"opd1_c">(64);
    if (plane) c.set<"opd1_c">(1);
    c.set<"opd1_w">(w);
    c.set<"opd0_addr">(0), c.set<"res0_addr">(0x1000), c.set<"opd1_addr">(0xC00);
    t.set(isa::engine::tiu, c);
}

void make_move(draw& d, test_case& t) {
    bm1684x::commands::trans_bc_short c;
    plain_shape(d, c);
    unsigned const op = d.below(6), p = d.below(6);
    c.set<"tsk_eu_typ">(op), c.set<"res0_prec">(p);
    std::uint32_t const ch = static_cast<std::uint32_t>(c.get<"res0_c">()), w = static_cast<std::uint32_t>(c.get<"res0_w">());
    c.set<"opd0_c">(op < 2 ? w : op == 3 ? 1u : ch), c.set<"opd0_w">(op < 2 ? ch : w);
    if (op == 1 && w > ch) c.set<"res0_c">(64), c.set<"opd0_w">(64);
    if (op == 0 && ch > w) c.set<"res0_c">(1), c.set<"opd0_w">(1);
    if (op == 3 && ch > 64) c.set<"res0_c">(64);
    if (op > 2) c.set<"res0_addr">(0x1000), c.set<"opd0_addr">(0);
    if (op == 5 && ch > 64) c.set<"res0_c">(64), c.set<"opd0_c">(64);
    if (op == 4 && ch > 64) c.set<"res0_c">(64), c.set<"opd0_c">(64);
    if (op > 3) {
        c.set<"opd0_addr">(bm1684x::static_base + 4 * d.below(400)), c.set<"res0_n">(1), c.set<"res0_h">(1);
        if (op == 5) c.set<"res0_w">(1), c.set<"opd0_w">(1);
    }
    t.set(isa::engine::tiu, c);
}

} // namespace tpu_convert::record
