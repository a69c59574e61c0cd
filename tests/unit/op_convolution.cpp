#include "op_helper.hpp"

using namespace op_test;

TEST_CASE("a convolution by hand: stride, padding, bias and fused relu") {
    tensor const x = counted({1, 1, 3, 3}, 1), ones = make({1, 1, 2, 2}, {1, 1, 1, 1});
    op::conv::attributes a{{.kernel_shape = {2, 2}, .strides = {1, 1}, .pads = {0, 0, 0, 0}}};
    CHECK(list(evaluate<op::conv>(a, {x, ones})[0]) == std::vector<float>{12, 16, 24, 28});
    a.pads = {1, 1, 0, 0}, a.strides = {2, 2};
    CHECK(list(evaluate<op::conv>(a, {x, ones, make({1}, {-10})})[0]) == std::vector<float>{-9, -5, 1, 18});
    a.do_relu = true, a.relu_limit = 6;
    CHECK(list(evaluate<op::conv>(a, {x, ones, make({1}, {-10})})[0]) == std::vector<float>{0, 0, 1, 6});
}

// The helper compares the float back end with plain loops in double.
TEST_CASE("convolutions of every kind agree with plain loops") {
    auto const run = [](shape in, shape filter, op::conv::attributes a) {
        a.kernel_shape.assign(filter.begin() + 2, filter.end());
        return evaluate<op::conv>(a, {noise(in), noise(filter, 2), noise({filter[0]}, 3)})[0].shape();
    };
    CHECK(run({2, 3, 9, 8}, {4, 3, 3, 3}, {{.strides = {2, 2}, .pads = {1, 1, 1, 1}}}) == shape{2, 4, 5, 4});
    CHECK(run({1, 6, 8, 8}, {6, 1, 3, 3}, {{.strides = {1, 1}, .pads = {1, 1, 1, 1}, .group = 6}}) == shape{1, 6, 8, 8});
    CHECK(run({1, 4, 8, 8}, {6, 2, 3, 3}, {{.strides = {1, 1}, .pads = {2, 2, 2, 2}, .group = 2, .dilations = {{2, 2}}}}) ==
          shape{1, 6, 8, 8});
    CHECK(run({1, 5, 7, 7}, {8, 5, 1, 1}, {{.strides = {2, 2}, .pads = {0, 0, 0, 0}}}) == shape{1, 8, 4, 4});
    CHECK(run({1, 3, 20}, {4, 3, 5}, {{.strides = {3}, .pads = {2, 0}}}) == shape{1, 4, 6});
    CHECK(run({1, 2, 5, 6, 7}, {3, 2, 2, 3, 3}, {{.strides = {1, 2, 1}, .pads = {0, 1, 1, 1, 1, 1}}}) == shape{1, 3, 5, 3, 7});
}

TEST_CASE("transposed convolutions agree with plain loops, and by hand") {
    op::deconv::attributes a{{.kernel_shape = {2, 2}, .strides = {2, 2}, .pads = {0, 0, 0, 0}}};
    CHECK(list(evaluate<op::deconv>(a, {make({1, 1, 1, 2}, {1, 2}), counted({1, 1, 2, 2}, 1)})[0]) ==
          std::vector<float>{1, 2, 2, 4, 3, 4, 6, 8});
    a = {{.kernel_shape = {3, 3}, .strides = {2, 2}, .pads = {1, 1, 1, 1}, .do_relu = true}, {{1, 1}}};
    CHECK(evaluate<op::deconv>(a, {noise({1, 4, 5, 5}), noise({6, 4, 3, 3}, 2), noise({6}, 3)})[0].shape() ==
          shape{1, 6, 10, 10});
    a = {{.kernel_shape = {4, 4}, .strides = {2, 2}, .pads = {1, 1, 1, 1}, .group = 2}};
    CHECK(evaluate<op::deconv>(a, {noise({2, 4, 5, 5}), noise({6, 2, 4, 4}, 2), noise({6}, 3)})[0].shape() ==
          shape{2, 6, 10, 10});
}

TEST_CASE("matrix products broadcast, transpose and add a bias") {
    tensor const a = counted({2, 2}, 1), b = counted({2, 2}, 5);
    CHECK(list(evaluate<op::mat_mul>({}, {a, b})[0]) == std::vector<float>{19, 22, 43, 50});
    CHECK(list(evaluate<op::mat_mul>({.right_transpose = true}, {a, b, make({2}, {1, -1})})[0]) ==
          std::vector<float>{18, 22, 40, 52});
    CHECK(list(evaluate<op::mat_mul>({.left_transpose = true}, {a, b})[0]) == std::vector<float>{26, 30, 38, 44});
    CHECK(evaluate<op::mat_mul>({}, {noise({3, 1, 4, 5}), noise({2, 5, 6}, 2)})[0].shape() == shape{3, 2, 4, 6});
    CHECK(evaluate<op::mat_mul>({.do_relu = true}, {noise({5}), noise({2, 5, 6}, 2)})[0].shape() == shape{2, 6});
    CHECK(evaluate<op::mat_mul>({}, {noise({2, 3, 5}), noise({5}, 2)})[0].shape() == shape{2, 3});
}
