// How long a kernel's tiles take, as the chip's clock says, in a program that keeps both engines busy.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/timing.hpp>
#include <tpu_convert/schedule/kernel_loop.hpp>
#include <tpu_convert/simulate/clock.hpp>
#include <vector>
#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/clock_bm1684x.hpp>
#endif

namespace tpu_convert {

struct unit_cycles {
    double all = 0, moving = 0, computing = 0;

    double least() const { return std::max(moving, computing); } // were all else hidden behind the engine that is busy longer
};

// Weights are loaded while what comes before runs: they count as work of the DMA engine, not as waiting.
template <timed_chip Chip>
unit_cycles unit_cost(kernel_plan<Chip> const& plan, local_plan const& local) {
    constexpr std::uint64_t apart = std::uint64_t{1} << 32; // addresses that differ from operand to operand
    kernel_addresses at;
    std::vector<global_range> computed;
    for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
        at.inputs.push_back(apart * (i + 1));
        if (!plan.inputs[i].packed) computed.push_back({at.inputs[i], at.inputs[i] + apart});
    }
    for (std::size_t i = 0; i < plan.outputs.size(); ++i) at.outputs.push_back(apart * (plan.inputs.size() + i + 1));
    program<Chip> out;
    kernel_loop<Chip> loop(plan, local, std::move(at));
    loop.preload(out, local_plan{}, computed, 1);
    std::size_t const early = out.count(isa::engine::gdma);
    loop.run(out, [](double) {});
    out.finish();
    simulate::clock<Chip> clock(clock_rates::silicon);
    for (auto const& s : out.segments()) clock.run(s.bytes[0], s.bytes[1]);
    double ahead = 0, moving = 0, computing = 0;
    for (auto const& c : clock.commands()) {
        bool const moves = c.on == isa::engine::gdma;
        (moves ? moving : computing) += c.cycles;
        if (moves && c.index < early) ahead += c.cycles;
    }
    return {std::max(clock.cycles() - ahead, moving), moving, computing};
}

} // namespace tpu_convert
