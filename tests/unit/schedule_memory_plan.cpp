// The plan of both memories that a report shows: nothing lies where something else lies at the same time.
#include "graph_helper.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/report/memory.hpp>
#include <tpu_convert/schedule/deploy.hpp>

using namespace tpu_convert;

namespace {

// Three 3x3 convolutions of 32 channels, the first with a ReLU behind it that is an output as well.
graph three_convolutions(std::int64_t rows) {
    graph g;
    g.name = "three";
    graph::ref last{op_test::add_input(g, "x", {1, 32, rows, 64}), 0};
    for (char const* name : {"a", "b", "c"}) {
        graph::ref const w{op_test::add_weight(g, std::string("w") + name, tensor(shape{32, 32, 3, 3})), 0};
        op::conv::attributes a;
        a.kernel_shape = {3, 3}, a.strides = {1, 1}, a.pads = {1, 1, 1, 1};
        last = {op_test::add<op::conv>(g, name, a, {last, w, {}}), 0};
        if (name[0] != 'a') continue;
        last = {op_test::add<op::relu>(g, "r", {}, {last}), 0};
        g.outputs.push_back(last);
    }
    g.outputs.push_back(last);
    infer_shapes(g);
    return g;
}

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
            auto const d = deploy<bm1684x>(three_convolutions(rows), options);
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
