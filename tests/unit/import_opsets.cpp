// The same operator in old and new operator sets.
#include "import_network.hpp"
#include <any>
#include <doctest/doctest.h>
#include <tpu_convert/op/clip.hpp>
#include <tpu_convert/op/slice.hpp>

using namespace tpu_convert;

TEST_CASE("Clip takes its bounds from attributes or operands") {
    auto const old =
        test::network(6).input("x", {4}).node("Clip", {"x"}, {"y"}).set("min", 1.0).set("max", 6.0).output("y").import();
    auto const later = test::network(13)
                           .input("x", {4})
                           .floats("low", {}, {1})
                           .floats("high", {}, {6})
                           .node("Clip", {"x", "low", "high"}, {"y"})
                           .output("y")
                           .import();
    for (auto const* g : {&old, &later}) {
        auto const& a = std::any_cast<op::clip::attributes const&>((*g)[g->outputs[0].node].attributes);
        CHECK(a.min == 1);
        CHECK(a.max == 6);
    }
}

TEST_CASE("Slice takes its positions from attributes or operands, negative ones from the back") {
    auto const old = test::network(9)
                         .input("x", {3, 8})
                         .node("Slice", {"x"}, {"y"})
                         .set("starts", std::vector<std::int64_t>{-6})
                         .set("ends", std::vector<std::int64_t>{7})
                         .set("axes", std::vector<std::int64_t>{1})
                         .output("y")
                         .import();
    auto const later = test::network(13)
                           .input("x", {3, 8})
                           .integers("starts", {1}, {2})
                           .integers("ends", {1}, {-1})
                           .integers("axes", {1}, {-1})
                           .integers("steps", {1}, {2})
                           .node("Slice", {"x", "starts", "ends", "axes", "steps"}, {"y"})
                           .output("y")
                           .import();
    auto const& a = std::any_cast<op::slice::attributes const&>(old[old.outputs[0].node].attributes);
    CHECK(a.offset == std::vector<std::int64_t>{0, 2});
    CHECK(a.ends == std::vector<std::int64_t>{3, 7});
    CHECK(later[later.outputs[0]].dims == shape{3, 3});
}

TEST_CASE("Softmax before operator set 13 joins all axes behind the given one") {
    auto const make = [](std::int64_t opset) {
        return test::network(opset)
            .input("x", {2, 3, 4})
            .node("Softmax", {"x"}, {"y"})
            .set("axis", std::int64_t{1})
            .output("y")
            .import();
    };
    CHECK(test::operators(make(11)) == std::vector<std::string>{"Reshape", "Softmax", "Reshape"});
    CHECK(test::operators(make(13)) == std::vector<std::string>{"Softmax"});
}

TEST_CASE("Resize by whole factors is an Upsample, other nearest factors pick rows and columns") {
    auto const resized = [](std::vector<std::int64_t> const& sizes) {
        return test::network(11)
            .input("x", {1, 2, 4, 4})
            .floats("none", {0}, {})
            .integers("sizes", {4}, sizes)
            .node("Resize", {"x", "none", "none", "sizes"}, {"y"})
            .output("y")
            .import();
    };
    CHECK(test::operators(resized({1, 2, 8, 12})) == std::vector<std::string>{"Upsample"});
    auto const odd = resized({1, 2, 6, 4});
    CHECK(test::operators(odd) == std::vector<std::string>{"Gather"});
    CHECK(odd[odd.outputs[0]].dims == shape{1, 2, 6, 4});
}

TEST_CASE("numbers of 4 bits lie in pairs, the first in the low bits, as bytes or as integers") {
    for (bool const raw : {true, false}) {
        auto net = test::network(21).input("x", {3}).integers("n", {3}, {}).floats("s", {}, {0.5F});
        auto& packed = *net.model().mutable_graph()->mutable_initializer(0);
        packed.set_data_type(22);
        if (raw) packed.set_raw_data(std::string("\x8f\x07", 2));
        else packed.add_int32_data(0x8f), packed.add_int32_data(0x07);
        auto const g = net.node("DequantizeLinear", {"n", "s"}, {"w"}).node("Add", {"x", "w"}, {"y"}).output("y").import();
        tensor const& w = *g[g.operands(g.outputs[0].node)[1].node].payload;
        CHECK(std::vector<float>(w.values().begin(), w.values().end()) == std::vector<float>{-0.5F, -4, 3.5F});
    }
}
