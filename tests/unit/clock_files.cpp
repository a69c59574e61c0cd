// The clock on a whole file: figures, listings, and a page whose data holds what the network's names hold.
#include "../shared_files.hpp"
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/isa/stream.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/report/timeline.hpp>
#include <tpu_convert/simulate/clock_bm1684x.hpp>

using namespace tpu_convert;

namespace {

bmodel::file one_convolution() {
    bm1684x::commands::conv_short c;
    c.set<"cmd_id">(1);
    c.set<"res0_prec">(bm1684x::precision::f16), c.set<"opd0_prec">(bm1684x::precision::f16);
    c.set<"res0_n">(1), c.set<"res0_c">(24), c.set<"res0_h">(64), c.set<"res0_w">(64);
    c.set<"opd0_c">(24), c.set<"opd1_h">(3), c.set<"opd1_w">(3);
    std::vector<std::byte> tiu;
    isa::append(tiu, c);
    isa::append(tiu, isa::end_command<bm1684x, isa::engine::tiu>());
    bmodel::stage stage;
    stage.groups.push_back({2, 0, blob(tiu), {}});
    bmodel::file f;
    f.chip = bm1684x::file_name;
    f.nets.push_back({"a <b> & c", {stage}, std::nullopt, 0});
    return f;
}

} // namespace

TEST_CASE("a 24 to 24 convolution of 64 x 64 takes 9216 cycles in a file as well") {
    auto const t = simulate::time_bmodel(one_convolution(), clock_rates::vendor);
    CHECK(t.cycles == 9216);
    CHECK(t.commands.size() == 2);
    auto const s = simulate::summarize(t);
    CHECK(s.compute_roof == 24.0 * 24 * 9 * 4096 / 8192);
    CHECK(report::estimate_text(t) == "0.0092 ms on BM1684X (vendor clock)");
    auto const said = nlohmann::json::parse(report::profile_json(t, s));
    CHECK(said.at("cycles") == 9216);
    CHECK(said.at("kinds").at(0).at("name") == "conv.normal");
    auto const trace = nlohmann::json::parse(report::trace_json(t));
    CHECK(trace.at("traceEvents").back().at("dur") == 9.216);
}

TEST_CASE("no name of a network leaves its place in the timeline's page") {
    auto const t = simulate::time_bmodel(one_convolution(), clock_rates::silicon);
    std::vector<simulate::layer_commands> const layers{{"</script><b>", "Conv", 0, 1, 0, 0}};
    auto const page = report::timeline_html(t, simulate::summarize(t, layers));
    CHECK(page.find("a <b>") == std::string::npos);
    CHECK(page.find("a &lt;b&gt; &amp; c") != std::string::npos);
    CHECK(page.find("</script><b>") == std::string::npos);
    CHECK(page.find("\\u003c/script>\\u003cb>") != std::string::npos);
}

TEST_CASE("the clock says what it can't time") {
    auto dynamic = one_convolution();
    dynamic.nets[0].stages[0].is_dynamic = 1;
    CHECK_THROWS_AS(simulate::time_bmodel(dynamic, clock_rates::silicon), model_error);
    CHECK_THROWS_AS(simulate::time_bmodel(one_convolution(), clock_rates::silicon, "other"), model_error);
    CHECK_THROWS_AS(simulate::time_bmodel(one_convolution(), clock_rates::silicon, "", 1), model_error);
}

TEST_CASE("every command of a real BM1684X file has a cost") {
    auto const path = test::shared_file("streams/yolov5s_bm1684x_int8_sym.bmodel");
    if (!path) return;
    auto const file = bmodel::read(*path);
    auto const vendor = simulate::time_bmodel(file, clock_rates::vendor),
               silicon = simulate::time_bmodel(file, clock_rates::silicon);
    CHECK(vendor.commands.size() == 572);
    auto const s = simulate::summarize(vendor);
    CHECK(s.all.products == doctest::Approx(8.22e9).epsilon(0.02)); // yolov5s at 640 x 640
    CHECK(s.all.tiu <= vendor.cycles);
    CHECK(s.all.gdma <= vendor.cycles);
    CHECK(vendor.cycles <= s.all.tiu + s.all.gdma);
    CHECK(silicon.cycles > 1.0e6);
    CHECK(silicon.cycles < 2.0e6);
}
