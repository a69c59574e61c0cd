// Cycles of the CV18xx family's commands, by the vendor's open model.
#include <doctest/doctest.h>
#include <tpu_convert/isa/stream.hpp>
#include <tpu_convert/simulate/clock_cv18xx.hpp>

using namespace tpu_convert;

namespace {

template <class Chip>
typename Chip::commands::conv convolution(std::uint32_t id, std::uint32_t wait) {
    typename Chip::commands::conv c;
    c.template set<"cmd_id">(id), c.template set<"cmd_id_dep">(wait), c.template set<"tsk_opd_num">(3);
    c.template set<"opt_chl_quan">(1), c.template set<"double_conv">(1);
    c.template set<"res0_n">(1), c.template set<"res0_c">(16), c.template set<"res0_h">(10), c.template set<"res0_w">(10);
    c.template set<"opd0_n">(1), c.template set<"opd0_c">(8), c.template set<"opd0_h">(12), c.template set<"opd0_w">(12);
    c.template set<"opd1_n">(8), c.template set<"opd1_c">(16), c.template set<"opd1_h">(3), c.template set<"opd1_w">(3);
    return c;
}
template <class Chip>
typename Chip::commands::tdma load(std::uint32_t id) {
    typename Chip::commands::tdma c;
    c.template set<"cmd_id">(id), c.template set<"src_n">(1), c.template set<"src_c">(8), c.template set<"src_h">(1);
    c.template set<"src_w">(128), c.template set<"dst_c">(8), c.template set<"dst_h">(1), c.template set<"dst_w">(128);
    c.template set<"src_c_stride_low">(128), c.template set<"dst_c_stride_low">(128), c.template set<"dst_h_stride">(0);
    return c;
}

template <class Chip>
double cycles(bool tiu, bool dma, bool waits = false) {
    std::vector<std::byte> t, d;
    if (dma) isa::append(d, load<Chip>(1));
    if (tiu) isa::append(t, convolution<Chip>(1, waits ? 1 : 0));
    simulate::clock<Chip> clock(cv18xx_timing::figures<Chip>);
    clock.run(t, d);
    return clock.cycles();
}

} // namespace

TEST_CASE("a convolution: groups of 16 results of each lane, two channels a cycle") {
    CHECK(cycles<cv181x>(true, false) == 41 + 2 * 7 * (9 * 4 + 1) + 31);
    CHECK(cycles<cv180x>(true, false) == 41 + 8 * 7 * (9 * 4 + 1) + 31);
    CHECK(cycles<cv183x>(true, false) == 41 + 1 * 7 * (9 * 4 + 1) + 31);
}

TEST_CASE("a load takes as long as the memory, at least a cycle for each 16 bytes of a lane") {
    CHECK(cycles<cv181x>(false, true) == 67); // 1024 bytes at 15.088 a cycle
    CHECK(cycles<cv182x>(false, true) == 101);
}

TEST_CASE("both engines work at the same time unless one waits for the other") {
    double const tiu = cycles<cv181x>(true, false), dma = cycles<cv181x>(false, true);
    CHECK(cycles<cv181x>(true, true) == tiu);
    CHECK(cycles<cv181x>(true, true, true) == tiu + dma);
}
