// Copies, gathers and resizing on the machine.
#include "kernel_cases.hpp"
#include <doctest/doctest.h>

using namespace tpu_convert;
using namespace tpu_convert::test;

TEST_CASE("kernels of movement and resizing give what the reference gives") {
    for (auto const& list : {movement_cases(), arrangement_cases()})
        for (auto const& c : list)
            for (auto const t : types_of(c)) {
                kernel_result const r = run_kernel(c, t);
                CHECK_MESSAGE(r.ulps <= c.ulps + 1, title(c, t) << ": element " << r.worst << ", half ulps " << r.ulps);
                CHECK_MESSAGE(r.hazards.empty(), title(c, t));
            }
}
