// Copies that repeat single elements, on axes that can't be joined.
#include "kernel_case.hpp"
#include <doctest/doctest.h>

using namespace tpu_convert;
using namespace tpu_convert::test;

TEST_CASE("elements that repeat along the last of four axes that can't be joined are copied in rows") {
    kernel_case const expand{"Expand", {{"shape", std::vector<std::int64_t>{2, 4, 3, 5}}}, {{{2, 1, 3, 1}}}, 0};
    kernel_case const tile{"Tile", {{"tile", std::vector<std::int64_t>{1, 3, 1, 4}}}, {{{2, 1, 3, 1}}}, 0};
    for (auto const& c : {expand, tile})
        for (auto const t : {dtype::f32, dtype::f16}) {
            kernel_result const r = run_kernel(c, t);
            CHECK_MESSAGE(r.ulps == 0, title(c, t) << ": element " << r.worst << ", half ulps " << r.ulps);
        }
}
