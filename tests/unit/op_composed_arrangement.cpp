// Composed operators that move values.
#include "composed_helper.hpp"

using namespace op_test;

namespace {
using ints = std::vector<std::int64_t>;
}

TEST_CASE("axes are rotated, swapped, packed and unpacked") {
    CHECK(list(run("SwapDimInner", {{"offset", ints{0, 1}}}, {counted({2, 3})})[0]) == std::vector<float>{1, 2, 0, 4, 5, 3});
    CHECK(list(run("Transpose", {{"dim0", std::int64_t{0}}, {"dim1", std::int64_t{1}}}, {counted({2, 3})})[0]) ==
          std::vector<float>{0, 3, 1, 4, 2, 5});
    auto const packed = run("Pack", {{"axis", std::int64_t{1}}}, {counted({2}), counted({2}, 5)})[0];
    CHECK(packed.shape() == shape{2, 2});
    CHECK(list(packed) == std::vector<float>{0, 5, 1, 6});
    auto const parts = run("Unpack", {{"axis", std::int64_t{1}}}, {counted({2, 3})});
    REQUIRE(parts.size() == 3);
    CHECK(list(parts[1]) == std::vector<float>{1, 4});
}

TEST_CASE("grids follow the lists, or run the other way") {
    auto const grid = run("MeshGrid", {{"is_reverse", false}}, {counted({2}), counted({3}, 10)});
    CHECK(grid[0].shape() == shape{2, 3});
    CHECK(list(grid[0]) == std::vector<float>{0, 0, 0, 1, 1, 1});
    CHECK(list(grid[1]) == std::vector<float>{10, 11, 12, 10, 11, 12});
    auto const turned = run("MeshGrid", {{"is_reverse", true}}, {counted({2}), counted({3}, 10)});
    CHECK(turned[0].shape() == shape{3, 2});
    CHECK(list(turned[0]) == std::vector<float>{0, 1, 0, 1, 0, 1});
}

TEST_CASE("constant operands give shapes, ranges and slices") {
    CHECK(list(run("Range", {}, {make({}, {2}), make({}, {9}), make({}, {3})})[0]) == std::vector<float>{2, 5, 8});
    CHECK(run("View", {}, {counted({6}), make({2}, {2, -1})})[0].shape() == shape{2, 3});
    CHECK(list(run("Repeat", {}, {counted({1, 2}), make({2}, {2, 2})})[0]) == std::vector<float>{0, 1, 0, 1, 0, 1, 0, 1});
    auto const last = run("StridedSlice", {{"shrink_axis_mask", std::int64_t{1}}, {"end_mask", std::int64_t{2}}},
                          {counted({3, 4}), make({2}, {-1, 1}), make({2}, {0, 0}), make({2}, {1, 2})})[0];
    CHECK(last.shape() == shape{2});
    CHECK(list(last) == std::vector<float>{9, 11});
    CHECK_THROWS_AS(run("Range", {}, {make({}, {2}), make({}, {9}), make({}, {0})}), model_error);
}

TEST_CASE("the right image moves by the disparity") {
    auto const volume =
        run("ConcatVolume", {{"max_disp", std::int64_t{2}}}, {counted({1, 1, 1, 3}), counted({1, 1, 1, 3}, 10)})[0];
    CHECK(volume.shape() == shape{1, 2, 2, 1, 3});
    CHECK(list(volume) == std::vector<float>{0, 1, 2, 0, 1, 2, 10, 11, 12, 0, 10, 11});
    auto const match = run("Correlation", {{"max_disp", std::int64_t{2}}, {"num_groups", std::int64_t{1}}},
                           {counted({1, 2, 1, 3}), counted({1, 2, 1, 3})})[0];
    CHECK(list(match) == std::vector<float>{4.5, 8.5, 14.5, 0, 6, 11});
}
