// Arrays of any type as the bytes of a program's inputs.
#include <cstring>
#include <doctest/doctest.h>
#include <limits>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/simulate/program_arrays.hpp>

using namespace tpu_convert;

namespace {

simulate::border_tensor border(dtype type, float scale = 1, double zero_point = 0) { return {"x", type, {4}, scale, zero_point}; }

array given(dtype type, std::vector<float> const& values) { return from_tensor(tensor{{4}, values}, type); }

// What the program then holds, as numbers.
std::vector<double> held(simulate::border_tensor const& t, array const& a,
                         simulate::input_rounding rounding = simulate::input_rounding::half_away) {
    return to_numbers({t.type, t.dims, simulate::input_bytes(t, a, rounding)});
}

array whole(std::vector<std::int64_t> const& values) {
    array a{dtype::i64, {4}, std::vector<std::byte>(32)};
    std::memcpy(a.bytes.data(), values.data(), 32);
    return a;
}

} // namespace

TEST_CASE("a float input takes numbers of every type") {
    std::vector<double> const numbers{0, 1, 1, 0};
    for (auto const to : {dtype::f32, dtype::f16, dtype::bf16})
        for (auto const& from : all_dtypes) {
            if (to == dtype::bf16 && from.type == dtype::u16) continue; // its bits
            INFO(from.name << " to " << info(to).name);
            CHECK(held(border(to), given(from.type, {0, 1, 1, 0})) == numbers);
        }
    array const bits{dtype::u16, {4}, given(dtype::bf16, {0, 1, -2, 0.5}).bytes};
    CHECK(held(border(dtype::bf16), bits) == std::vector<double>{0, 1, -2, 0.5});
}

TEST_CASE("an integer input takes whole numbers of every type exactly, and no others than it holds") {
    CHECK(held(border(dtype::i32), whole({16'777'217, -16'777'217, 0, 2'147'483'647})) ==
          std::vector<double>{16'777'217, -16'777'217, 0, 2'147'483'647});
    CHECK_THROWS_AS(held(border(dtype::i32), whole({0, 0, 0, 2'147'483'648})), model_error);
    CHECK_THROWS_AS(held(border(dtype::u8), given(dtype::i8, {0, 0, 0, -1})), model_error);
    CHECK(held(border(dtype::i8), given(dtype::u8, {0, 3, 127, 1})) == std::vector<double>{0, 3, 127, 1});
    CHECK(held(border(dtype::i32), given(dtype::boolean, {0, 1, 5, 0})) == std::vector<double>{0, 1, 1, 0});
    float const nan = std::numeric_limits<float>::quiet_NaN();
    CHECK(held(border(dtype::u8), given(dtype::f32, {-3, 2.5, 300, nan})) == std::vector<double>{0, 3, 255, 0});
    CHECK(held(border(dtype::u8), given(dtype::f64, {-3, 2.5, 300, nan}), simulate::input_rounding::half_even) ==
          std::vector<double>{0, 2, 255, 0});
}

TEST_CASE("a quantized input takes real numbers of every type but its own") {
    CHECK(held(border(dtype::i8, 10, 3), given(dtype::f16, {0, 1, -2, 100})) == std::vector<double>{3, 13, -17, 127});
    CHECK(held(border(dtype::i8, 10, 3), given(dtype::i32, {0, 1, -2, 100})) == std::vector<double>{3, 13, -17, 127});
    CHECK(held(border(dtype::i8, 10, 3), given(dtype::i8, {0, 1, -2, 100})) == std::vector<double>{0, 1, -2, 100});
}
