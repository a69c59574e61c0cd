// Whole kernels on the machine give the bytes that the vendor's C-model gave: tests/data/kernels.txt, recorded by tests/record.
#include "kernel_cases.hpp"
#include <doctest/doctest.h>
#include <fstream>
#include <map>

using namespace tpu_convert;
using namespace tpu_convert::test;

TEST_CASE("the machine equals the C-model on the recorded kernels") {
    std::map<std::string, std::uint64_t> recorded;
    std::ifstream in(TPU_CONVERT_SOURCE_ROOT "/tests/data/kernels.txt");
    std::string name;
    std::uint64_t hash = 0;
    while (in >> name >> std::hex >> hash) recorded[name] = hash;
    REQUIRE(recorded.size() >= 200);
    auto const cases = all_kernel_cases();
    for (std::size_t i = 0; i < cases.size(); ++i)
        for (auto const t : types_of(cases[i])) {
            auto const found = recorded.find(stem_of(i, cases[i], t));
            REQUIRE_MESSAGE(found != recorded.end(), title(cases[i], t));
            CHECK_MESSAGE(run_kernel(cases[i], t).hash == found->second, title(cases[i], t));
        }
}
