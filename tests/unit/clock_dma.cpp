// Cycles of DMA commands: rates, short rows and latency in both calibrations.
#include "../shared_files.hpp"
#include <cmath>
#include <doctest/doctest.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <tpu_convert/simulate/clock_bm1684x.hpp>

using namespace tpu_convert;
using namespace tpu_convert::simulate;

namespace {

double cycles(clock_rates c, dma_work const& w) { return charge_dma(figures_of(bm1684x{}, c), w).cycles; }

dma_work moved(bool load, double rows, double row_bytes, bool lines = false) {
    dma_work w;
    w.from_global = load, w.to_global = !load, w.rows = rows, w.row_bytes = row_bytes, w.lines = lines, w.lanes = 64;
    return w;
}

// The profile gives bytes and cycles, not shapes: some way to cut the bytes into rows must cost that much.
bool explained(std::string const& op, bool load, int bytes, double measured) {
    auto const close = [&](dma_work const& w) {
        return std::abs(std::floor(cycles(clock_rates::vendor, w)) - measured) <= 0.05 * measured;
    };
    dma_work whole = moved(load, 1, bytes);
    if (op == "GDMA_GATHER") whole.kind = dma_kind::gather, whole.from_global = whole.to_global = true;
    if (op == "GDMA_MATRIX") whole.kind = dma_kind::matrix;
    if (op == "GDMA_BROADCAST") whole.kind = dma_kind::broadcast;
    if (whole.kind != dma_kind::tensor) return close(whole);
    for (int row = 2; row <= bytes; row += 2)
        if (bytes % row == 0 && (close(moved(load, bytes / row, row)) || close(moved(load, bytes / row, row, true)))) return true;
    return false;
}

} // namespace

TEST_CASE("the vendor calibration moves long rows at the rate of their direction") {
    CHECK(std::floor(cycles(clock_rates::vendor, moved(true, 64, 110592))) == doctest::Approx(131031).epsilon(0.001));
    CHECK(std::floor(cycles(clock_rates::vendor, moved(true, 64, 4096))) == doctest::Approx(4853).epsilon(0.001));
    CHECK(std::floor(cycles(clock_rates::vendor, moved(false, 64, 4096))) == doctest::Approx(6397).epsilon(0.001));
}

TEST_CASE("the vendor calibration charges short rows for more bytes than they have") {
    CHECK(std::floor(cycles(clock_rates::vendor, moved(true, 1, 32))) == 18);
    CHECK(std::floor(cycles(clock_rates::vendor, moved(true, 32, 128))) == 303);
    CHECK(std::floor(cycles(clock_rates::vendor, moved(true, 96, 128))) == 404); // a lane has 192 bytes on the average
    CHECK(std::floor(cycles(clock_rates::vendor, moved(false, 1728, 2))) == doctest::Approx(43180).epsilon(0.001));
    CHECK(std::floor(cycles(clock_rates::vendor, moved(true, 2048, 32, true))) == doctest::Approx(9706).epsilon(0.001));
}

TEST_CASE("the vendor calibration agrees with a profile of the vendor's compiler within 5 %") {
    auto const path = test::shared_file("facts/isa/timing_bm1684x_profile.json");
    if (!path) return;
    std::ifstream in(*path);
    auto const profile = nlohmann::json::parse(in);
    std::size_t rows = 0, missed = 0;
    for (auto const& r : profile.at("gdma")) {
        ++rows;
        bool const good = explained(r.at("op"), r.at("dir") == "S2L", r.at("bytes"), r.at("cycles"));
        missed += !good;
        if (!good) MESSAGE("not within 5 %: " << r.dump());
    }
    CHECK(rows == 74);
    CHECK(missed <= 1); // a store of 2048 bytes in 66 cycles, whose rows are unknown
}

TEST_CASE("the silicon calibration has a latency and a time for each row beyond the lanes") {
    CHECK(cycles(clock_rates::silicon, moved(true, 1, 64)) >= 180);
    CHECK(cycles(clock_rates::silicon, moved(true, 64, 8)) <= 210);
    CHECK(cycles(clock_rates::silicon, moved(true, 72, 8)) == doctest::Approx(400).epsilon(0.11));
    CHECK(cycles(clock_rates::silicon, moved(true, 96, 8)) == doctest::Approx(400).epsilon(0.11));
    CHECK(cycles(clock_rates::silicon, moved(true, 200, 8)) - cycles(clock_rates::silicon, moved(true, 100, 8)) ==
          doctest::Approx(230));
    CHECK(cycles(clock_rates::silicon, moved(true, 64, 3200)) == doctest::Approx(195 + 204800 / 55.6));
    CHECK(cycles(clock_rates::silicon, moved(false, 64, 3200)) == doctest::Approx(195 + 204800 / 43.8));
    auto copy = moved(true, 1, 204800);
    copy.to_global = true;
    CHECK(cycles(clock_rates::silicon, copy) == doctest::Approx(195 + 204800.0 / 27));
}

TEST_CASE("a movement's rows are what is contiguous on both sides") {
    bm1684x::commands::dma_tensor c;
    c.set<"stride_enable">(1), c.set<"nchw_copy">(1), c.set<"src_data_format">(bm1684x::precision::f16);
    c.set<"src_start_addr_h8">(1);
    c.set<"dst_start_addr_l32">(bm1684x::local_base);
    c.set<"src_nsize">(2), c.set<"src_csize">(3), c.set<"src_hsize">(4), c.set<"src_wsize">(5);
    c.set<"src_nstride">(60), c.set<"src_cstride">(20), c.set<"src_hstride">(5), c.set<"src_wstride">(1);
    c.set<"dst_nstride">(32), c.set<"dst_cstride">(32), c.set<"dst_hstride">(5), c.set<"dst_wstride">(1);
    auto w = read_dma_tensor_work<bm1684x>(c);
    CHECK(w.rows == 6); // planes: channels lie in different lanes
    CHECK(w.row_bytes == 40);
    CHECK_FALSE(w.lines);
    CHECK(w.from_global);
    CHECK_FALSE(w.to_global);
    c.set<"src_hstride">(7);
    w = read_dma_tensor_work<bm1684x>(c);
    CHECK(w.rows == 24);
    CHECK(w.row_bytes == 10);
    CHECK(w.lines);
    c.set<"src_wstride">(2);
    CHECK(read_dma_tensor_work<bm1684x>(c).rows == 120);
    auto const cost = charge_dma(figures_of(bm1684x{}, clock_rates::silicon), w);
    CHECK(cost.read == 240);
    CHECK(cost.written == 0);
}
