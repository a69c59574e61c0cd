// Forms of output of each family of detectors.
#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/vision/registry.hpp>
#include <vector>

using namespace tpu_convert;
using namespace tpu_convert::vision;

namespace {
// Three heads for an image of 64 x 32 with two classes; all scores are far below any threshold.
std::vector<tensor> quiet_heads(bool columns_last) {
    std::vector<tensor> heads;
    for (std::int64_t stride = 8; stride <= 32; stride *= 2) {
        std::int64_t const h = 32 / stride, w = 64 / stride;
        heads.emplace_back(columns_last ? shape{1, 3, h, w, 7} : shape{1, 21, h, w});
        std::ranges::fill(heads.back().values(), -20.f);
    }
    return heads;
}
} // namespace

TEST_CASE("decoded rows give corners, and objectness times the best class") {
    tensor t{{1, 2, 7}};
    float const row[] = {20, 10, 8, 4, 0.5f, 0.1f, 0.8f};
    std::copy_n(row, 7, t.data() + 7);
    auto const found = yolov5::decode(std::span{&t, 1}, {32, 64, 0.3f});
    CHECK(found.classes == 2);
    REQUIRE(found.boxes.size() == 1);
    auto const& b = found.boxes[0];
    CHECK(b.left == 16); CHECK(b.top == 8); CHECK(b.right == 24); CHECK(b.bottom == 12);
    CHECK(b.label == 1);
    CHECK(b.score == doctest::Approx(0.4));
    t[7 + 2] = std::nanf("");
    CHECK(yolov5::decode(std::span{&t, 1}, {32, 64, 0.3f}).boxes.empty());
}

TEST_CASE("heads are decoded with sigmoid, grid and anchors in either order of axes") {
    for (bool const last : {false, true}) {
        auto heads = quiet_heads(last);
        // anchor 1 of stride 16 (62 x 45), row 1, column 2: sigmoid(0) = 0.5 puts the centre in the cell's middle
        for (std::int64_t column = 0; column < 7; ++column) {
            auto const at = last ? ((1 * 2 + 1) * 4 + 2) * 7 + column : ((1 * 7 + column) * 2 + 1) * 4 + 2;
            heads[1][at] = column < 4 ? 0.f : column == 5 ? -20.f : 20.f;
        }
        std::swap(heads[0], heads[2]); // the order of outputs does not matter
        auto const found = yolov5::decode(heads, {32, 64, 0.5f});
        REQUIRE(found.boxes.size() == 1);
        auto const& b = found.boxes[0];
        CHECK(b.label == 1);
        CHECK(b.left == doctest::Approx(2.5 * 16 - 31)); CHECK(b.right == doctest::Approx(2.5 * 16 + 31));
        CHECK(b.top == doctest::Approx(1.5 * 16 - 22.5)); CHECK(b.bottom == doctest::Approx(1.5 * 16 + 22.5));
    }
}

TEST_CASE("outputs of another network are an error that lists the forms") {
    auto heads = quiet_heads(false);
    heads.pop_back();
    CHECK_THROWS_AS(yolov5::decode(heads, {32, 64, 0.5f}), model_error);
    tensor const classes{{1, 1000}};
    CHECK_THROWS_AS(yolov5::decode(std::span{&classes, 1}, {32, 64, 0.5f}), model_error);
    CHECK_THROWS_AS(yolox::decode(std::span{&classes, 1}, {32, 64, 0.5f}), model_error);
    CHECK_THROWS_AS(find_detector("yolov4"), model_error);
}

TEST_CASE("rows of YOLOX count from the cells of three grids") {
    tensor t{{1, 32 + 8 + 2, 7}};
    float const row[] = {0.5f, 0.25f, std::log(2.f), 0, 0.5f, 1, 0};
    std::copy_n(row, 7, t.data() + (32 + 5) * 7); // stride 16, row 1, column 1
    auto const found = yolox::decode(std::span{&t, 1}, {32, 64, 0.3f});
    REQUIRE(found.boxes.size() == 1);
    auto const& b = found.boxes[0];
    CHECK(b.left == doctest::Approx(1.5 * 16 - 16)); CHECK(b.right == doctest::Approx(1.5 * 16 + 16));
    CHECK(b.top == doctest::Approx(1.25 * 16 - 8)); CHECK(b.bottom == doctest::Approx(1.25 * 16 + 8));
    CHECK(b.score == 0.5f);
    CHECK(b.label == 0);
}

TEST_CASE("an image lies in the middle of a letterbox or at its top left") {
    auto const centre = place_in_letterbox(200, 100, 64, 64, yolov5::preprocessing());
    CHECK(centre.width == 64); CHECK(centre.height == 32); CHECK(centre.left == 0); CHECK(centre.top == 16);
    auto const corner = place_in_letterbox(200, 100, 64, 64, yolox::preprocessing());
    CHECK(corner.top == 0);
}
