// conformance [FIRST SEED] [COUNT] [OPERATOR...]: random attributes and shapes of every operator of the registry, each network
// on the machine against the reference, the reference against plain definitions. Fails for an operator that nobody can draw.
#include "check.hpp"
#include "lottery.hpp"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <set>

using namespace tpu_convert;
using namespace tpu_convert::test;

namespace {

struct totals {
    int operators = 0, cases = 0, precisions = 0, refused = 0, faults = 0;
};

// Its result has a shape that depends on values: never on a chip.
bool only_for_hosts(operation_info const& op) { return op.name == "NonZero"; }

void run_operator(operation_info const& op, std::uint32_t first, std::uint32_t count, totals& sum) {
    auto const begin = std::chrono::steady_clock::now();
    auto const make = find_generator(op);
    if (!make) {
        std::printf("%s: no generator\n", std::string(op.name).c_str());
        sum.faults += !only_for_hosts(op);
        return;
    }
    int checked = 0, refused = 0;
    std::set<std::string> reasons;
    for (std::uint32_t seed = first; seed < first + count; ++seed) {
        lottery l(seed);
        kernel_case c = make(l, op);
        c.seed = seed;
        check_result const r = check(c);
        checked += r.checked, refused += r.refused;
        reasons.insert(r.reasons.begin(), r.reasons.end());
        for (auto const& fault : r.faults)
            std::printf("FAILED seed %u: %s\n    %s\n", seed, describe(c).c_str(), fault.c_str());
        sum.faults += static_cast<int>(r.faults.size());
    }
    if (checked == 0) std::printf("%s: nothing of it runs\n", std::string(op.name).c_str()), ++sum.faults;
    std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - begin;
    if (std::getenv("TPU_CONVERT_CONFORMANCE_TIMES"))
        std::printf("%-24s %4d checked %4d refused %7.2f s\n", std::string(op.name).c_str(), checked, refused, seconds.count());
    for (auto const& reason : reasons) std::printf("    refused: %s\n", reason.c_str());
    ++sum.operators, sum.cases += static_cast<int>(count), sum.precisions += checked, sum.refused += refused;
    std::fflush(stdout);
}

template <class... Families>
void run_families(type_list<Families...>, std::set<std::string_view> const& asked, std::uint32_t first, std::uint32_t count,
                  totals& sum) {
    auto const run = [&](std::span<operation_info const> entries) {
        for (auto const& op : entries)
            if (asked.empty() || asked.contains(op.name)) run_operator(op, first, count, sum);
    };
    (run(reference_table<Families>::entries()), ...);
}

} // namespace

int main(int argc, char** argv) {
    std::uint32_t const first = argc > 1 ? static_cast<std::uint32_t>(std::atoi(argv[1])) : 1;
    std::uint32_t const count = argc > 2 ? static_cast<std::uint32_t>(std::atoi(argv[2])) : 2;
    std::set<std::string_view> const asked(argv + std::min(argc, 3), argv + argc);
    totals sum;
    run_families(all_families{}, asked, first, count, sum);
    std::printf("%d operators, %d cases, %d precisions checked, %d refused, %d faults\n", sum.operators, sum.cases,
                sum.precisions, sum.refused, sum.faults);
    return sum.faults != 0;
}
