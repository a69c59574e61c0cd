#include "op_helper.hpp"

using namespace op_test;

TEST_CASE("activations give the values of their definitions") {
    tensor const x = make({5}, {-3, -0.5f, 0, 1, 4});
    auto const check = [&](tensor const& y, auto f) {
        for (std::int64_t i = 0; i < x.size(); ++i) CHECK(y[i] == doctest::Approx(f(static_cast<double>(x[i]))).epsilon(1e-6));
    };
    auto const sigmoid = [](double v) { return 1 / (1 + std::exp(-v)); };
    check(evaluate<op::sigmoid>({}, {x})[0], sigmoid);
    check(evaluate<op::sigmoid>({.log = true}, {x})[0], [&](double v) { return std::log(sigmoid(v)); });
    check(evaluate<op::silu>({}, {x})[0], [&](double v) { return v * sigmoid(v); });
    check(evaluate<op::swish>({.beta = 2}, {x})[0], [&](double v) { return v * sigmoid(2 * v); });
    check(evaluate<op::mish>({}, {x})[0], [](double v) { return v * std::tanh(std::log1p(std::exp(v))); });
    check(evaluate<op::softplus>({}, {x})[0], [](double v) { return std::log1p(std::exp(v)); });
    check(evaluate<op::gelu>({}, {x})[0], [](double v) { return v / 2 * (1 + std::erf(v / std::sqrt(2.0))); });
    check(evaluate<op::elu>({.alpha = 0.5}, {x})[0], [](double v) { return v > 0 ? v : 0.5 * std::expm1(v); });
    check(evaluate<op::leaky_relu>({.alpha = 0.1}, {x})[0], [](double v) { return v > 0 ? v : 0.1 * v; });
    check(evaluate<op::hard_swish>({}, {x})[0], [](double v) { return v * std::clamp(v / 6 + 0.5, 0.0, 1.0); });
    check(evaluate<op::hard_sigmoid>({}, {x})[0], [](double v) { return std::clamp(0.2 * v + 0.5, 0.0, 1.0); });
    check(evaluate<op::clip>({.min = -1, .max = 2}, {x})[0], [](double v) { return std::clamp(v, -1.0, 2.0); });
    check(evaluate<op::relu>({.relu_limit = 3}, {x})[0], [](double v) { return std::clamp(v, 0.0, 3.0); });
    check(evaluate<op::sign>({}, {x})[0], [](double v) { return (v > 0) - (v < 0); });
}

TEST_CASE("rounding operators treat halves and signs as ONNX does") {
    tensor const x = make({6}, {-2.5f, -1.2f, -0.5f, 0.5f, 1.5f, 8388609});
    CHECK(list(evaluate<op::round>({}, {x})[0]) == std::vector<float>{-2, -1, 0, 0, 2, 8388609});
    CHECK(list(evaluate<op::floor>({}, {x})[0]) == std::vector<float>{-3, -2, -1, 0, 1, 8388609});
    CHECK(list(evaluate<op::ceil>({}, {x})[0]) == std::vector<float>{-2, -1, 0, 1, 2, 8388609});
}

TEST_CASE("operators with a constant know which side it stands on") {
    tensor const x = make({3}, {1, 2, 4});
    CHECK(list(evaluate<op::sub_const>({.const_val = 3}, {x})[0]) == std::vector<float>{-2, -1, 1});
    CHECK(list(evaluate<op::sub_const>({.const_val = 3, .is_reverse = true}, {x})[0]) == std::vector<float>{2, 1, -1});
    CHECK(list(evaluate<op::div_const>({.const_val = 2, .is_reverse = true}, {x})[0]) == std::vector<float>{2, 1, 0.5f});
    CHECK(list(evaluate<op::add_const>({.const_val = -3, .do_relu = true}, {x})[0]) == std::vector<float>{0, 0, 1});
    CHECK(list(evaluate<op::mul_const>({.const_val = 3, .do_relu = true, .relu_limit = 6}, {x})[0]) ==
          std::vector<float>{3, 6, 6});
    CHECK(list(evaluate<op::pow>({.exponent = 2}, {x})[0]) == std::vector<float>{1, 4, 16});
    CHECK(list(evaluate<op::pow2>({.const_val = 2}, {x})[0]) == std::vector<float>{2, 4, 16});
}

TEST_CASE("comparisons give 1 or 0 for each mode") {
    tensor const a = make({3}, {1, 2, 3}), b = make({3}, {2, 2, 2});
    auto const mode = [&](compare_mode m) { return list(evaluate<op::compare>({.mode = m}, {a, b})[0]); };
    CHECK(mode(compare_mode::equal) == std::vector<float>{0, 1, 0});
    CHECK(mode(compare_mode::greater) == std::vector<float>{0, 0, 1});
    CHECK(mode(compare_mode::greater_or_equal) == std::vector<float>{0, 1, 1});
    CHECK(mode(compare_mode::less) == std::vector<float>{1, 0, 0});
    CHECK(mode(compare_mode::less_or_equal) == std::vector<float>{1, 1, 0});
    CHECK(mode(compare_mode::not_equal) == std::vector<float>{1, 0, 1});
    CHECK(list(evaluate<op::compare_const>({.mode = compare_mode::less, .const_val = 2, .inversed = true}, {a})[0]) ==
          std::vector<float>{0, 0, 1});
}
