// The runtime's function that finds the place of the largest element.
#include <array>
#include <cstddef>
#include <cstdint>
#include <doctest/doctest.h>
#include <span>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/host_functions.hpp>
#include <vector>

using namespace tpu_convert;

namespace {

// Of a row of bytes and the largest of each 256.
float place_of_largest(std::vector<std::int8_t> x, std::vector<std::int8_t> most) {
    float found = -1;
    auto const bytes = [](auto& v) { return std::as_writable_bytes(std::span(v)); };
    std::array<simulate::host_tensor, 2> const in{
        simulate::host_tensor{dtype::i8, bytes(x), {1, static_cast<std::int64_t>(x.size())}},
        simulate::host_tensor{dtype::i8, bytes(most), {static_cast<std::int64_t>(most.size())}}};
    std::array<float, 1> result{found};
    std::array<simulate::host_tensor, 1> const out{simulate::host_tensor{dtype::f32, bytes(result), {1}}};
    host_function f;
    f.name = "argmax";
    f.arguments.emplace_back("axis", std::int32_t{1});
    simulate::run_host_function(f, in, out);
    return result[0];
}

} // namespace

TEST_CASE("the largest of an axis is looked for in the first tile of 256 that has it, and the first of equal ones counts") {
    std::vector<std::int8_t> x(600, 3);
    x[299] = x[310] = x[550] = 90;
    CHECK(place_of_largest(x, {3, 90, 90}) == 299);
    CHECK(place_of_largest(x, {3, 3, 90}) == 550);
    CHECK(place_of_largest(std::vector<std::int8_t>(300, -5), {-5, -5}) == 0); // what is negative never wins
    CHECK_THROWS_AS(place_of_largest(x, {3, 90}), model_error);                // a largest element is missing
}
