// Cycles of single TIU commands in both calibrations, by hand.
#include <doctest/doctest.h>
#include <tpu_convert/simulate/clock_bm1684x.hpp>

using namespace tpu_convert;
using namespace tpu_convert::simulate;

namespace {

using commands = bm1684x::commands;
using codes = bm1684x::precision;

template <class Command>
double vendor(Command const& c) {
    return charge_of(timed<bm1684x>{figures_of(bm1684x{}, clock_rates::vendor)}, c).cycles;
}
template <class Command>
double silicon(Command const& c) {
    return charge_of(timed<bm1684x>{figures_of(bm1684x{}, clock_rates::silicon)}, c).cycles;
}

template <class Command>
void set_result(Command& c, unsigned type, int n, int ch, int h, int w) {
    c.template set<"res0_prec">(type);
    c.template set<"res0_n">(n), c.template set<"res0_c">(ch), c.template set<"res0_h">(h), c.template set<"res0_w">(w);
}

commands::conv_short conv(unsigned type, int in, int out, int kernel, int side) {
    commands::conv_short c;
    set_result(c, type, 1, out, side, side);
    c.set<"opd0_prec">(type);
    c.set<"opd0_c">(in), c.set<"opd0_h">(side), c.set<"opd0_w">(side);
    c.set<"opd1_h">(kernel), c.set<"opd1_w">(kernel);
    return c;
}

commands::mm2_short product(int rows, int columns, int inner) {
    commands::mm2_short c;
    c.select<"mm2.tt">();
    c.set<"opd0_prec">(codes::bf16), c.set<"res0_prec">(codes::bf16);
    c.set<"res0_c">(rows), c.set<"res0_w">(columns), c.set<"opd1_w">(inner);
    return c;
}

commands::ar_short add(unsigned type, int ch, int w) {
    commands::ar_short c;
    c.select<"arith.add">();
    set_result(c, type, 1, ch, 1, w);
    c.set<"opd0_prec">(type), c.set<"opd1_prec">(type), c.set<"tsk_opd_num">(2);
    return c;
}

} // namespace

TEST_CASE("the clock charges a convolution for its blocks of channels and of four pixels") {
    CHECK(vendor(conv(codes::f16, 24, 24, 3, 64)) == 9216); // 1024 blocks of pixels, 9 taps
    CHECK(silicon(conv(codes::f16, 24, 24, 3, 64)) == 9255);
    CHECK(vendor(conv(codes::f16, 33, 65, 1, 64)) == 4096);      // two blocks of inputs, two of outputs
    CHECK(vendor(conv(codes::i8, 64, 128, 3, 56)) == 14112);     // 2 x 784 x 9
    CHECK(vendor(conv(codes::f32, 24, 24, 3, 64)) == 256 * 9 * 24); // 16 pixels at once, one input after the other
    auto shifted = conv(codes::f16, 24, 24, 3, 64);
    shifted.set<"res0_addr">(60 * bm1684x::lane_memory_bytes); // lanes 60 to 63, then 0 to 19: a second row of channels
    CHECK(vendor(shifted) == 2 * 9216);
}

TEST_CASE("the clock counts a convolution's products and the share of the array that they use") {
    timed<bm1684x> const t{figures_of(bm1684x{}, clock_rates::vendor)};
    auto const c = charge_of(t, conv(codes::f16, 24, 24, 3, 64));
    CHECK(c.products == 24.0 * 24 * 9 * 4096);
    CHECK(c.full_cycles == c.products / 8192);
    CHECK(charge_of(t, conv(codes::i8, 64, 64, 1, 8)).full_cycles == 16); // the array is full
    CHECK(charge_of(t, conv(codes::i8, 64, 64, 1, 8)).cycles == 16);
}

TEST_CASE("the clock charges a matrix product for rows in lanes, four columns at once") {
    CHECK(vendor(product(1728, 1, 2048)) == 1728); // 27 rows of lanes, 64 blocks of inner terms
    CHECK(vendor(product(1216, 1, 2048)) == 1216);
    CHECK(vendor(product(1024, 1, 2048)) == 1024);
    CHECK(vendor(product(64, 5, 32)) == 2);
    CHECK(silicon(product(1728, 1, 2048)) == 1728 + 37);
}

TEST_CASE("the clock charges the vector units for passes over the widest element") {
    CHECK(vendor(add(codes::f32, 1, 2048)) == 128);
    CHECK(silicon(add(codes::f32, 1, 2048)) == 138);
    CHECK(vendor(add(codes::f16, 65, 2048)) == 2 * 64);
    auto widen = add(codes::i32, 64, 64);
    widen.set<"opd0_prec">(codes::i8), widen.set<"opd1_prec">(codes::i8);
    CHECK(vendor(widen) == 4);
    auto divide = add(codes::f32, 64, 16);
    divide.select<"arith.div">();
    CHECK(vendor(divide) == 5);
}

TEST_CASE("the clock charges pooling for every element of the window, and half as much again on silicon") {
    commands::pord_short c;
    c.select<"pord.maxpooling">();
    set_result(c, codes::i8, 1, 64, 16, 16);
    c.set<"opd0_prec">(codes::i8), c.set<"opd1_h">(3), c.set<"opd1_w">(3);
    CHECK(vendor(c) == 4 * 9);
    CHECK(silicon(c) == 4 * 9 * 1.5 + 10);
}

TEST_CASE("the clock charges special functions, requantization and moves") {
    commands::sfu_short root;
    root.select<"sfu.rsqrt">();
    set_result(root, codes::f32, 1, 64, 1, 16);
    CHECK(vendor(root) == 30);
    CHECK(silicon(root) == 44);
    commands::sfu_short series;
    series.select<"sfu.taylor">();
    set_result(series, codes::f32, 1, 64, 1, 32);
    series.set<"opd1_n">(10);
    CHECK(vendor(series) == 20);
    commands::rqdq_short requant;
    set_result(requant, codes::i8, 1, 64, 8, 16);
    requant.set<"opd0_prec">(codes::i32);
    requant.set<"res0_addr">(4096), requant.set<"opd0_addr">(16384);
    CHECK(vendor(requant) == 8);
    CHECK(silicon(requant) == 8 + 11);
    requant.set<"opd0_addr">(8192); // the banks clash
    CHECK(silicon(requant) == 2 * 8 + 11);
    commands::trans_bc_short spread;
    spread.select<"tsbc.l_bc">();
    set_result(spread, codes::f32, 1, 64, 1, 2048);
    CHECK(vendor(spread) == 128);
    CHECK(silicon(spread) == 156);
}
