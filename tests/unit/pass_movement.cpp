// Reshapes, permutes, paddings and gathers that can be simpler.
#include "import_network.hpp"
#include <any>
#include <doctest/doctest.h>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/pass/pipeline.hpp>

using namespace tpu_convert;
using names = std::vector<std::string>;
using integers = std::vector<std::int64_t>;

TEST_CASE("a permute of a permute is one, or none") {
    auto const twice = [](integers const& second) {
        return transform_graph(test::network()
                                   .input("x", {2, 3, 4})
                                   .node("Transpose", {"x"}, {"a"})
                                   .set("perm", integers{1, 2, 0})
                                   .node("Transpose", {"a"}, {"b"})
                                   .set("perm", second)
                                   .node("Exp", {"b"}, {"y"})
                                   .output("y")
                                   .import());
    };
    CHECK(test::operators(twice({2, 0, 1})) == names{"Exp"});
    auto const g = twice({1, 0, 2});
    REQUIRE(test::operators(g) == names{"Permute", "Exp"});
    for (auto const v : g.order())
        if (auto const* a = std::any_cast<op::permute::attributes>(&g[v].attributes)) CHECK(a->order == integers{2, 1, 0});
}

TEST_CASE("a permute that moves axes of size 1 only is a reshape, and joins the reshapes around it") {
    auto const g = transform_graph(test::network()
                                       .input("x", {1, 6, 4})
                                       .integers("axes", {1}, {3})
                                       .node("Unsqueeze", {"x", "axes"}, {"a"})
                                       .node("Transpose", {"a"}, {"b"})
                                       .set("perm", integers{3, 1, 0, 2})
                                       .node("Flatten", {"b"}, {"y"})
                                       .output("y")
                                       .import());
    CHECK(test::operators(g) == names{"Reshape"});
    CHECK(g[g.outputs[0]].name == "y_Flatten");
}

TEST_CASE("a gather at one position is a slice without its axis") {
    auto const g = transform_graph(test::network()
                                       .input("x", {2, 3, 4})
                                       .integers("i", {}, {-1})
                                       .node("Gather", {"x", "i"}, {"y"})
                                       .set("axis", std::int64_t{1})
                                       .output("y")
                                       .import());
    REQUIRE(test::operators(g) == names{"Slice", "Reshape"});
    CHECK(g[g.outputs[0]].dims == shape{2, 4});
    for (auto const v : g.order())
        if (auto const* a = std::any_cast<op::slice::attributes>(&g[v].attributes)) CHECK(a->offset == integers{0, 2, 0});
}

TEST_CASE("zero padding goes into a convolution, and into a max pool behind a relu only") {
    auto const padded = [](std::string const& before, std::string const& op) {
        test::network net(11);
        net.input("x", {1, 1, 4, 4})
            .floats("w", {1, 1, 3, 3}, std::vector<float>(9, 1))
            .integers("pads", {8}, {0, 0, 1, 1, 0, 0, 1, 0});
        net.node(before, {"x"}, {"a"}).node("Pad", {"a", "pads"}, {"b"});
        net.node(op, op == "Conv" ? names{"b", "w"} : names{"b"}, {"y"}).set("kernel_shape", integers{3, 3});
        return transform_graph(net.output("y").import());
    };
    auto const g = padded("Exp", "Conv");
    REQUIRE(test::operators(g) == names{"Exp", "Conv"});
    CHECK(std::any_cast<op::conv::attributes const&>(g[g.outputs[0].node].attributes).pads == integers{1, 1, 1, 0});
    CHECK(test::operators(padded("Relu", "MaxPool")) == names{"Relu", "MaxPool"});
    CHECK(test::operators(padded("Exp", "MaxPool")) == names{"Exp", "Pad", "MaxPool"});
}

TEST_CASE("every second channel, spelled with reshapes and a transposition, is a slice with step 2") {
    auto const g = transform_graph(test::network()
                                       .input("x", {1, 6, 2, 3})
                                       .integers("pairs", {3}, {3, 2, 6})
                                       .integers("halves", {5}, {2, 1, 3, 2, 3})
                                       .integers("one", {}, {1})
                                       .node("Reshape", {"x", "pairs"}, {"a"})
                                       .node("Transpose", {"a"}, {"b"})
                                       .set("perm", integers{1, 0, 2})
                                       .node("Reshape", {"b", "halves"}, {"c"})
                                       .node("Gather", {"c", "one"}, {"y"})
                                       .set("axis", std::int64_t{0})
                                       .output("y")
                                       .import());
    REQUIRE(test::operators(g) == names{"Slice"});
    auto const& a = std::any_cast<op::slice::attributes const&>(g[g.outputs[0].node].attributes);
    CHECK(a.offset == integers{0, 1, 0, 0});
    CHECK(a.steps == integers{1, 2, 1, 1});
    CHECK(g[g.outputs[0]].name == "y_Gather");
}
