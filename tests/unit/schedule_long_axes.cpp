// Axes longer than what a command counts are cut; where they cannot be, the error names node, operator, value and remedy.
#include "kernel_case.hpp"
#include <doctest/doctest.h>
#include <tpu_convert/core/error.hpp>

using namespace tpu_convert;
using namespace tpu_convert::test;

namespace {

kernel_case pointwise(std::int64_t channels) {
    return {"Conv",
            {{"kernel_shape", std::vector<std::int64_t>{1, 1}}, {"strides", std::vector<std::int64_t>{1, 1}},
             {"pads", std::vector<std::int64_t>{0, 0, 0, 0}}},
            {{{1, channels, 1, 1}}, {{2, channels, 1, 1}, -1, 1, true}}};
}

} // namespace

TEST_CASE("axes of more than 65535 are cut into tiles") {
    for (auto const& c :
         {kernel_case{"Sigmoid", {}, {{{70000, 8}}}}, kernel_case{"MatMul", {}, {{{66000, 8}}, {{8, 3}, -1, 1, true}}}}) {
        kernel_result const r = run_kernel(c, dtype::f16);
        CHECK(r.ulps < 8);
        CHECK(r.hazards.empty());
    }
}

TEST_CASE("an axis that cannot be cut is refused by node, operator, value and remedy") {
    auto const n = make_network(pointwise(70000), dtype::f16);
    std::string said;
    try {
        compile(n, dtype::f16);
    } catch (model_error const& e) {
        CHECK(e.code() == error_code::encoding);
        said = e.what();
    }
    for (auto const* part : {"out0: Conv of [1,70000,1,1]", "70016", "--output_names"})
        CHECK(said.find(part) != std::string::npos);
}
