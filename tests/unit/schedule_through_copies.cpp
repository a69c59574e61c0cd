// A copy of a copy reads what the first one read, if nobody else reads it.
#include "graph_helper.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/op/abs.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/simulate/run_bmodel.hpp>

using namespace tpu_convert;

namespace {

// Columns 5 to 20 and 0 to 3 of x, or of what a kernel makes of it, joined.
graph columns(bool computed) {
    graph g;
    g.name = "columns";
    graph::ref x{op_test::add_input(g, "x", {2, 6, 10, 24}), 0};
    if (computed) x = {op_test::add<op::abs>(g, "abs", {}, {x}), 0};
    auto const part = [&](std::string const& name, std::int64_t from, std::int64_t to) {
        op::slice::attributes a;
        a.offset = {0, 0, 0, from}, a.ends = {2, 6, 10, to}, a.steps = {1, 1, 1, 1};
        return graph::ref{op_test::add<op::slice>(g, name, a, {x}), 0};
    };
    op::concat::attributes a;
    a.axis = 3;
    g.outputs.push_back({op_test::add<op::concat>(g, "joined", a, {part("long", 5, 20), part("short", 0, 3)}), 0});
    infer_shapes(g);
    return g;
}

} // namespace

TEST_CASE("parts that are only joined are never stored") {
    for (int const i : {0, 1, 2, 3}) {
        bool const shown = i & 1;
        auto g = columns(i & 2);
        if (shown) g.outputs.push_back(*g.find("short"));
        auto const d = deploy<bm1684x>(g, {});
        auto const stored = [&](std::string const& name) {
            return std::any_of(d.tensors.begin(), d.tensors.end(), [&](auto const& t) { return t.name == name; });
        };
        CHECK_FALSE(stored("long"));
        CHECK(stored("short") == shown);
        tensor x(shape{2, 6, 10, 24});
        for (std::int64_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i);
        npz inputs;
        inputs.set("x", from_tensor(x));
        auto const run = simulate::run_bmodel(std::get<bmodel::file>(d.file), inputs);
        CHECK(run.hazards.empty());
        tensor const made = to_tensor(*run.outputs.find("joined"));
        REQUIRE(made.shape() == shape{2, 6, 10, 18});
        std::int64_t wrong = 0;
        for (std::int64_t row = 0; row < 120; ++row)
            for (std::int64_t k = 0; k < 18; ++k) wrong += made[row * 18 + k] != x[row * 24 + (k < 15 ? k + 5 : k - 15)];
        CHECK(wrong == 0);
    }
}
