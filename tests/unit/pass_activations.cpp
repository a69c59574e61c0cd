// Activations that exporters spell out become one operator.
#include "import_network.hpp"
#include <any>
#include <doctest/doctest.h>
#include <tpu_convert/op/gelu.hpp>
#include <tpu_convert/pass/pipeline.hpp>

using namespace tpu_convert;
using names = std::vector<std::string>;

namespace {
graph transformed(test::network& net) { return transform_graph(net.output("y").import()); }
test::network with_x() {
    test::network net;
    net.input("x", {1, 3, 4, 4}).floats("3", {}, {3}).floats("0", {}, {0}).floats("6", {}, {6});
    net.floats("half", {}, {0.5F}).floats("1", {}, {1}).floats("root2", {}, {1.41421356F});
    return net;
}
} // namespace

TEST_CASE("x * sigmoid(x) is a SiLU with the name of the product") {
    for (bool const swapped : {false, true}) {
        auto net = with_x().node("Sigmoid", {"x"}, {"s"}).node("Mul", swapped ? names{"s", "x"} : names{"x", "s"}, {"y"});
        auto const g = transformed(net);
        CHECK(test::operators(g) == names{"SiLU"});
        CHECK(g[g.outputs[0]].name == "y_Mul");
    }
}

TEST_CASE("x * clip(x + 3, 0, 6) / 6 is a hard swish in every order") {
    auto first = with_x().node("Add", {"x", "3"}, {"a"}).node("Clip", {"a", "0", "6"}, {"b"}).node("Mul", {"x", "b"}, {"c"}).node(
        "Div", {"c", "6"}, {"y"});
    CHECK(test::operators(transformed(first)) == names{"HardSwish"});
    auto second = with_x()
                      .node("Add", {"3", "x"}, {"a"})
                      .node("Clip", {"a", "0", "6"}, {"b"})
                      .node("Div", {"b", "6"}, {"c"})
                      .node("Mul", {"c", "x"}, {"y"});
    CHECK(test::operators(transformed(second)) == names{"HardSwish"});
    auto gate = with_x().node("Add", {"3", "x"}, {"a"}).node("Clip", {"a", "0", "6"}, {"b"}).node("Div", {"b", "6"}, {"y"});
    CHECK(test::operators(transformed(gate)) == names{"HardSigmoid"});
    auto other = with_x().input("z", {1}).node("Add", {"z", "3"}, {"a"}).node("Clip", {"a", "0", "6"}, {"b"}).node(
        "Mul", {"x", "b"}, {"c"}).node("Div", {"c", "6"}, {"y"});
    CHECK(test::operators(transformed(other)).size() > 2);
}

TEST_CASE("x Phi(x) by erf or by tanh is a GELU") {
    auto by_erf = with_x().node("Div", {"x", "root2"}, {"a"}).node("Erf", {"a"}, {"b"}).node("Add", {"b", "1"}, {"c"}).node(
        "Mul", {"x", "c"}, {"d"}).node("Mul", {"d", "half"}, {"y"});
    CHECK(test::operators(transformed(by_erf)) == names{"GELU"});
    auto by_tanh = with_x()
                       .floats("k", {}, {0.044715F})
                       .floats("s", {}, {0.7978845608F})
                       .node("Pow", {"x", "3"}, {"cube"})
                       .node("Mul", {"cube", "k"}, {"a"})
                       .node("Add", {"x", "a"}, {"b"})
                       .node("Mul", {"b", "s"}, {"c"})
                       .node("Tanh", {"c"}, {"d"})
                       .node("Add", {"1", "d"}, {"e"})
                       .node("Mul", {"x", "half"}, {"f"})
                       .node("Mul", {"f", "e"}, {"y"});
    auto const g = transformed(by_tanh);
    REQUIRE(test::operators(g) == names{"GELU"});
    CHECK(std::any_cast<op::gelu::attributes const&>(g[g.outputs[0].node].attributes).approx_mode == gelu_mode::tanh);
}
