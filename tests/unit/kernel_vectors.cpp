// Whole kernels on the machine give the bytes that the vendor's C-model gave: tests/data/kernels.txt, recorded by tests/record.
#include "kernel_cases.hpp"
#include "recorded_hashes.hpp"
#include <doctest/doctest.h>
#include <set>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/reference.hpp>

using namespace tpu_convert;
using namespace tpu_convert::test;

namespace {

template <class... Families>
std::set<std::string> on_bm1684x(type_list<Families...>) {
    std::set<std::string> names;
    auto const add = [&](std::span<operation_info const> entries) {
        for (auto const& op : entries)
            if (op.family != integer_family::name && (op.compose || find_lowering<bm1684x>(op.name))) names.emplace(op.name);
    };
    (add(reference_table<Families>::entries()), ...);
    return names;
}

} // namespace

TEST_CASE("the machine equals the C-model on the recorded kernels") {
    auto const recorded = recorded_hashes("kernels.txt");
    REQUIRE(recorded.size() >= 200);
    auto const cases = all_kernel_cases();
    for (std::size_t i = 0; i < cases.size(); ++i)
        for (auto const t : types_of(cases[i])) {
            auto const found = recorded.find(stem_of(i, cases[i], t));
            if (found == recorded.end()) { // only what this chip refuses is not recorded
                CHECK_THROWS_AS_MESSAGE(run_kernel(cases[i], t), model_error, title(cases[i], t));
                continue;
            }
            CHECK_MESSAGE(run_kernel(cases[i], t).hash == found->second, title(cases[i], t));
        }
}

TEST_CASE("every operator that runs on the BM1684X is recorded in each precision") {
    auto const recorded = recorded_hashes("kernels.txt");
    std::set<std::string> known; // "Conv_f16"
    for (auto const& [name, hash] : recorded) known.insert(name.substr(name.find('_') + 1));
    auto const names = on_bm1684x(all_families{});
    CHECK(names.size() >= 150);
    for (auto const& name : names)
        for (auto const t : kernel_types) CHECK_MESSAGE(known.contains(name + "_" + std::string(info(t).mlir_name)), name);
}
