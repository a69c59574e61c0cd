// Whole numbers that come into a network: what takes elements as they lie reads them as float32, tokens stay exact in 16 bits.
#include "kernel_case.hpp"
#include <doctest/doctest.h>

using namespace tpu_convert;
using namespace tpu_convert::test;

namespace {

kernel_operand tokens(shape dims) { return {std::move(dims), 0, 60000, false, true, dtype::i32}; }
kernel_operand image(shape dims) { return {std::move(dims), 0, 256, false, true, dtype::u8}; }

} // namespace

TEST_CASE("tokens are moved, joined, compared and looked up exactly in every precision") {
    using ints = std::vector<std::int64_t>;
    kernel_operand wanted{{1}, 0, 1, true}, front{{3}, 0, 1, true};
    wanted.values = {50256}, front.values = {50256, 101, 102};
    kernel_operand ids = tokens({6});
    ids.values = {50256, 50255, 7, 50257, 2049, 50256};
    for (auto const& c : {kernel_case{"Slice", {{"offset", ints{2}}, {"ends", ints{9}}, {"steps", ints{2}}}, {tokens({12})}, 0},
                          kernel_case{"Unsqueeze", {{"axes", ints{1}}}, {tokens({2, 6})}, 0},
                          kernel_case{"Concat", {{"axis", std::int64_t{0}}}, {front, ids}, 0},
                          kernel_case{"Compare", {{"mode", "Equal"}}, {ids, wanted}, 0},
                          kernel_case{"Expand", {{"shape", ints{3, 6}}}, {ids}, 0},
                          kernel_case{"Gather", {{"axis", std::int64_t{0}}}, {ids, {{4}, 0, 6, true, true}}, 0}})
        for (auto const t : kernel_types) {
            kernel_result const r = run_kernel(c, t);
            CHECK_MESSAGE(r.ulps == 0, title(c, t));
            CHECK(r.hazards.empty());
        }
}

TEST_CASE("images of bytes are read by products and reductions") {
    using ints = std::vector<std::int64_t>;
    attribute_map const window{{"kernel_shape", ints{3, 3}}, {"strides", ints{1, 1}}, {"pads", ints{1, 1, 1, 1}}};
    for (auto const& c : {kernel_case{"Conv", window, {image({1, 3, 9, 8}), {{5, 3, 3, 3}, -1, 1, true}}, 20},
                          kernel_case{"MaxPool", window, {image({1, 3, 9, 8})}, 0},
                          kernel_case{"Reduce", {{"axes", ints{2, 3}}, {"mode", "ReduceMean"}}, {image({1, 3, 9, 8})}, 20}})
        for (auto const t : kernel_types) {
            kernel_result const r = run_kernel(c, t);
            CHECK_MESSAGE(r.ulps <= c.ulps, title(c, t), " ", r.ulps);
            CHECK(r.hazards.empty());
        }
}
