// Convolutions with strides that commands can't encode.
#include "import_network.hpp"
#include <doctest/doctest.h>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/pass/pipeline.hpp>

using namespace tpu_convert;

namespace {

std::vector<float> numbers(std::int64_t count) {
    std::vector<float> v;
    for (std::int64_t i = 0; i < count; ++i) v.push_back(static_cast<float>(i * 37 % 23 - 11));
    return v;
}

tensor output_of(graph g, tensor const& x) {
    infer_shapes(g);
    return evaluate_graph(g, {{"x", x}}).begin()->second;
}

void check(shape const& in, shape const& filter, std::vector<std::int64_t> const& strides,
           std::vector<std::int64_t> const& pads, std::int64_t group) {
    graph const before = test::network()
                             .input("x", in)
                             .floats("w", filter, numbers(element_count(filter)))
                             .node("Conv", {"x", "w"}, {"y"})
                             .set("strides", strides)
                             .set("pads", pads)
                             .set("group", group)
                             .output("y")
                             .import();
    graph const after = transform_graph(before);
    for (auto v : after.order())
        if (auto const* a = std::any_cast<op::conv::attributes>(&after[v].attributes))
            for (auto s : a->strides) CHECK(s <= 15);
    tensor x(in);
    auto const values = numbers(x.size());
    std::copy(values.begin(), values.end(), x.data());
    tensor const want = output_of(before, x), got = output_of(after, x);
    REQUIRE(want.shape() == got.shape());
    for (std::int64_t i = 0; i < want.size(); ++i) CHECK(want[i] == got[i]); // whole numbers: exact
}

} // namespace

TEST_CASE("a convolution with a stride above 15 becomes one of stride 1 on more channels, of the same value") {
    check({1, 1, 576}, {8, 1, 256}, {128}, {0, 0}, 1);
    check({2, 3, 48, 50}, {4, 3, 16, 16}, {16, 16}, {0, 0, 0, 0}, 1);
    check({1, 4, 60, 41}, {6, 2, 20, 3}, {17, 2}, {3, 1, 5, 0}, 2);
}
