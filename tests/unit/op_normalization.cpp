#include "op_helper.hpp"

using namespace op_test;

TEST_CASE("softmax sums to one along any axis, also for large values") {
    tensor const x = make({2, 2}, {1000, 0, 1001, 0});
    auto const y = list(evaluate<op::softmax>({.axis = 0}, {x})[0]);
    CHECK(y[0] == doctest::Approx(0.26894142));
    CHECK(y[2] == doctest::Approx(0.73105858));
    CHECK(y[1] == 0.5f);
    CHECK(evaluate<op::softmax>({.axis = 1, .log = true}, {x})[0][0] == doctest::Approx(0));
    CHECK(evaluate<op::softmax>({.axis = 1}, {noise({3, 40, 7})})[0].shape() == shape{3, 40, 7});
}

TEST_CASE("normalizations subtract the mean of what they cover") {
    tensor const x = make({1, 2, 1, 2}, {1, 3, 10, 14});
    auto const layer = list(evaluate<op::layer_norm>({.axis = -1, .eps = 0}, {x, make({2}, {2, 2}), make({2}, {1, 1})})[0]);
    CHECK(layer == std::vector<float>{-1, 3, -1, 3});
    auto const instance = list(evaluate<op::instance_norm>({.eps = 0}, {x, make({2}, {2, 3}), make({2}, {1, 0})})[0]);
    CHECK(instance == std::vector<float>{-1, 3, -3, 3});
    auto const group = list(evaluate<op::group_norm>({.num_groups = 1, .eps = 0}, {x})[0]);
    CHECK(group[0] == doctest::Approx((1 - 7) / std::sqrt(27.5)));
    auto const rms = list(evaluate<op::rms_norm>({.eps = 0, .axis = -1}, {make({2}, {3, 4}), make({2}, {1, 2})})[0]);
    CHECK(rms[1] == doctest::Approx(8 / std::sqrt(12.5)));
    CHECK(evaluate<op::pixel_norm>({.eps = 0}, {x})[0][0] == doctest::Approx(-1));
}

TEST_CASE("batch normalization uses the statistics of the channel") {
    tensor const x = make({1, 2, 2}, {1, 2, 3, 4});
    auto const y = evaluate<op::batch_norm>({.epsilon = 0, .do_relu = true},
                                            {x, make({2}, {1, 3}), make({2}, {4, 1}), make({2}, {2, -1}), make({2}, {1, 0})})[0];
    CHECK(list(y) == std::vector<float>{1, 2, 0, 0});
}

TEST_CASE("local response normalization looks at neighbouring channels") {
    auto const y = evaluate<op::lrn>({.size = 3, .alpha = 3, .beta = 1, .bias = 1}, {make({1, 3, 1, 1}, {1, 2, 3})})[0];
    CHECK(y[0] == doctest::Approx(1.0 / 6));
    CHECK(y[1] == doctest::Approx(2.0 / 15));
}
