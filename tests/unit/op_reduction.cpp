#include "op_helper.hpp"

using namespace op_test;

TEST_CASE("reductions over axes in the middle, several axes or all") {
    tensor const x = counted({2, 3, 2}, 1);
    auto const reduce = [&](reduce_mode mode, std::vector<std::int64_t> axes) {
        return list(evaluate<op::reduce>({.axes = axes, .keepdims = false, .mode = mode}, {x})[0]);
    };
    CHECK(reduce(reduce_mode::sum, {1}) == std::vector<float>{9, 12, 27, 30});
    CHECK(reduce(reduce_mode::mean, {0, 2}) == std::vector<float>{4.5f, 6.5f, 8.5f});
    CHECK(reduce(reduce_mode::max, {}) == std::vector<float>{12});
    CHECK(reduce(reduce_mode::min, {-1}) == std::vector<float>{1, 3, 5, 7, 9, 11});
    CHECK(reduce(reduce_mode::prod, {1, 2}) == std::vector<float>{720, 665280});
    CHECK(reduce(reduce_mode::l1, {0, 1}) == std::vector<float>{36, 42});
    CHECK(evaluate<op::reduce>({.axes = {1}, .mode = reduce_mode::l2}, {make({1, 2}, {3, 4})})[0].shape() == shape{1, 1});
}

TEST_CASE("the position of the extreme, the first or the last of equal ones") {
    tensor const x = make({2, 3}, {1, 5, 5, 7, 2, 7});
    CHECK(list(evaluate<op::arg>({.axis = 1, .select_last_index = false}, {x})[0]) == std::vector<float>{1, 0});
    CHECK(list(evaluate<op::arg>({.axis = 1}, {x})[0]) == std::vector<float>{2, 2});
    CHECK(evaluate<op::arg>({.axis = 0, .keepdims = false, .mode = arg_mode::min}, {x})[0].shape() == shape{3});
}

TEST_CASE("running sums restart with each row") {
    CHECK(list(evaluate<op::cum_sum>({.axis = 1}, {counted({2, 3}, 1)})[0]) == std::vector<float>{1, 3, 6, 4, 9, 15});
    CHECK(list(evaluate<op::cum_sum>({.axis = 0}, {counted({2, 3}, 1)})[0]) == std::vector<float>{1, 2, 3, 5, 7, 9});
}
