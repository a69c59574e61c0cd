// Boxes: overlap, and suppression within a class.
#include <doctest/doctest.h>
#include <tpu_convert/vision/boxes.hpp>
#include <tpu_convert/vision/coco.hpp>

using namespace tpu_convert::vision;

TEST_CASE("the overlap of boxes is the area that they share over the area that they cover") {
    box const a{0, 0, 10, 10, 1, 0}, b{5, 0, 15, 10, 1, 0};
    CHECK(overlap(a, b) == doctest::Approx(50.0 / 150));
    CHECK(overlap(a, a) == 1);
    CHECK(overlap(a, {20, 20, 30, 30, 1, 0}) == 0);
    CHECK(overlap({10, 10, 0, 0, 1, 0}, {10, 10, 0, 0, 1, 0}) == 0); // inside out
}

TEST_CASE("the best of boxes that overlap is kept, once for each class") {
    box const low{1, 0, 10, 10, 0.5f, 3}, high{0, 0, 10, 10, 0.9f, 3};
    box const other{0, 0, 10, 10, 0.6f, 4}, apart{50, 0, 60, 10, 0.3f, 3};
    auto const kept = suppress({low, apart, high, other}, 0.6);
    REQUIRE(kept.size() == 3);
    CHECK(kept[0].score == 0.9f);
    CHECK(kept[1].label == 4);
    CHECK(kept[2].left == 50);
    CHECK(suppress({low, high}, 0.95).size() == 2); // they overlap by 0.9
}

TEST_CASE("classes have COCO's names where there are 80 of them") {
    CHECK(class_name(16, 80) == "dog");
    CHECK(class_name(79, 80) == "toothbrush");
    CHECK(class_name(16, 20) == "class 16");
}
