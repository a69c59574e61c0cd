// The check of a graph's invariants finds what is wrong.
#include "import_network.hpp"
#include <doctest/doctest.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/graph/verify.hpp>

using namespace tpu_convert;

TEST_CASE("two values of one name, missing operands and short weights are violations") {
    auto const made = [] {
        return test::network().input("x", {4}).floats("w", {4}, {1, 2, 3, 4}).node("Add", {"x", "w"}, {"y"}).output("y").import();
    };
    auto g = made();
    CHECK_NOTHROW(verify(g));
    g[g.outputs[0]].name = "x";
    CHECK_THROWS_AS(verify(g), model_error);
    g = made();
    g.set_operand(g.outputs[0].node, 1, {});
    CHECK_THROWS_AS(verify(g), model_error);
    g = made();
    g[*g.find("w")].dims = {5};
    CHECK_THROWS_AS(verify(g), model_error);
}
