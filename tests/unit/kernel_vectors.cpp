// Whole kernels on the machine give the bytes that the vendor's C-model gave: tests/data/kernels.txt, recorded by tests/record.
#include "kernel_cases.hpp"
#include "recorded_hashes.hpp"
#include <doctest/doctest.h>

using namespace tpu_convert;
using namespace tpu_convert::test;

TEST_CASE("the machine equals the C-model on the recorded kernels") {
    auto const recorded = recorded_hashes("kernels.txt");
    REQUIRE(recorded.size() >= 200);
    auto const cases = all_kernel_cases();
    for (std::size_t i = 0; i < cases.size(); ++i)
        for (auto const t : types_of(cases[i])) {
            auto const found = recorded.find(stem_of(i, cases[i], t));
            REQUIRE_MESSAGE(found != recorded.end(), title(cases[i], t));
            CHECK_MESSAGE(run_kernel(cases[i], t).hash == found->second, title(cases[i], t));
        }
}
