// Integer operators and 8-bit movement on the machine: the quantized reference's numbers, all of them.
#include "kernel_integer_cases.hpp"
#include <doctest/doctest.h>

using namespace tpu_convert;
using namespace tpu_convert::test;

namespace {

void check(std::vector<kernel_case> const& cases) {
    for (auto const& c : cases) {
        kernel_result const r = run_kernel(c, *c.result);
        CHECK_MESSAGE(r.ulps == 0, title(c, *c.result) << ": element " << r.worst << ", half ulps " << r.ulps);
        CHECK_MESSAGE(r.hazards.empty(), title(c, *c.result));
    }
}

} // namespace

TEST_CASE("integer kernels: conversions equal the quantized reference") { check(integer_conversion_cases()); }
TEST_CASE("integer kernels: convolutions equal the quantized reference") { check(integer_conv_cases()); }
TEST_CASE("integer kernels: element by element they equal the quantized reference") { check(integer_element_cases()); }
TEST_CASE("integer kernels: a table for each channel equals the quantized reference") { check(integer_channel_cases()); }
TEST_CASE("integer kernels: matrix products equal the quantized reference") { check(integer_product_cases()); }
TEST_CASE("integer kernels: averages equal the quantized reference") { check(integer_average_cases()); }
TEST_CASE("integer kernels: what keeps type and scale moves bytes unchanged") { check(integer_movement_cases()); }
