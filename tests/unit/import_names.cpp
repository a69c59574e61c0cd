// What tensors are called after import.
#include "import_network.hpp"
#include <doctest/doctest.h>

using namespace tpu_convert;

TEST_CASE("a result is called <first output>_<OpType>, inputs and weights keep their names") {
    auto const g = test::network()
                       .input("x", {1, 2})
                       .floats("w", {2, 2}, {1, 2, 3, 4})
                       .node("MatMul", {"x", "w"}, {"122"})
                       .node("Split", {"122"}, {"a", "b"})
                       .set("axis", std::int64_t{1})
                       .output("a")
                       .output("b")
                       .import();
    CHECK(g.find("122_MatMul"));
    CHECK(g.find("x"));
    CHECK(g.find("w"));
    REQUIRE(g.outputs.size() == 2);
    CHECK(g[g.outputs[0]].name == "a_Split");
    CHECK(g[g.outputs[1]].name == "b_Split");
    CHECK(g[g.outputs[1]].dims == shape{1, 1});
}

TEST_CASE("an output that an operator without effect makes keeps its own name") {
    auto const g = test::network()
                       .input("x", {4})
                       .node("Relu", {"x"}, {"y"})
                       .node("Identity", {"y"}, {"z"})
                       .node("Identity", {"x"}, {"same"})
                       .output("z")
                       .output("same")
                       .import();
    CHECK(g[g.outputs[0]].name == "z_Identity");
    CHECK(g[g.outputs[1]].name == "same_Identity");
}

TEST_CASE("a network is cut at the tensors that are asked for, in their order; unknown names suggest known ones") {
    auto const net =
        test::network().input("x", {4}).node("Relu", {"x"}, {"first"}).node("Exp", {"first"}, {"second"}).output("second");
    onnx_options options;
    options.output_names = {"first_Relu"};
    auto const g = net.import(options);
    CHECK(test::operators(g) == std::vector<std::string>{"Relu"});
    options.output_names = {"frist"};
    try {
        net.import(options);
        FAIL("no error");
    } catch (model_error const& e) {
        CHECK(e.code() == error_code::unknown_tensor);
        CHECK(std::string(e.what()).find("'first'") != std::string::npos);
    }
}
