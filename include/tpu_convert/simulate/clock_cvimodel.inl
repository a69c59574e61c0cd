#pragma once
#include <algorithm>
#include <tpu_convert/chip/cv18xx/command_buffer.hpp>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/cvimodel/command_bytes.hpp>
#include <tpu_convert/simulate/clock_cv18xx.hpp>
#include <tpu_convert/simulate/clock_cvimodel.hpp>

namespace tpu_convert::simulate {

namespace detail {

template <class Chip>
void time_program(cvimodel::file const& file, cvimodel::program_info const& p, bmodel_time& t) {
    constexpr std::size_t most_bytes = std::size_t{1} << 30; // of commands: routines may name one section again and again
    std::size_t bytes = 0;
    clock<Chip> clock(cv18xx_timing::figures<Chip>);
    for (auto const& r : p.routines) {
        if (r.kind == cvimodel::routine_kind::cpu) continue;
        auto const commands = cvimodel::command_bytes(file, r);
        if ((bytes += commands.size()) > most_bytes)
            throw model_error{error_code::file_damaged, r.commands, "the program's routines have more than 1 GB of commands"};
        auto const buffer = cv18xx::split_records(commands, cv18xx::record_sizes_of<Chip>());
        clock.run(buffer.tiu, buffer.gdma);
    }
    t.hertz = clock.figures().hertz, t.cycles = clock.cycles(), t.memory_peak = clock.figures().dma.peak;
    t.commands = clock.commands();
}

} // namespace detail

TPU_CONVERT_INLINE bmodel_time time_cvimodel(cvimodel::file const& file, std::size_t program) {
    if (program >= file.programs.size())
        throw model_error{error_code::usage, file.name, "the file has no program " + std::to_string(program)};
    auto const& p = file.programs[program];
    bmodel_time t;
    t.chip = file.chip, t.net = file.name, t.by = clock_rates::vendor;
    with_chip<chips_of<model_container::cvimodel>>(
        file.chip, [&]<class Chip>(std::type_identity<Chip>) { detail::time_program<Chip>(file, p, t); });
    for (auto const& s : file.sections)
        if (s.kind == cvimodel::section_kind::weights) t.weight_bytes += s.bytes.size();
    for (auto const& one : p.tensors) {
        auto const named = [&](std::string const& name) { return name == one.name; };
        if (std::any_of(p.inputs.begin(), p.inputs.end(), named)) t.input_bytes += one.bytes;
        if (std::any_of(p.outputs.begin(), p.outputs.end(), named)) t.output_bytes += one.bytes;
    }
    return t;
}

} // namespace tpu_convert::simulate
