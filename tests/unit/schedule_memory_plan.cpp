// The plan of both memories that a report shows: nothing lies where something else lies at the same time.
#include "three_convolutions.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/report/memory.hpp>
#include <tpu_convert/schedule/deploy.hpp>

using namespace tpu_convert;

namespace {

std::size_t clashes(std::vector<planned_buffer> const& all) {
    std::size_t n = 0;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            n += all[i].first <= all[k].last && all[k].first <= all[i].last && all[i].address < all[k].address + all[k].bytes &&
                 all[k].address < all[i].address + all[i].bytes;
    return n;
}
std::size_t named(std::vector<planned_buffer> const& all, std::string const& name) {
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](auto const& b) { return b.name == name; }));
}

} // namespace

TEST_CASE("no two buffers of a memory plan share bytes at the same time") {
    for (std::int64_t const rows : {8, 200})
        for (bool const groups : {true, false}) {
            deploy_options options;
            options.groups = groups;
            auto const d = deploy<bm1684x>(op_test::three_convolutions(rows), options);
            CHECK(clashes(d.memory.global) == 0);
            CHECK(clashes(d.memory.local) == 0);
            for (auto const& b : d.memory.local) {
                CHECK(b.address + b.bytes <= d.memory.lane_bytes);
                CHECK(b.last < d.nodes.size());
            }
            CHECK(named(d.memory.global, "x") == 1);
            CHECK(named(d.memory.global, "r") == 1);
            if (d.nodes[3].plan == "group") CHECK(named(d.memory.global, "b") == 0); // stays in local memory
            CHECK((d.nodes[3].plan == "group") == (groups && rows > 100));
            CHECK(named(d.memory.local, "b") >= 1);
            CHECK(named(d.memory.local, "wb") >= 1);
        }
}

TEST_CASE("the picture of a plan has a rectangle with a title for each buffer") {
    std::vector<planned_buffer> const plan{{"a<b", 4096, 64, 0, 1}, {"c", 4160, 64, 1, 2}};
    std::vector<std::string> const nodes{"one", "two", "three"};
    auto const svg = report::memory_svg(plan, nodes, 128);
    CHECK(svg.find("<title>a&lt;b: 64 bytes at 0x1000\none to two</title>") != std::string::npos);
    CHECK(svg.find("<title>c: 64 bytes at 0x1040\ntwo to three</title>") != std::string::npos);
    CHECK(report::memory_svg(plan, std::vector<std::string>{"one"}, 128).empty()); // of other nodes
    CHECK(report::memory_html({}, nodes).empty());
}
