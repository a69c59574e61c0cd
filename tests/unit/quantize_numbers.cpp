#include <doctest/doctest.h>
#include <tpu_convert/core/fixed_point.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/op/silu.hpp>
#include <tpu_convert/quantize/number_format.hpp>
#include <tpu_convert/quantize/useful_range.hpp>

using namespace tpu_convert;

TEST_CASE("shifts round halves away from zero, or up") {
    CHECK(round_shift(5, 1) == 3);
    CHECK(round_shift(-5, 1) == -3);
    CHECK(round_shift(4, 3) == 1);
    CHECK(round_shift(-3, 3) == 0);
    CHECK(round_shift(3, -2) == 12);
    CHECK(round_shift_half_up(5, 1) == 3);
    CHECK(round_shift_half_up(-5, 1) == -2);
}

TEST_CASE("a factor is the nearest multiplier and shift, the first of equals") {
    auto const half = factor_of_8_bits(0.5);
    CHECK(half.multiplier == 1);
    CHECK(half.shift == 1);
    auto const tenth = factor_of_8_bits(0.1); // 51 / 512 = 102 / 1024
    CHECK(tenth.multiplier == 51);
    CHECK(tenth.shift == 9);
    auto const large = factor_of_8_bits(300); // 8 bits shift to the right only
    CHECK(large.multiplier == 0);
    CHECK(factor_of_32_bits(300).value() == 300);
    CHECK(factor_of_32_bits(0.1).value() == doctest::Approx(0.1).epsilon(1e-8));
    CHECK(factor_of_32_bits(0.1).shift == 29); // 30 is as near
    CHECK(factor_of_8_bits(-0.1).multiplier == -51);
}

TEST_CASE("symmetric formats have a sign if the range reaches below zero") {
    CHECK(symmetric_format({2.54, -1, 3}) == number_format{dtype::i8, 2.54 / 127, 0});
    CHECK(symmetric_format({2.55, 0, 3}) == number_format{dtype::u8, 2.55 / 255, 0});
}

TEST_CASE("asymmetric formats hold the whole range and zero") {
    auto const f = asymmetric_format({9, -1, 1.55});
    CHECK(f.type == dtype::i8);
    CHECK(f.scale == doctest::Approx(0.01));
    CHECK(f.zero_point == -28);
    auto const positive = asymmetric_format({9, 1, 2.55});
    CHECK(positive.type == dtype::u8);
    CHECK(positive.zero_point == 0);
    CHECK(positive.scale == doctest::Approx(0.01));
    auto const negative = asymmetric_format({9, -2.55, -1});
    CHECK(negative.zero_point == 127);
    CHECK(negative.scale == doctest::Approx(0.01));
}

TEST_CASE("a SiLU tells its inputs apart from about -1 to where its result is cut") {
    node silu;
    silu.op = &info_of<op::silu>();
    silu.attributes = op::silu::attributes{};
    auto const r = detail::useful_range(silu, {-100, 100}, {dtype::u8, 0.5, 0});
    CHECK(r.lowest > -1);
    CHECK(r.lowest < 1);
    CHECK(r.highest == doctest::Approx(100).epsilon(0.01));
    auto const cut = detail::useful_range(silu, {-100, 100}, {dtype::i8, 0.1, 0}); // up to 12.7
    CHECK(cut.highest == doctest::Approx(12.7).epsilon(0.01));
    CHECK(cut.lowest < -4);
}
