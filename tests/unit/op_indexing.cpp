#include "op_helper.hpp"

using namespace op_test;

TEST_CASE("gathers take negative indices and refuse those outside") {
    tensor const x = counted({2, 3});
    CHECK(list(evaluate<op::gather>({.axis = 1}, {x, make({2}, {-1, 0})})[0]) == std::vector<float>{2, 0, 5, 3});
    CHECK(evaluate<op::gather>({.axis = 0}, {x, make({}, {1})})[0].shape() == shape{3});
    CHECK(list(evaluate<op::gather_elements>({.axis = 1}, {x, make({2, 2}, {2, 0, 1, 1})})[0]) == std::vector<float>{2, 0, 4, 4});
    CHECK(list(evaluate<op::gather_nd>({}, {x, make({2, 2}, {0, 1, 1, 2})})[0]) == std::vector<float>{1, 5});
    CHECK(list(evaluate<op::gather_nd>({.batch_dims = 1}, {x, make({2, 1}, {1, 2})})[0]) == std::vector<float>{1, 5});
    CHECK_THROWS_AS(evaluate<op::gather>({}, {x, make({1}, {2})}), model_error);
    CHECK_THROWS_AS(evaluate<op::gather>({}, {x, make({1}, {std::nanf("")})}), model_error);
}

TEST_CASE("scatters replace or combine") {
    tensor const x = counted({2, 3}), at = make({1, 2}, {0, 2}), more = make({1, 2}, {10, 20});
    CHECK(list(evaluate<op::scatter_elements>({.axis = 1}, {x, at, more})[0]) == std::vector<float>{10, 1, 20, 3, 4, 5});
    CHECK(list(evaluate<op::scatter_elements>({.axis = 1, .reduction = 1}, {x, at, more})[0]) ==
          std::vector<float>{10, 1, 22, 3, 4, 5});
    CHECK(list(evaluate<op::scatter_nd>({}, {x, make({1, 1}, {1}), make({1, 3}, {7, 8, 9})})[0]) ==
          std::vector<float>{0, 1, 2, 7, 8, 9});
}

TEST_CASE("the largest values come in order, equal ones by position, NaN first") {
    auto const y = evaluate<op::top_k>({.axis = 0, .k = 3}, {make({5}, {1, 7, 3, 7, 2})});
    CHECK(list(y[0]) == std::vector<float>{7, 7, 3});
    CHECK(list(y[1]) == std::vector<float>{1, 3, 2});
    auto const small = evaluate<op::top_k>({.axis = 1, .k = 1, .largest = false}, {make({2, 2}, {1, 2, 4, 3})});
    CHECK(list(small[0]) == std::vector<float>{1, 3});
    CHECK(list(small[1]) == std::vector<float>{0, 1});
}
