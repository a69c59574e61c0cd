// Regions, inputs, command streams and outputs of a program.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/cv18xx/command_buffer.hpp>
#include <tpu_convert/chip/cv18xx/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/type_list.hpp>
#include <tpu_convert/model_file/cvimodel/arguments.hpp>
#include <tpu_convert/model_file/cvimodel/command_bytes.hpp>
#include <tpu_convert/simulate/cv18xx.hpp>
#include <tpu_convert/simulate/host_functions.hpp>
#include <tpu_convert/simulate/program_arrays.hpp>
#include <tpu_convert/simulate/run_cvimodel.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE dtype type_of(cvimodel::tensor_info const& t) {
    auto const type = cvimodel::dtype_of_code(t.data_type);
    if (!type) throw model_error{error_code::file_damaged, t.name, "type code " + std::to_string(t.data_type) + " is none"};
    return *type;
}

TPU_CONVERT_INLINE std::uint64_t bytes_of_tensor(cvimodel::tensor_info const& t) {
    std::uint64_t n = bytes_of(type_of(t));
    for (auto d : t.dims) {
        if (d <= 0 || n > (std::uint64_t{1} << 34) / static_cast<std::uint64_t>(d))
            throw model_error{error_code::file_damaged, t.name, "the shape " + to_string(t.dims) + " is impossible"};
        n *= static_cast<std::uint64_t>(d);
    }
    return std::max<std::uint64_t>(n, t.bytes);
}

TPU_CONVERT_INLINE cvimodel::tensor_info const& tensor_named(cvimodel::program_info const& p, std::string const& name) {
    for (auto const& t : p.tensors)
        if (t.name == name) return t;
    throw model_error{error_code::file_damaged, name, "the program names this tensor but does not describe it"};
}

TPU_CONVERT_INLINE border_tensor border_of(cvimodel::tensor_info const& t) {
    bytes_of_tensor(t);
    bool const scaled = t.has_quantization && t.qscale != 0;
    return {t.name, type_of(t), t.dims, scaled ? t.qscale : 1.0f, t.zero_point};
}

// One region for each base register that the program uses.
TPU_CONVERT_INLINE void add_regions(machine_memory& m, cvimodel::file const& file, cvimodel::program_info const& p) {
    using cvimodel::region_address, cvimodel::regions;
    if (p.neuron_bytes != 0) throw model_error{error_code::not_built_yet, "", "files without regions are not run"};
    auto const add = [&](char const* name, unsigned number, std::uint64_t bytes, bool writable) {
        if (bytes != 0) m.add_region(name, region_address(number), bytes, writable);
    };
    add("shared activations", regions::shared, p.shared_bytes, true);
    add("own activations", regions::own, p.own_bytes, true);
    for (auto const& s : file.sections) {
        if (s.kind != cvimodel::section_kind::weights || s.bytes.bytes().empty()) continue;
        add("weights", regions::weights, s.bytes.bytes().size(), false);
        m.store_global(region_address(regions::weights), s.bytes.bytes());
    }
    for (unsigned number = regions::first_io; number <= regions::last_io; ++number) {
        std::uint64_t bytes = 0;
        for (auto const& t : p.tensors)
            if (t.address >= 0 && cvimodel::region_of(static_cast<std::uint64_t>(t.address)) == number)
                bytes = std::max(bytes, cvimodel::offset_of(static_cast<std::uint64_t>(t.address)) + bytes_of_tensor(t));
        add("inputs and outputs", number, bytes, true);
    }
}

template <class Chip>
void run_routine(machine<Chip>& chip, std::span<std::byte const> commands) {
    auto const buffer = cv18xx::split_records(commands, cv18xx::record_sizes_of<Chip>());
    std::size_t const most =
        std::max(buffer.tiu.size() / Chip::commands::conv::bytes, buffer.gdma.size() / Chip::commands::tdma::bytes);
    if (most >> Chip::command_id_bits != 0)
        throw model_error{error_code::not_built_yet, "", "the machine does not run streams whose ids begin again"};
    chip.run(buffer.tiu, buffer.gdma);
}

