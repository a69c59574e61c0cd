#pragma once
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/clock_bm1684x.hpp>
#include <tpu_convert/simulate/clock_bmodel.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE bmodel::net const& timed_net(bmodel::file const& file, std::string const& name) {
    for (auto const& n : file.nets)
        if (name.empty() || n.name == name) return n;
    throw model_error{error_code::usage, name, "the file has no net of that name"};
}

TPU_CONVERT_INLINE bmodel::stage const& timed_stage(bmodel::net const& n, std::size_t stage) {
    if (stage >= n.stages.size())
        throw model_error{error_code::usage, n.name,
                          "the net has " + std::to_string(n.stages.size()) + " stages, number " + std::to_string(stage) +
                              " is asked for"};
    bmodel::stage const& s = n.stages[stage];
    if (s.is_dynamic)
        throw model_error{error_code::not_built_yet, n.name, "the clock times static nets only, this one is dynamic"};
    for (auto const& sub : s.subnets) {
        if (sub.mode != 0 || sub.is_dynamic)
            throw model_error{error_code::not_built_yet, n.name, "the clock times static subnets of the TPU only"};
        if (sub.cores.size() > 1) throw model_error{error_code::not_built_yet, n.name, "the clock times one core only"};
    }
    return s;
}

template <class Chip>
void time_stage(bmodel::stage const& s, bmodel_time& t) {
    clock<Chip> clock(t.by);
    auto const run = [&](std::vector<bmodel::command_group> const& groups) {
        for (auto const& g : groups) clock.run(g.tiu.bytes(), g.gdma.bytes());
    };
    if (s.subnets.empty()) run(s.groups);
    for (auto const& sub : s.subnets) run(sub.cores.empty() ? sub.groups : sub.cores[0].groups);
    t.hertz = clock.figures().hertz, t.cycles = clock.cycles(), t.memory_peak = clock.figures().dma.peak;
    t.commands = clock.commands();
}

} // namespace detail

TPU_CONVERT_INLINE bmodel_time time_bmodel(bmodel::file const& file, clock_rates by, std::string const& net, std::size_t stage) {
    bmodel::net const& n = detail::timed_net(file, net);
    bmodel::stage const& s = detail::timed_stage(n, stage);
    bmodel_time t;
    t.chip = file.chip, t.net = n.name, t.by = by;
    with_chip<bmodel_chips>(file.chip, [&]<class Chip>(std::type_identity<Chip>) { detail::time_stage<Chip>(s, t); });
    if (s.coefficient_memory) t.weight_bytes = s.coefficient_memory->bytes.size();
    for (auto const& i : s.inputs) t.input_bytes += i.bytes;
    for (auto const& o : s.outputs) t.output_bytes += o.bytes;
    return t;
}

} // namespace tpu_convert::simulate
