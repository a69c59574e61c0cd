// Random multiply-accumulate commands.
#include "fuzz_families.hpp"
#include <tpu_convert/core/float16.hpp>

namespace tpu_convert::record {

namespace {

constexpr std::uint32_t lane_bytes = bm1684x::lane_memory_bytes;
// Parts of the window: input, weights, bias, padding values, result.
constexpr std::uint32_t at_input = 0, at_weights = 0xC00, at_bias = 0x1600, at_padding = 0x1700, at_result = 0x1800;

std::uint32_t size_of(unsigned prec) { return prec == 0 ? 1 : prec == 2 || prec == 4 ? 4 : 2; }

filling filling_of(draw& d, unsigned prec) {
    bool const special = d.chance(15);
    if (prec == 0) return filling::bits;
    if (prec == 1) return special ? filling::f16_special : filling::f16;
    if (prec == 5) return special ? filling::bf16_special : filling::bf16;
    return special ? filling::f32_special : filling::f32;
}

std::uint32_t constant_bits(draw& d, unsigned prec) {
    float const v = static_cast<float>(static_cast<int>(d.below(2000)) - 1000) * 0.01f;
    if (prec == 2) return std::bit_cast<std::uint32_t>(v);
    return prec == 0 ? d.below(256) : prec == 5 ? f32_to_bf16(v) : f32_to_f16(v);
}

std::uint32_t up(std::uint32_t v, std::uint32_t to) { return (v + to - 1) / to * to; }

struct axis {
    std::uint32_t size, kernel, stride, dilation, before, after, inserted, results;
};

// False if there is no result.
bool draw_axis(draw& d, axis& a) {
    a = {d.between(1, 9), d.between(1, 4), d.between(1, 3), d.chance(70) ? 1 : d.between(1, 3), d.chance(60) ? 0 : d.below(4),
         d.chance(60) ? 0 : d.below(4), d.chance(80) ? 0 : d.below(3), 0};
    if (d.chance(20)) a.size = d.between(10, 30);
    std::uint32_t const extended = (a.size - 1) * (a.inserted + 1) + 1 + a.before + a.after,
                        needed = (a.kernel - 1) * a.dilation + 1;
    if (extended < needed) return false;
    a.results = (extended - needed) / a.stride + 1;
    return true;
}

template <class Command>
void set_window(Command& c, axis const& y, axis const& x) {
    c.template set<"opd0_h">(y.size), c.template set<"opd0_w">(x.size);
    c.template set<"opd1_h">(y.kernel), c.template set<"opd1_w">(x.kernel);
    c.template set<"res_op_y_str">(y.stride), c.template set<"res_op_x_str">(x.stride);
    c.template set<"opd1_y_ins0">(y.dilation - 1), c.template set<"opd1_x_ins0">(x.dilation - 1);
    c.template set<"opd0_up_pad">(y.before), c.template set<"opd0_dn_pad">(y.after);
    c.template set<"opd0_lf_pad">(x.before), c.template set<"opd0_rt_pad">(x.after);
    c.template set<"opd0_y_ins0">(y.inserted), c.template set<"opd0_x_ins0">(x.inserted);
    c.template set<"res0_h">(y.results), c.template set<"res0_w">(x.results);
}

// Bytes in one lane of an aligned tensor.
std::uint32_t lane_size(std::uint32_t lane, std::uint32_t n, std::uint32_t c, std::uint32_t plane, std::uint32_t bytes) {
    return n * ((lane + c + 63) / 64) * up(plane * bytes, 64);
}

bool try_conv(draw& d, bm1684x::commands::conv_short& c, unsigned prec) {
    axis y, x;
    if (!draw_axis(d, y) || !draw_axis(d, x)) return false;
    std::uint32_t const n = d.between(1, 2), ic = d.one_of({1u, 2u, 3u, 5u, 31u, 33u, 64u, 70u, 129u}),
                        oc = d.one_of({1u, 3u, 16u, 17u, 64u, 70u});
    std::uint32_t const bytes = size_of(prec), p = bytes == 4 ? 1 : 64 / bytes;
    unsigned const result = prec == 0 ? d.one_of({4u, 4u, 3u, 0u}) : d.chance(50) ? 2u : prec;
    std::uint32_t const lane = d.chance(30) ? d.below(64) : 0, in_lane = d.chance(20) && lane ? d.below(64) : 0;
    std::uint32_t const rows = (lane + oc + 63) / 64;
    if (rows * up(ic, p) * y.kernel * x.kernel * bytes > at_bias - at_weights) return false;
    if (lane_size(in_lane, n, ic, y.size * x.size, bytes) > at_weights) return false;
    if (lane_size(lane, n, oc, y.results * x.results, size_of(result)) > window - at_result) return false;
    c.set<"tsk_eu_typ">(0), c.set<"cmd_id">(1), c.set<"cmd_id_en">(1), set_window(c, y, x);
    c.set<"res0_n">(n), c.set<"res0_c">(oc), c.set<"opd0_c">(ic), c.set<"res0_prec">(result), c.set<"opd0_prec">(prec);
    c.set<"opd0_sign">(d.below(2)), c.set<"opd1_sign">(d.below(2)), c.set<"opd2_sign">(d.below(2));
    c.set<"pad_mode">(y.before < y.size && y.after < y.size && x.before < x.size && x.after < x.size ? d.below(4) : 0);
    c.set<"kernel_rotate">(d.chance(20)), c.set<"res_add">(size_of(result) == 4 && d.chance(25));
    std::uint32_t const at = lane * lane_bytes;
    c.set<"opd0_addr">(in_lane * lane_bytes + at_input), c.set<"opd1_addr">(at + at_weights), c.set<"res0_addr">(at + at_result);
    c.set<"opd2_addr">(at + at_bias), c.set<"opd3_addr">(at + at_padding);
    if (d.chance(20)) c.set<"opd1_const">(1), c.set<"opd1_addr">(constant_bits(d, prec));
    if (d.chance(30)) c.set<"opd2_const">(1), c.set<"opd2_addr">(constant_bits(d, prec == 0 ? 0 : 2));
    if (d.chance(60)) c.set<"opd3_const">(1), c.set<"opd3_addr">(constant_bits(d, prec));
    c.set<"opd0_str">(d.one_of({0u, 0u, 1u, 3u}));
    std::uint32_t const plane = y.size * x.size;
    c.set<"opd0_w_str">(d.below(2)), c.set<"opd0_h_str">(d.chance(20) ? 0 : x.size),
        c.set<"opd0_c_str">(d.chance(20) ? 0 : plane);
    c.set<"opd0_n_str">(d.chance(20) ? 0 : plane * ((in_lane + ic + 63) / 64));
    return true;
}

void make_conv(draw& d, test_case& t, unsigned prec) {
    d.fill = filling_of(d, prec);
    bm1684x::commands::conv_short c;
    while (!try_conv(d, c, prec)) c = {};
    t.set(isa::engine::tiu, c);
    t.nans_are_equal = c.get<"res0_prec">() == 2;
}

bool try_mm2(draw& d, bm1684x::commands::mm2_short& c, unsigned prec) {
    unsigned const form = d.between(4, 6), result = prec == 0 ? 4u : d.chance(50) ? 2u : prec;
    std::uint32_t const m = d.between(1, 80), n = d.between(1, 150), k = d.between(1, 150), bytes = size_of(prec);
    std::uint32_t const q0 = d.chance(70) ? 0 : d.below(64), q1 = d.chance(70) ? 0 : d.below(64),
                        q2 = d.chance(70) ? 0 : d.below(64);
    std::uint32_t const rows0 = form == 6 ? k : m, cols0 = form == 6 ? n : k, rows1 = form == 4 ? k : form == 5 ? n : m;
    std::uint32_t const cols1 = form == 4 ? n : k;
    if (lane_size(q0, 1, rows0, cols0, bytes) > at_weights ||
            lane_size(q1, 1, rows1, cols1, bytes) > at_bias - at_weights) return false;
    if (lane_size(q2, 1, m, n, size_of(result)) > window - at_result) return false;
    c.set<"tsk_eu_typ">(form), c.set<"cmd_id">(1), c.set<"cmd_id_en">(1), c.set<"res0_prec">(result), c.set<"opd0_prec">(prec);
    c.set<"opd0_sign">(d.below(2)), c.set<"opd1_sign">(d.below(2)), c.set<"res0_c">(m), c.set<"res0_w">(n);
    c.set<"opd1_c">(rows1), c.set<"opd1_w">(cols1), c.set<"res_add">(size_of(result) == 4 && d.chance(25));
    c.set<"opd0_addr">(q0 * lane_bytes + at_input), c.set<"opd1_addr">(q1 * lane_bytes + at_weights);
    c.set<"opd2_addr">(q1 * lane_bytes + at_bias), c.set<"res0_addr">(q2 * lane_bytes + at_result);
    if (d.chance(15)) c.set<"opd0_const">(1), c.set<"opd0_addr">(constant_bits(d, prec));
    else if (d.chance(15)) c.set<"opd1_const">(1), c.set<"opd1_addr">(constant_bits(d, prec));
    if (d.chance(40)) c.set<"opd2_const">(1), c.set<"opd2_addr">(constant_bits(d, prec == 0 ? 0 : 2));
    return true;
}

void make_mm2(draw& d, test_case& t, unsigned prec) {
    d.fill = filling_of(d, prec);
    bm1684x::commands::mm2_short c;
    while (!try_mm2(d, c, prec)) c = {};
    t.set(isa::engine::tiu, c);
    t.nans_are_equal = c.get<"res0_prec">() == 2;
}

bool try_mm(draw& d, bm1684x::commands::mm_short& c) {
    bool const turned = d.chance(40);
    std::uint32_t const m = d.between(1, 12), n = d.between(1, 40), k = d.between(1, 40), q = d.chance(70) ? 0 : d.below(64);
    std::uint32_t const down = turned ? k : m, across = turned ? m : k, lw = d.between(1, across), rw = d.between(1, n);
    std::uint32_t const lc = (across + lw - 1) / lw, rc = (n + rw - 1) / rw;
    if (lane_size(q, down, lc, lw, 4) > at_weights || lane_size(q, k, rc, rw, 4) > at_bias - at_weights) return false;
    if (lane_size(q, m, rc, rw, 4) > window - at_result || lane_size(q, 1, rc, rw, 4) > at_result - at_bias) return false;
    c.set<"tsk_eu_typ">(1), c.set<"cmd_id">(1), c.set<"cmd_id_en">(1), c.set<"res0_prec">(2), c.set<"opd0_prec">(2);
    c.set<"opd0_sign">(1), c.set<"opd1_sign">(1), c.set<"opd2_sign">(1);
    c.set<"left_tran">(turned), c.set<"res_add">(d.chance(25));
    c.set<"opd0_n">(down), c.set<"opd0_c">(lc), c.set<"opd0_w">(lw), c.set<"opd1_w">(across - (lc - 1) * lw);
    c.set<"res0_c">(rc), c.set<"res0_w">(rw);
    std::uint32_t const at = q * lane_bytes;
    c.set<"opd0_addr">(at + at_input), c.set<"opd1_addr">(at + at_weights), c.set<"opd2_addr">(at + at_bias),
        c.set<"res0_addr">(at + at_result);
    if (d.chance(15)) c.set<"opd0_const">(1), c.set<"opd0_addr">(constant_bits(d, 2));
    if (d.chance(30)) c.set<"opd2_const">(1), c.set<"opd2_addr">(constant_bits(d, 2));
    return true;
}

bool try_pool(draw& d, bm1684x::commands::pord_short& c, unsigned prec) {
    axis y, x;
    if (!draw_axis(d, y) || !draw_axis(d, x)) return false;
    unsigned const op = d.one_of({0u, 0u, 1u, 2u, 4u}), result = prec == 0 ? op == 4 ? 0u : d.one_of({0u, 3u, 4u}) : prec;
    std::uint32_t const n = d.between(1, 2), ch = d.one_of({1u, 3u, 63u, 64u, 70u}), lane = d.chance(30) ? d.below(64) : 0,
                        bytes = size_of(prec);
    if (lane_size(lane, n, ch, y.size * x.size, bytes) > at_weights) return false;
    if (lane_size(lane, n, ch, y.results * x.results, size_of(result)) > window - at_result) return false;
    c.set<"tsk_eu_typ">(op), c.set<"cmd_id">(1), c.set<"cmd_id_en">(1), set_window(c, y, x);
    c.set<"res0_n">(n), c.set<"res0_c">(ch), c.set<"res0_prec">(result), c.set<"opd0_prec">(prec);
    c.set<"opd0_sign">(d.below(2)), c.set<"opd1_sign">(d.below(2)), c.set<"opd2_sign">(d.below(2));
    c.set<"pad_mode">(y.before < y.size && y.after < y.size && x.before < x.size && x.after < x.size ? d.below(4) : 0);
    c.set<"kernel_rotate">(op != 4 && op != 1 && d.chance(20)), c.set<"opd2_n_str">(d.below(7));
    if (prec == 0) c.set<"res1_addr">(d.below(20) << 8);
    std::uint32_t const at = lane * lane_bytes;
    c.set<"opd0_addr">(at + at_input), c.set<"opd1_addr">(at + at_weights), c.set<"res0_addr">(at + at_result);
    c.set<"opd2_addr">(at + at_bias), c.set<"opd3_addr">(at + at_padding);
    if (op == 1 || d.chance(20)) c.set<"opd1_const">(1), c.set<"opd1_addr">(constant_bits(d, prec));
    if (op == 1) c.set<"opd2_const">(1), c.set<"opd2_addr">(d.below(20));
    else if (d.chance(30)) c.set<"opd2_const">(1), c.set<"opd2_addr">(constant_bits(d, prec == 0 ? 4 : prec));
    if (d.chance(60)) c.set<"opd3_const">(1), c.set<"opd3_addr">(constant_bits(d, prec));
    return true;
}

void make_pool(draw& d, test_case& t, unsigned prec) {
    d.fill = filling_of(d, prec);
    bm1684x::commands::pord_short c;
    while (!try_pool(d, c, prec)) c = {};
    t.set(isa::engine::tiu, c);
    t.nans_are_equal = prec == 2;
}

} // namespace

void make_pool_f16(draw& d, test_case& t) { make_pool(d, t, d.one_of({1u, 5u})); }
void make_pool_f32(draw& d, test_case& t) { make_pool(d, t, 2); }
void make_pool_i8(draw& d, test_case& t) { make_pool(d, t, 0); }
void make_mm2_f16(draw& d, test_case& t) { make_mm2(d, t, d.one_of({1u, 5u})); }
void make_mm2_i8(draw& d, test_case& t) { make_mm2(d, t, 0); }
void make_mm(draw& d, test_case& t) {
    d.fill = filling_of(d, 2);
    bm1684x::commands::mm_short c;
    while (!try_mm(d, c)) c = {};
    t.set(isa::engine::tiu, c);
    t.nans_are_equal = true;
}

void make_conv_f16(draw& d, test_case& t) { make_conv(d, t, d.one_of({1u, 5u})); }
void make_conv_f32(draw& d, test_case& t) { make_conv(d, t, 2); }
void make_conv_i8(draw& d, test_case& t) { make_conv(d, t, 0); }

} // namespace tpu_convert::record