// Of the program, or a weight that a function of the processor reads.
inline cvimodel::tensor_info host_tensor_named(cvimodel::file const& f, cvimodel::program_info const& p,
                                               std::string const& name) {
    for (auto const& w : f.weights)
        if (w.name == name) {
            cvimodel::tensor_info t;
            t.name = name, t.address = w.address, t.data_type = w.data_type, t.dims = w.dims;
            return t;
        }
    return tensor_named(p, name);
}

// Of tensors in global memory.
inline void run_host_routine(machine_memory& m, cvimodel::file const& f, cvimodel::program_info const& p,
                             cvimodel::routine const& r) {
    std::vector<host_tensor> inputs, outputs;
    std::vector<std::vector<std::byte>> held;
    std::vector<std::uint64_t> addresses;
    held.reserve(r.inputs.size() + r.outputs.size());
    for (auto const* names : {&r.inputs, &r.outputs})
        for (auto const& name : *names) {
            auto const t = host_tensor_named(f, p, name);
            if (t.address < 0)
                throw model_error{error_code::not_built_yet, name, "the machine has no tensors outside of global memory yet"};
            auto const bytes = static_cast<std::size_t>(bytes_of_tensor(t));
            std::byte const* const from = m.global(static_cast<std::uint64_t>(t.address), bytes);
            held.emplace_back(from, from + bytes), addresses.push_back(static_cast<std::uint64_t>(t.address));
            (names == &r.inputs ? inputs : outputs).push_back({type_of(t), held.back(), t.dims});
        }
    run_host_function({r.function, cvimodel::read_arguments(r.arguments, r.function)}, inputs, outputs);
    for (std::size_t i = r.inputs.size(); i < held.size(); ++i) m.store_global(addresses[i], held[i]);
}

template <class Chip>
run_result run_program(cvimodel::file const& file, npz const& inputs, cvimodel_run_options const& o) {
    cvimodel::program_info const& p = file.programs[o.program];
    machine<Chip> chip({o.checks, o.fill, o.run_order});
    add_regions(chip.state(), file, p);
    for (auto const& name : p.inputs) {
        auto const& t = tensor_named(p, name);
        auto const& given = input_array(inputs, name, p.inputs.size());
        chip.state().store_global(static_cast<std::uint64_t>(t.address),
                                  input_bytes(border_of(t), given, input_rounding::half_even));
    }
    for (auto const& r : p.routines) {
        if (r.kind == cvimodel::routine_kind::cpu) run_host_routine(chip.state(), file, p, r);
        else run_routine(chip, cvimodel::command_bytes(file, r));
    }
    run_result result;
    for (auto const& name : p.outputs) {
        auto const& t = tensor_named(p, name);
        std::byte const* const from = chip.state().global(static_cast<std::uint64_t>(t.address), bytes_of_tensor(t));
        result.outputs.set(name, output_array(border_of(t), from, o.raw));
    }
    for (auto const& t : o.also) {
        std::size_t const bytes = static_cast<std::size_t>(element_count(t.dims)) * bytes_of(t.type);
        std::byte const* const from = chip.state().global(t.address, bytes);
        result.outputs.set(t.name, {t.type, t.dims, std::vector<std::byte>(from, from + bytes)});
    }
    auto const report = chip.report();
    result.hazards = report.hazards, result.commands = report.commands;
    return result;
}

} // namespace detail

TPU_CONVERT_INLINE run_result run_cvimodel(cvimodel::file const& file, npz const& inputs,
                                                    cvimodel_run_options const& options) {
    if (options.program >= file.programs.size())
        throw model_error{error_code::usage, file.name,
                          "the file has " + std::to_string(file.programs.size()) + " programs, number " +
                              std::to_string(options.program) + " is asked for"};
    run_result result;
    bool found = false;
    for_each(cv18xx_chips{}, [&]<class Chip>(std::type_identity<Chip>) {
        if (file.chip == Chip::file_name) result = detail::run_program<Chip>(file, inputs, options), found = true;
    });
    if (!found) throw model_error{error_code::chip_unknown, file.chip, "this version has no machine of that chip"};
    return result;
}

} // namespace tpu_convert::simulate
