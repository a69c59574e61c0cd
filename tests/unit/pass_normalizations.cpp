// Layer and root-mean-square normalization, spelled out, become one operator.
#include "import_network.hpp"
#include <any>
#include <doctest/doctest.h>
#include <tpu_convert/op/layer_norm.hpp>
#include <tpu_convert/op/rms_norm.hpp>
#include <tpu_convert/pass/pipeline.hpp>

using namespace tpu_convert;
using names = std::vector<std::string>;

TEST_CASE("mean, deviation, variance, root and quotient are a layer normalization with weight and bias") {
    auto const g = transform_graph(test::network()
                                       .input("x", {1, 5, 4})
                                       .floats("2", {}, {2})
                                       .floats("eps", {}, {0.25F})
                                       .floats("w", {4}, {1, 2, 3, 4})
                                       .floats("b", {1, 1, 4}, {5, 6, 7, 8})
                                       .node("ReduceMean", {"x"}, {"mean"})
                                       .set("axes", std::vector<std::int64_t>{-1})
                                       .node("Sub", {"x", "mean"}, {"d"})
                                       .node("Pow", {"d", "2"}, {"square"})
                                       .node("ReduceMean", {"square"}, {"variance"})
                                       .set("axes", std::vector<std::int64_t>{-1})
                                       .node("Add", {"variance", "eps"}, {"sum"})
                                       .node("Sqrt", {"sum"}, {"root"})
                                       .node("Div", {"d", "root"}, {"n"})
                                       .node("Mul", {"n", "w"}, {"scaled"})
                                       .node("Add", {"scaled", "b"}, {"y"})
                                       .output("y")
                                       .import());
    REQUIRE(test::operators(g) == names{"LayerNorm"});
    auto const v = g.outputs[0].node;
    auto const& a = std::any_cast<op::layer_norm::attributes const&>(g[v].attributes);
    CHECK(a.axis == 2);
    CHECK(a.eps == 0.25);
    CHECK(a.normalized_shape == std::vector<std::int64_t>{4});
    CHECK(g[g.operands(v)[2]].dims == shape{4});
    CHECK((*g[g.operands(v)[2].node].payload)[3] == 8);
    CHECK(g[g.outputs[0]].name == "y_Add");
}

TEST_CASE("x over the root of its mean square is a root-mean-square normalization") {
    auto const g = transform_graph(test::network()
                                       .input("x", {1, 5, 4})
                                       .floats("2", {}, {2})
                                       .floats("1", {}, {1})
                                       .floats("eps", {}, {0.5F})
                                       .floats("w", {4}, {1, 2, 3, 4})
                                       .node("Pow", {"x", "2"}, {"square"})
                                       .node("ReduceMean", {"square"}, {"mean"})
                                       .set("axes", std::vector<std::int64_t>{2})
                                       .node("Add", {"mean", "eps"}, {"sum"})
                                       .node("Sqrt", {"sum"}, {"root"})
                                       .node("Div", {"1", "root"}, {"inverse"})
                                       .node("Mul", {"x", "inverse"}, {"n"})
                                       .node("Mul", {"w", "n"}, {"y"})
                                       .output("y")
                                       .import());
    REQUIRE(test::operators(g) == names{"RMSNorm"});
    CHECK(std::any_cast<op::rms_norm::attributes const&>(g[g.outputs[0].node].attributes).eps == 0.5);
    CHECK(g.operands(g.outputs[0].node).size() == 2);
}
