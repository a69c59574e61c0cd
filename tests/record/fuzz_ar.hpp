// Parts of random AR commands.
#pragma once
#include "fuzz_families.hpp"

namespace tpu_convert::record {

// Four operands of the window's quarters; sizes such that each fits in any layout.
template <class Command>
void ar_shape(draw& d, Command& c) {
    std::uint32_t const n = d.between(1, 2), ch = d.one_of({1u, 3u, 64u, 65u, 100u}), h = d.between(1, 4), w = d.between(1, 20);
    c.template set<"res0_n">(n), c.template set<"res0_c">(ch), c.template set<"res0_h">(h), c.template set<"res0_w">(w);
    std::uint32_t const lane = d.chance(20) ? d.below(64) : 0;
    std::uint32_t const quarter = window / 4, at = lane * static_cast<std::uint32_t>(bm1684x::lane_memory_bytes);
    c.template set<"res0_addr">(at + 3 * quarter), c.template set<"opd0_addr">(at), c.template set<"opd1_addr">(at + quarter);
    c.template set<"opd2_addr">(at + 2 * quarter);
    auto const code = [&] { return d.one_of({0u, 0u, 1u, 3u}); };
    c.template set<"res0_str">(code()), c.template set<"opd0_str">(code()), c.template set<"opd1_str">(code());
    std::uint32_t const hs = d.chance(50) ? w : w + 3, cs = hs * h + d.below(9), ns = cs * 3;
    c.template set<"res0_n_str">(ns), c.template set<"res0_c_str">(cs), c.template set<"res0_h_str">(hs),
        c.template set<"res0_w_str">(1);
    auto const maybe = [&](std::uint32_t s) { return d.chance(30) ? 0u : s; };
    c.template set<"opd0_n_str">(maybe(ns)), c.template set<"opd0_c_str">(maybe(cs)), c.template set<"opd0_h_str">(maybe(hs)),
        c.template set<"opd0_w_str">(maybe(1));
    c.template set<"opd1_n_str">(maybe(ns)), c.template set<"opd1_c_str">(maybe(cs)), c.template set<"opd1_h_str">(maybe(hs)),
        c.template set<"opd1_w_str">(maybe(1));
}

inline std::uint32_t float_bits(draw& d, unsigned prec) {
    float const v = d.chance(20) ? 0.0f : static_cast<float>(static_cast<int>(d.below(2000)) - 1000) * 0.01f;
    std::uint32_t const bits = std::bit_cast<std::uint32_t>(v);
    return prec == 2 ? bits : prec == 5 ? bits >> 16 : f32_to_f16(v);
}

inline filling filling_of(draw& d, unsigned prec) {
    bool const special = d.chance(30);
    if (prec == 1) return special ? filling::f16_special : filling::f16;
    if (prec == 5) return special ? filling::bf16_special : filling::bf16;
    return special ? filling::f32_special : filling::f32;
}

} // namespace tpu_convert::record
