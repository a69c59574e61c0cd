#include "op_helper.hpp"

using namespace op_test;

TEST_CASE("resizing follows each convention of coordinates") {
    tensor const x = make({1, 1, 1, 2}, {0, 4});
    auto const wide = [&](interp_mode mode, interp_coord_mode coordinates) {
        return list(evaluate<op::interp>({.mode = mode, .coord_mode = coordinates, .scale_h = 1, .scale_w = 2}, {x})[0]);
    };
    CHECK(wide(interp_mode::linear, interp_coord_mode::half_pixel) == std::vector<float>{0, 1, 3, 4});
    CHECK(wide(interp_mode::linear, interp_coord_mode::asymmetric) == std::vector<float>{0, 2, 4, 4});
    CHECK(wide(interp_mode::linear, interp_coord_mode::align_corners)[1] == doctest::Approx(4.0 / 3));
    CHECK(wide(interp_mode::nearest, interp_coord_mode::asymmetric) == std::vector<float>{0, 0, 4, 4});
    CHECK(wide(interp_mode::nearest, interp_coord_mode::half_pixel) == std::vector<float>{0, 0, 4, 4});
}

TEST_CASE("a scale that is a rounded quotient still gives the wanted size") {
    std::vector<shape> const in{{1, 1, 3, 7}};
    for (std::int64_t out = 1; out < 300; ++out) {
        double const scale = static_cast<float>(out) / 7.0f;
        REQUIRE(op::interp::infer({.scale_h = 1, .scale_w = scale}, in)[0] == shape{1, 1, 3, out});
    }
}

TEST_CASE("upsampling repeats pixels") {
    CHECK(list(evaluate<op::upsample>({.scale_h = 2, .scale_w = 2}, {make({1, 1, 1, 2}, {1, 2})})[0]) ==
          std::vector<float>{1, 1, 2, 2, 1, 1, 2, 2});
}
