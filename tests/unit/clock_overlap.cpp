// Both engines at once: commands wait for ids of the other engine, and for nothing else.
#include <doctest/doctest.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/isa/stream.hpp>
#include <tpu_convert/simulate/clock_bm1684x.hpp>
#include <tpu_convert/simulate/clock_summary.hpp>

using namespace tpu_convert;
using namespace tpu_convert::simulate;

namespace {

// 128 cycles in the vendor calibration.
void add(std::vector<std::byte>& stream, unsigned id, unsigned wait) {
    bm1684x::commands::ar_short c;
    c.select<"arith.add">();
    c.set<"cmd_id">(id), c.set<"cmd_id_dep">(wait);
    c.set<"res0_prec">(bm1684x::precision::f32), c.set<"opd0_prec">(bm1684x::precision::f32);
    c.set<"res0_n">(1), c.set<"res0_c">(1), c.set<"res0_h">(1), c.set<"res0_w">(2048);
    isa::append(stream, c);
}

// 54016 bytes, 999 cycles.
void load(std::vector<std::byte>& stream, unsigned id, unsigned wait) {
    bm1684x::commands::dma_tensor c;
    c.set<"cmd_id">(id), c.set<"cmd_id_dep">(wait);
    c.set<"src_start_addr_h8">(1), c.set<"dst_start_addr_l32">(bm1684x::local_base);
    c.set<"stride_enable">(1), c.set<"nchw_copy">(1), c.set<"src_data_format">(bm1684x::precision::i8);
    c.set<"src_nsize">(1), c.set<"src_csize">(1), c.set<"src_hsize">(1), c.set<"src_wsize">(54016);
    c.set<"src_wstride">(1), c.set<"dst_wstride">(1);
    isa::append(stream, c);
}

bmodel_time timed_streams(std::vector<std::byte> const& tiu, std::vector<std::byte> const& dma) {
    simulate::clock<bm1684x> clock(clock_rates::vendor);
    clock.run(tiu, dma);
    bmodel_time t;
    t.commands = clock.commands(), t.cycles = clock.cycles();
    return t;
}

} // namespace

TEST_CASE("an engine waits for the command of the other that it names") {
    std::vector<std::byte> tiu, dma;
    load(dma, 1, 0), load(dma, 2, 0), load(dma, 3, 1);
    add(tiu, 1, 1), add(tiu, 2, 2);
    auto const t = timed_streams(tiu, dma);
    REQUIRE(t.commands.size() == 5);
    CHECK(t.cycles == 3 * 999);
    auto const s = summarize(t);
    CHECK(s.all.tiu == 256);
    CHECK(s.all.gdma == 2997);
    CHECK(s.all.read == 3 * 54016);
    for (auto const& c : t.commands)
        if (c.on == engine::tiu) CHECK(c.start == (c.index == 0 ? 999 : 1998));
}

TEST_CASE("groups of streams follow each other") {
    std::vector<std::byte> tiu, dma;
    load(dma, 1, 0);
    add(tiu, 1, 1);
    simulate::clock<bm1684x> clock(clock_rates::vendor);
    clock.run(tiu, dma);
    clock.run(tiu, dma);
    CHECK(clock.cycles() == 2 * (999 + 128));
    CHECK(clock.commands().back().group == 1);
}

TEST_CASE("layers are sums over their commands") {
    std::vector<std::byte> tiu, dma;
    load(dma, 1, 0), load(dma, 2, 0);
    add(tiu, 1, 1), add(tiu, 2, 2);
    auto const t = timed_streams(tiu, dma);
    std::vector<layer_commands> const layers{{"a", "Add", 0, 1, 0, 1}, {"b", "Add", 1, 1, 1, 1}};
    auto const s = summarize(t, layers);
    REQUIRE(s.layers.size() == 2);
    CHECK(s.layers[0].sum.cycles() == 999 + 128);
    CHECK(s.layers[1].sum.begin == 999);
    CHECK(s.layers[1].sum.end == 1998 + 128);
    CHECK_THROWS_AS(summarize(t, std::vector<layer_commands>{{"c", "Add", 1, 2, 0, 0}}), model_error);
}

TEST_CASE("streams that wait for each other are an error of the clock too") {
    std::vector<std::byte> tiu, dma;
    load(dma, 1, 1);
    add(tiu, 1, 1);
    CHECK_THROWS_AS(timed_streams(tiu, dma), model_error);
}
