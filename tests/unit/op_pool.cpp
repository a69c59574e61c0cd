#include "op_helper.hpp"

using namespace op_test;

TEST_CASE("pooling with padding, strides and rounded-up sizes") {
    tensor const x = counted({1, 1, 3, 3}, 1);
    op::max_pool::attributes m{.kernel_shape = {2, 2}, .strides = {2, 2}, .pads = {0, 0, 0, 0}, .ceil_mode = true};
    CHECK(list(evaluate<op::max_pool>(m, {x})[0]) == std::vector<float>{5, 6, 8, 9});
    m.ceil_mode = false;
    CHECK(list(evaluate<op::max_pool>(m, {x})[0]) == std::vector<float>{5});
    op::avg_pool::attributes a{.kernel_shape = {2, 2}, .strides = {1, 1}, .pads = {1, 1, 0, 0}};
    CHECK(list(evaluate<op::avg_pool>(a, {x})[0]) == std::vector<float>{1, 1.5f, 2.5f, 2.5f, 3, 4, 5.5f, 6, 7});
    a.count_include_pad = true;
    CHECK(evaluate<op::avg_pool>(a, {x})[0][0] == 0.25f);
}

TEST_CASE("pooling of whole planes and of one or three axes") {
    op::avg_pool::attributes a{.kernel_shape = {3, 4}, .strides = {1, 1}, .pads = {0, 0, 0, 0}};
    CHECK(list(evaluate<op::avg_pool>(a, {counted({1, 2, 3, 4})})[0]) == std::vector<float>{5.5f, 17.5f});
    a.keepdims = false;
    CHECK(evaluate<op::avg_pool>(a, {counted({1, 2, 3, 4})})[0].shape() == shape{1, 2});
    op::max_pool::attributes m{.kernel_shape = {3}, .strides = {2}, .pads = {1, 1}};
    CHECK(list(evaluate<op::max_pool>(m, {counted({1, 1, 5}, -5)})[0]) == std::vector<float>{-4, -2, -1});
    m = {.kernel_shape = {2, 2, 2}, .strides = {2, 2, 2}, .pads = {0, 0, 0, 0, 0, 0}};
    CHECK(list(evaluate<op::max_pool>(m, {counted({1, 1, 2, 2, 4})})[0]) == std::vector<float>{13, 15});
}
