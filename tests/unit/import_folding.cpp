// What is known at import is computed at import.
#include "import_network.hpp"
#include <doctest/doctest.h>
#include <limits>

using namespace tpu_convert;

TEST_CASE("arithmetic on shapes disappears into a reshape") {
    auto const g = test::network()
                       .input("x", {-1, 3, -1, 8})
                       .integers("0", {}, {0})
                       .integers("axes", {1}, {0})
                       .integers("minus", {1}, {-1})
                       .node("Shape", {"x"}, {"dims"})
                       .node("Gather", {"dims", "0"}, {"batch"})
                       .node("Unsqueeze", {"batch", "axes"}, {"batches"})
                       .node("Concat", {"batches", "minus"}, {"wanted"})
                       .set("axis", std::int64_t{0})
                       .node("Reshape", {"x", "wanted"}, {"y"})
                       .output("y")
                       .import({.input_shapes = {{2, 3, 4, 8}}});
    CHECK(test::operators(g) == std::vector<std::string>{"Reshape"});
    CHECK(g[g.outputs[0]].dims == shape{2, 96});
}

TEST_CASE("integers are divided toward zero and the ends of slices may be the largest integer") {
    auto const g = test::network()
                       .input("x", {5, 2})
                       .integers("a", {2}, {-7, 7})
                       .integers("b", {2}, {2, 2})
                       .node("Div", {"a", "b"}, {"q"}) // -3, 3
                       .integers("first", {1}, {0})
                       .integers("next", {1}, {1})
                       .node("Slice", {"q", "first", "next"}, {"start"})
                       .integers("end", {1}, {std::numeric_limits<std::int64_t>::max()})
                       .node("Slice", {"x", "start", "end"}, {"y"})
                       .output("y")
                       .import();
    CHECK(g[g.outputs[0]].dims == shape{3, 2});
}

TEST_CASE("an input becomes a constant where its value is given") {
    auto const net = test::network().input("x", {1, 2}).input("k", {}).node("Mul", {"x", "k"}, {"y"}).output("y");
    auto const g = net.import({.input_constants = {{"k", {3.0}}}});
    CHECK(g.inputs().size() == 1);
    auto const weight = g.find("k");
    REQUIRE(weight);
    CHECK((*g[weight->node].payload)[0] == 3);
    CHECK_THROWS_AS(net.import({.input_constants = {{"none", {3.0}}}}), model_error);
}

TEST_CASE("a branch whose condition is known is taken in place of the If") {
    test::network net;
    net.input("x", {2}).integers("c", {}, {0}).node("If", {"c"}, {"y"}).output("y");
    for (auto const* name : {"then_branch", "else_branch"}) {
        auto& a = *net.model().mutable_graph()->mutable_node(0)->add_attribute();
        a.set_name(name);
        a.set_type(proto::AttributeProto::GRAPH);
        auto& n = *a.mutable_g()->add_node();
        n.set_op_type(name[0] == 't' ? "Exp" : "Sqrt");
        n.add_input("x");
        n.add_output(std::string(name) + "_y");
        a.mutable_g()->add_output()->set_name(std::string(name) + "_y");
    }
    auto const g = net.import();
    CHECK(test::operators(g) == std::vector<std::string>{"Sqrt"});
    CHECK(g[g.outputs[0]].name == "y_If");
}
