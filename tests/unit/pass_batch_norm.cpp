// Batch normalization and constants beside a convolution go into its weights.
#include "import_network.hpp"
#include <any>
#include <cmath>
#include <doctest/doctest.h>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/pass/pipeline.hpp>

using namespace tpu_convert;

namespace {
test::network conv_network() {
    test::network net;
    net.input("x", {1, 1, 2, 2}).floats("w", {2, 1, 1, 1}, {2, 3});
    net.node("Conv", {"x", "w"}, {"c"});
    return net;
}
tensor const& weights(graph const& g, std::size_t operand) { return *g[g.operands(g.outputs[0].node)[operand].node].payload; }
} // namespace

TEST_CASE("a batch normalization and the relu behind it go into the convolution, which takes the last name") {
    auto const g = transform_graph(conv_network()
                                       .floats("gamma", {2}, {1, 4})
                                       .floats("beta", {2}, {0, 1})
                                       .floats("mean", {2}, {1, 2})
                                       .floats("variance", {2}, {3, 15})
                                       .node("BatchNormalization", {"c", "gamma", "beta", "mean", "variance"}, {"b"})
                                       .set("epsilon", 1.0)
                                       .node("Relu", {"b"}, {"y"})
                                       .output("y")
                                       .import());
    REQUIRE(test::operators(g) == std::vector<std::string>{"Conv"});
    CHECK(g[g.outputs[0]].name == "y_Relu");
    CHECK(weights(g, 1)[0] == 1); // 2 * 1 / sqrt(4)
    CHECK(weights(g, 1)[1] == 3); // 3 * 4 / sqrt(16)
    CHECK(weights(g, 2)[0] == -0.5F);
    CHECK(weights(g, 2)[1] == -1);
    auto const& a = std::any_cast<op::conv::attributes const&>(g[g.outputs[0].node].attributes);
    CHECK(a.do_relu);
    CHECK(a.relu_limit <= 0);
}

TEST_CASE("a clip from 0 to 6 is a relu with a limit") {
    auto const g = transform_graph(conv_network()
                                       .floats("low", {}, {0})
                                       .floats("high", {}, {6})
                                       .node("Clip", {"c", "low", "high"}, {"y"})
                                       .output("y")
                                       .import());
    REQUIRE(test::operators(g) == std::vector<std::string>{"Conv"});
    auto const& a = std::any_cast<op::conv::attributes const&>(g[g.outputs[0].node].attributes);
    CHECK(a.do_relu);
    CHECK(a.relu_limit == 6);
}

TEST_CASE("a filter with two users stays as it is for the other") {
    auto const g = transform_graph(conv_network()
                                       .floats("two", {}, {2})
                                       .node("Mul", {"c", "two"}, {"doubled"})
                                       .node("Conv", {"x", "w"}, {"plain"})
                                       .output("doubled")
                                       .output("plain")
                                       .import());
    REQUIRE(test::operators(g) == std::vector<std::string>{"Conv", "Conv"});
    CHECK(weights(g, 1)[0] == 4);
    CHECK((*g[g.operands(g.outputs[1].node)[1].node].payload)[0] == 2);
}

TEST_CASE("a convolution that something else reads keeps its weights") {
    auto const g = transform_graph(conv_network()
                                       .floats("k", {1, 2, 1, 1}, {2, 4})
                                       .node("Mul", {"c", "k"}, {"y"})
                                       .output("y")
                                       .output("c")
                                       .import());
    CHECK(test::operators(g) == std::vector<std::string>{"Conv", "Mul"});
}
