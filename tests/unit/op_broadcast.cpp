#include "op_helper.hpp"

using namespace op_test;

TEST_CASE("binary operators broadcast as NumPy does") {
    tensor const a = counted({2, 1, 3}), b = make({2, 1}, {10, 20});
    tensor const y = evaluate<op::add>({}, {a, b})[0];
    CHECK(y.shape() == shape{2, 2, 3});
    CHECK(list(y) == std::vector<float>{10, 11, 12, 20, 21, 22, 13, 14, 15, 23, 24, 25});
    CHECK(list(evaluate<op::sub>({.is_reverse = true}, {counted({2, 2}), make({}, {1})})[0]) == std::vector<float>{1, 0, -1, -2});
    CHECK(evaluate<op::mul>({}, {counted({5000}), make({1}, {2})})[0][4999] == 9998);
}

TEST_CASE("a slope or a scale for each channel reaches that channel only") {
    tensor const x = counted({1, 2, 1, 2}, -2), per_channel = make({1, 2, 1, 1}, {10, 100});
    CHECK(list(evaluate<op::prelu>({}, {x, per_channel})[0]) == std::vector<float>{-20, -10, 0, 1});
    CHECK(list(evaluate<op::scale>({.do_relu = true}, {x, per_channel, make({1, 2, 1, 1}, {15, 1})})[0]) ==
          std::vector<float>{0, 5, 1, 101});
}

TEST_CASE("Where takes branches from operands or from constants") {
    tensor const c = make({2, 2}, {1, 0, 0, 1}), x = make({1, 2}, {5, 6}), y = make({2, 1}, {7, 8});
    CHECK(list(evaluate<op::where>({}, {c, x, y})[0]) == std::vector<float>{5, 7, 8, 6});
    CHECK(list(evaluate<op::where>({.y_is_const = true, .y_const_val = -1}, {c, x, tensor(shape{0})})[0]) ==
          std::vector<float>{5, -1, -1, 6});
    CHECK(list(evaluate<op::masked_fill>({.const_val = 3}, {c, y})[0]) == std::vector<float>{3, 7, 8, 3});
}

TEST_CASE("operands that cannot be broadcast are an error with their shapes") {
    CHECK_THROWS_WITH_AS(evaluate<op::add>({}, {counted({2, 3}), counted({2, 4})}),
                         "operands: operands of shapes [2,3] and [2,4] cannot be broadcast to one shape", model_error);
}
