// What the machine reports about synchronisation and memory.
#include <doctest/doctest.h>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/isa/stream.hpp>
#include <tpu_convert/simulate/bm1684x.hpp>
#include <vector>

using namespace tpu_convert;

namespace {

using stream = std::vector<std::byte>;

// A copy of 64 bytes inside one lane.
bm1684x::commands::ar_short copy_command(std::uint32_t from, std::uint32_t to, std::uint32_t id, std::uint32_t wait) {
    bm1684x::commands::ar_short c;
    c.set<"tsk_eu_typ">(19), c.set<"tsk_opd_num">(1), c.set<"res0_prec">(2), c.set<"opd0_prec">(2);
    c.set<"res0_n">(1), c.set<"res0_c">(1), c.set<"res0_h">(1), c.set<"res0_w">(16);
    c.set<"opd0_addr">(from), c.set<"res0_addr">(to), c.set<"cmd_id">(id), c.set<"cmd_id_dep">(wait);
    return c;
}

// 64 bytes of constants into local memory.
bm1684x::commands::dma_tensor fill_command(std::uint32_t to, std::uint32_t id, std::uint32_t wait) {
    bm1684x::commands::dma_tensor c;
    c.set<"fill_constant_en">(1), c.set<"stride_enable">(1), c.set<"nchw_copy">(1), c.set<"src_data_format">(2);
    c.set<"src_nsize">(1), c.set<"src_csize">(1), c.set<"src_hsize">(1), c.set<"src_wsize">(16);
    c.set<"dst_wstride">(1), c.set<"src_wstride">(1), c.set<"dst_start_addr_l32">(bm1684x::local_base + to);
    c.set<"localmem_mask_l32">(0xFFFFFFFFu), c.set<"localmem_mask_h32">(0xFFFFFFFFu);
    c.set<"cmd_id">(id), c.set<"cmd_id_dep">(wait);
    return c;
}

std::vector<std::string> hazards_of(std::uint32_t tiu_waits_for, std::uint32_t read_at, simulate::order order) {
    stream tiu, dma;
    isa::append(dma, fill_command(0, 1, 0));
    isa::append(tiu, copy_command(read_at, 0x400, 1, tiu_waits_for));
    simulate::machine<bm1684x> machine({.run_order = order});
    machine.run(tiu, dma);
    return machine.report().hazards;
}

} // namespace

TEST_CASE("a load that is waited for is no hazard") {
    CHECK(hazards_of(1, 0, simulate::order::eager_tiu).empty());
    CHECK(hazards_of(1, 0, simulate::order::eager_dma).empty());
}

TEST_CASE("a load that nobody waits for is a race in one order and a read of unwritten bytes in the other") {
    auto const late = hazards_of(0, 0, simulate::order::eager_dma);
    REQUIRE(late.size() == 1);
    CHECK(late[0].find("no id orders the two") != std::string::npos);
    auto const early = hazards_of(0, 0, simulate::order::eager_tiu);
    REQUIRE(early.size() == 2);
    CHECK(early[0].find("which nothing has written") != std::string::npos);
}

TEST_CASE("bytes that nothing has written are named with lane and offset") {
    auto const found = hazards_of(1, 0x20 + 2 * bm1684x::lane_memory_bytes, simulate::order::eager_tiu);
    REQUIRE(found.size() == 1);
    CHECK(found[0].find("lane 2 offset 0x20") != std::string::npos);
}

TEST_CASE("engines that wait for each other are a deadlock") {
    stream tiu, dma;
    isa::append(dma, fill_command(0, 1, 1));
    isa::append(tiu, copy_command(0, 0x400, 1, 1));
    simulate::machine<bm1684x> machine;
    CHECK_THROWS_WITH_AS(machine.run(tiu, dma), doctest::Contains("neither engine can go on"), model_error);
}

TEST_CASE("an operand beyond its lane is refused") {
    stream tiu;
    isa::append(tiu, copy_command(bm1684x::lane_memory_bytes - 32, 0, 1, 0));
    simulate::machine<bm1684x> machine;
    CHECK_THROWS_WITH_AS(machine.run(tiu, {}), doctest::Contains("the lane has"), model_error);
}

TEST_CASE("a store into the weights is refused") {
    stream dma;
    auto c = fill_command(0, 1, 0);
    c.set<"dst_start_addr_l32">(0), c.set<"dst_start_addr_h8">(1);
    isa::append(dma, c);
    simulate::machine<bm1684x> machine;
    machine.state().add_region("weights", bm1684x::global_base, 4096, false);
    CHECK_THROWS_WITH_AS(machine.run({}, dma), doctest::Contains("no command may change"), model_error);
}
