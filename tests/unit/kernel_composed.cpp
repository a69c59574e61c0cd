// Operators that are described by others, deployed by themselves: the machine gives what their reference gives.
#include "kernel_cases.hpp"
#include <doctest/doctest.h>

using namespace tpu_convert;
using namespace tpu_convert::test;

namespace {

void run_all(std::vector<kernel_case> const& cases) {
    for (auto const& c : cases)
        for (auto const t : types_of(c)) {
            kernel_result const r = run_kernel(c, t);
            CHECK_MESSAGE(r.ulps <= c.ulps + 1, title(c, t) << ": element " << r.worst << ", half ulps " << r.ulps);
            CHECK_MESSAGE(r.hazards.empty(), title(c, t));
        }
}

} // namespace

TEST_CASE("composed operators: the machine gives what the reference gives") { run_all(composed_cases()); }

TEST_CASE("what random networks once found to be wrong: the machine gives what the reference gives") { run_all(found_cases()); }
