#include "op_helper.hpp"

using namespace op_test;

TEST_CASE("permutation moves the right elements, large ones in tiles") {
    tensor const x = counted({2, 3, 2});
    CHECK(list(evaluate<op::permute>({.order = {2, 0, 1}}, {x})[0]) == std::vector<float>{0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11});
    tensor const y = evaluate<op::permute>({.order = {0, 3, 1, 2}}, {counted({1, 17, 19, 21})})[0];
    for (std::int64_t c = 0; c < 21; ++c)
        for (std::int64_t p = 0; p < 17 * 19; ++p) REQUIRE(y[c * 17 * 19 + p] == static_cast<float>(p * 21 + c));
}

TEST_CASE("slices count from the back, step and reverse") {
    tensor const x = counted({2, 5});
    auto const cut = [&](std::vector<std::int64_t> offset, std::vector<std::int64_t> ends, std::vector<std::int64_t> steps,
                         std::vector<std::int64_t> axes) {
        return list(evaluate<op::slice>({.offset = offset, .steps = steps, .ends = ends, .axes = axes}, {x})[0]);
    };
    CHECK(cut({1, 1}, {2, 4}, {1, 1}, {}) == std::vector<float>{6, 7, 8});
    CHECK(cut({-2}, {1000}, {1}, {1}) == std::vector<float>{3, 4, 8, 9});
    CHECK(cut({0}, {5}, {2}, {-1}) == std::vector<float>{0, 2, 4, 5, 7, 9});
    CHECK(cut({4}, {-6}, {-2}, {1}) == std::vector<float>{4, 2, 0, 9, 7, 5});
    CHECK(cut({3}, {3}, {1}, {1}).empty());
    CHECK(list(evaluate<op::reverse>({.axis = 1}, {x})[0]) == std::vector<float>{4, 3, 2, 1, 0, 9, 8, 7, 6, 5});
}

TEST_CASE("concatenation and splitting are inverse") {
    tensor const x = counted({2, 5, 3});
    auto const parts = evaluate<op::split>({.axis = 1, .num = 3, .split_size = {{1, 0, 4}}}, {x});
    CHECK(parts[0].shape() == shape{2, 1, 3});
    CHECK(parts[1].shape() == shape{2, 0, 3});
    CHECK(list(evaluate<op::concat>({.axis = 1}, {parts[0], parts[1], parts[2]})[0]) == list(x));
    CHECK(evaluate<op::split>({.axis = 1, .num = 2}, {x})[1].shape() == shape{2, 2, 3});
}

TEST_CASE("padding in each mode, and negative padding cuts") {
    tensor const x = counted({1, 3}, 1);
    auto const row = [&](padding_mode mode, std::vector<std::int64_t> p) {
        return list(evaluate<op::pad>({.paddings = p, .val = 9, .mode = mode}, {x})[0]);
    };
    CHECK(row(padding_mode::constant, {0, 1, 0, 2}) == std::vector<float>{9, 1, 2, 3, 9, 9});
    CHECK(row(padding_mode::reflect, {0, 2, 0, 1}) == std::vector<float>{3, 2, 1, 2, 3, 2});
    CHECK(row(padding_mode::symmetric, {0, 2, 0, 1}) == std::vector<float>{2, 1, 1, 2, 3, 3});
    CHECK(row(padding_mode::edge, {0, 2, 0, 1}) == std::vector<float>{1, 1, 1, 2, 3, 3});
    CHECK(row(padding_mode::constant, {0, -1, 0, 1}) == std::vector<float>{2, 3, 9});
    CHECK(row(padding_mode::constant, {1, 0, 0, -1}) == std::vector<float>{9, 9, 1, 2});
}

TEST_CASE("shapes change without their elements") {
    tensor const x = counted({2, 1, 6});
    CHECK(evaluate<op::reshape>({.new_shape = {{0, -1, 3}}}, {x})[0].shape() == shape{2, 2, 3});
    CHECK(evaluate<op::flatten>({.start_dim = 1}, {x})[0].shape() == shape{2, 6});
    CHECK(evaluate<op::squeeze>({.axes = {-2}}, {x})[0].shape() == shape{2, 6});
    CHECK(evaluate<op::unsqueeze>({.axes = {0, -1}}, {x})[0].shape() == shape{1, 2, 1, 6, 1});
    CHECK(evaluate<op::expand>({.new_shape = {3, 2, 4, 1}}, {x})[0].shape() == shape{3, 2, 4, 6});
    CHECK(list(evaluate<op::tile>({.repeats = {{2, 2}}}, {counted({1, 2})})[0]) == std::vector<float>{0, 1, 0, 1, 0, 1, 0, 1});
    CHECK(list(evaluate<op::shape_of>({}, {x})[0]) == std::vector<float>{2, 1, 6});
}

TEST_CASE("blocks between channels and pixels, in both orders and back") {
    tensor const x = counted({1, 8, 1, 2});
    op::depth2space::attributes a{.block_h = 2, .block_w = 2};
    CHECK(list(evaluate<op::depth2space>(a, {x})[0]) ==
          std::vector<float>{0, 4, 1, 5, 8, 12, 9, 13, 2, 6, 3, 7, 10, 14, 11, 15});
    a.is_crd = true;
    tensor const y = evaluate<op::depth2space>(a, {x})[0];
    CHECK(list(y) == std::vector<float>{0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11, 12, 14, 13, 15});
    a.is_inversed = true;
    CHECK(list(evaluate<op::depth2space>(a, {y})[0]) == list(x));
    CHECK(list(evaluate<op::shuffle_channel>({.group = 2}, {counted({1, 6, 1, 1})})[0]) == std::vector<float>{0, 3, 1, 4, 2, 5});
}

TEST_CASE("casts drop fractions and turn numbers into truth values") {
    tensor const x = make({4}, {-1.7f, 0, 0.3f, 2.9f});
    CHECK(list(evaluate<op::cast>({.to = "int64"}, {x})[0]) == std::vector<float>{-1, 0, 0, 2});
    CHECK(list(evaluate<op::cast>({.to = "bool"}, {x})[0]) == std::vector<float>{1, 0, 1, 1});
    CHECK(list(evaluate<op::cast>({.to = "f32"}, {x})[0]) == list(x));
}
