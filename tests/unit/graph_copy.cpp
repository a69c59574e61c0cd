#include <doctest/doctest.h>
#include <tpu_convert/graph/graph.hpp>

using namespace tpu_convert;

namespace {

node named(std::string name) {
    node n;
    n.results.resize(1);
    n.results[0].name = std::move(name);
    return n;
}

} // namespace

TEST_CASE("a copy of a graph has wires of its own") {
    graph g;
    auto const a = g.add(named("a")), b = g.add(named("b")), c = g.add(named("c"), {{a, 0}});
    graph copy = g;
    copy.set_operand(c, 0, {b, 0});
    CHECK(g.operands(c)[0].node == a);
    CHECK(copy.operands(c)[0].node == b);
    CHECK(g.users(a).size() == 1);
    CHECK(copy.users(a).empty());
    g = copy;
    CHECK(g.operands(c)[0].node == b);
}

TEST_CASE("a graph that was moved from is empty and can be filled again") {
    graph g;
    g.name = "net";
    g.add(named("a"));
    graph const moved = std::move(g);
    CHECK(moved.size() == 1);
    CHECK(g.size() == 0);
    CHECK(g.name.empty());
    auto const a = g.add(named("x"));
    auto const b = g.add(named("y"), {{a, 0}});
    CHECK(g.order() == std::vector<graph::id>{a, b});
}
