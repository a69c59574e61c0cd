#include <doctest/doctest.h>
#include <tpu_convert/core/float16.hpp>

using namespace tpu_convert;

TEST_CASE("float16 conversion rounds to nearest even and keeps subnormals") {
    CHECK(f32_to_f16(65519.0f) == 0x7BFF);
    CHECK(f32_to_f16(65520.0f) == 0x7C00);
    CHECK(f32_to_f16(0x1p-24f) == 1);
    CHECK(f32_to_f16(0x1p-25f) == 0);
    CHECK(f32_to_f16(0x1.8p-25f) == 1);
    CHECK(f32_to_f16(0x1.fffp-15f) == 0x400);
    for (std::uint32_t h = 0; h < 0x7C00; ++h) {
        CHECK(f32_to_f16(f16_to_f32(static_cast<std::uint16_t>(h))) == h);
        CHECK(f32_to_f16(-f16_to_f32(static_cast<std::uint16_t>(h))) == (h | 0x8000));
    }
}

TEST_CASE("bfloat16 conversion rounds to nearest even and flushes subnormals") {
    CHECK(f32_to_bf16(1.0f) == 0x3F80);
    CHECK(f32_to_bf16(0x1.01p0f) == 0x3F80);
    CHECK(f32_to_bf16(0x1.03p0f) == 0x3F82);
    CHECK(f32_to_bf16(0x1p-130f) == 0);
}
