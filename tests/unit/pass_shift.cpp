// A number that is added before a convolution goes into its bias, and its negative around the image.
#include "import_network.hpp"
#include <any>
#include <doctest/doctest.h>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/pad.hpp>
#include <tpu_convert/pass/pipeline.hpp>

using namespace tpu_convert;

namespace {
using ints = std::vector<std::int64_t>;

graph shifted(ints const& pads) {
    test::network net;
    net.input("x", {1, 2, 2, 1}).floats("half", {}, {0.5F}).floats("one", {}, {1}).floats("w", {1, 1, 2, 2}, {1, 2, 3, 4});
    net.node("Mul", {"x", "half"}, {"m"}).node("Sub", {"m", "one"}, {"s"});
    net.node("Transpose", {"s"}, {"t"}).set("perm", ints{0, 3, 1, 2});
    net.node("Conv", {"t", "w"}, {"y"}).set("pads", pads).output("y");
    return transform_graph(net.import());
}
} // namespace

TEST_CASE("a number that is subtracted before a convolution without padding goes into its bias") {
    auto const g = shifted({0, 0, 0, 0});
    CHECK(test::operators(g) == std::vector<std::string>{"MulConst", "Reshape", "Conv"});
    CHECK((*g[g.operands(g.outputs[0].node)[2].node].payload)[0] == -10);
}

TEST_CASE("with padding the image is padded with the number, and the result is the same") {
    auto const g = shifted({1, 1, 0, 0});
    REQUIRE(test::operators(g) == std::vector<std::string>{"MulConst", "Reshape", "Pad", "Conv"});
    auto const conv = g.outputs[0].node, pad = g.operands(conv)[0].node;
    auto const& a = std::any_cast<op::pad::attributes const&>(g[pad].attributes);
    CHECK(a.val == 1);
    CHECK(a.paddings == ints{0, 0, 1, 1, 0, 0, 0, 0});
    CHECK(std::any_cast<op::conv::attributes const&>(g[conv].attributes).pads == ints{0, 0, 0, 0});
    std::vector<float> const x{2, 4, 6, 8};
    auto const y = evaluate_graph(g, {{"x", tensor(shape{1, 2, 2, 1}, x)}});
    // of (0, 1, 2, 3) with zeros above and to the left
    CHECK(y.at(g[g.outputs[0]].name).values()[0] == 0);
    CHECK(y.at(g[g.outputs[0]].name).values()[3] == 20);
}
