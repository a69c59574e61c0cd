// Whole kernels of BF16 on the machine give the bytes that the vendor's C-model gave: tests/data/kernels_cv18xx.txt. The results
// are near the float reference, whose sums are not cut and whose functions are no tables.
#include "cv18xx_kernel.hpp"
#include "kernel_cases.hpp"
#include "recorded_hashes.hpp"
#include <doctest/doctest.h>

using namespace tpu_convert;
using namespace tpu_convert::test;

TEST_CASE("on the CV18xx family the machine equals the C-model on the recorded kernels") {
    auto const recorded = recorded_hashes("kernels_cv18xx.txt");
    REQUIRE(recorded.size() >= 300);
    auto const cases = all_kernel_cases();
    for (std::size_t i = 0; i < cases.size(); ++i)
        for_each(recorded_chips{}, [&]<class Chip>(std::type_identity<Chip>) {
            auto const found = recorded.find(cv18xx_stem<Chip>(i, cases[i]));
            if (found == recorded.end()) return;
            CAPTURE(found->first);
            kernel_network const n = make_network(cases[i], dtype::bf16);
            auto const run = simulate::run_cvimodel(compile_cv18xx<Chip>(n), n.inputs, {});
            kernel_result r;
            for (std::size_t k = 0; k < n.expected.size(); ++k) {
                array const& out = run.outputs.at("out" + std::to_string(k));
                for (std::byte const b : out.bytes) r.hash = (r.hash ^ static_cast<std::uint64_t>(b)) * 1099511628211u;
                measure(dtype::bf16, to_tensor(out), n.expected[k], r);
            }
            CHECK(r.hash == found->second);
            CHECK(r.ulps < 4);
            CHECK(run.hazards.empty());
        });
}
