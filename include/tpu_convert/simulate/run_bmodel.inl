// Regions, inputs, groups of commands and outputs of a stage.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/bm1684x.hpp>
#include <tpu_convert/simulate/machine.hpp>
#include <tpu_convert/simulate/program_arrays.hpp>
#include <tpu_convert/simulate/run_bmodel.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE dtype type_of(bmodel::tensor_info const& t) {
    auto const type = bmodel::dtype_of_code(t.data_type);
    if (!type || t.shapes.empty())
        throw model_error{error_code::file_damaged, t.name,
                          "the tensor has type code " + std::to_string(t.data_type) + " and " + std::to_string(t.shapes.size()) +
                              " shapes; the machine needs a type of whole bytes and one shape"};
    return *type;
}

// The number of elements, which must fit the bytes that the file grants.
TPU_CONVERT_INLINE std::size_t count_of(bmodel::tensor_info const& t) {
    std::uint64_t n = bytes_of(type_of(t));
    for (auto d : t.shapes[0]) {
        if (d <= 0 || n > (std::uint64_t{1} << 40) / static_cast<std::uint64_t>(d))
            throw model_error{error_code::file_damaged, t.name, "the shape " + to_string(t.shapes[0]) + " is impossible"};
        n *= static_cast<std::uint64_t>(d);
    }
    return static_cast<std::size_t>(n / bytes_of(type_of(t)));
}

TPU_CONVERT_INLINE border_tensor border_of(bmodel::tensor_info const& t) {
    count_of(t);
    return {t.name, type_of(t), t.shapes[0], t.scale, static_cast<double>(t.zero_point)};
}

TPU_CONVERT_INLINE bmodel::stage const& pick_stage(bmodel::file const& file, bmodel_run_options const& o) {
    for (auto const& n : file.nets) {
        if (!o.net.empty() && n.name != o.net) continue;
        if (o.stage >= n.stages.size())
            throw model_error{error_code::usage, n.name,
                              "the net has " + std::to_string(n.stages.size()) + " stages, number " + std::to_string(o.stage) +
                                  " is asked for"};
        return n.stages[o.stage];
    }
    throw model_error{error_code::usage, o.net, "the file has no net of that name"};
}

// Every address of the streams lies in one of these.
TPU_CONVERT_INLINE void add_regions(machine_memory& m, bmodel::stage const& s, bmodel_run_options const& o,
                                    std::uint64_t global_base) {
    constexpr std::uint64_t most = std::uint64_t{16} << 30;
    std::span<std::byte const> coefficients = o.coefficients;
    std::uint64_t address = global_base;
    if (s.coefficient_memory) {
        if (coefficients.empty()) coefficients = s.coefficient_memory->bytes.bytes();
        if (s.coefficient_memory->address) address = s.coefficient_memory->address;
    }
    std::uint64_t context = s.context_bytes;
    if (!s.context_sizes.empty()) {
        context = 0;
        for (auto v : s.context_sizes) context += std::min(v, most + 1);
    }
    if (context > most || s.io_bytes > most)
        throw model_error{error_code::file_damaged, "", "the net asks for more than 16 GiB of memory"};
    if (!coefficients.empty()) {
        m.add_region("weights", address, coefficients.size(), false);
        m.store_global(address, coefficients);
    }
    if (context) m.add_region("activations", s.context_address, context, true);
    if (s.io_bytes) m.add_region("inputs and outputs", s.io_address, s.io_bytes, true);
}

template <class Chip>
run_result run_stage(bmodel::stage const& s, npz const& inputs, bmodel_run_options const& o) {
    machine<Chip> chip({o.checks, o.fill, o.run_order});
    auto& memory = chip.state();
    add_regions(memory, s, o, Chip::global_base);
    for (auto const& t : s.inputs)
        memory.store_global(t.address, input_bytes(border_of(t), input_array(inputs, t.name, s.inputs.size()),
                                                   input_rounding::half_away));
    auto const run_groups = [&](std::vector<bmodel::command_group> const& groups) {
        for (auto const& g : groups) chip.run(g.tiu.bytes(), g.gdma.bytes());
    };
    if (s.is_dynamic) throw model_error{error_code::not_built_yet, "", "the machine runs static nets only, this one is dynamic"};
    if (s.subnets.empty()) run_groups(s.groups);
    for (auto const& n : s.subnets) {
        if (n.mode != 0 || n.is_dynamic)
            throw model_error{error_code::not_built_yet, "", "the machine runs static subnets of the TPU only"};
        if (n.cores.size() > 1) throw model_error{error_code::not_built_yet, "", "the machine runs one core only"};
        run_groups(n.cores.empty() ? n.groups : n.cores[0].groups);
    }
    run_result r;
    auto const fetch = [&](border_tensor const& t, std::uint64_t address, bool raw) {
        auto const bytes = static_cast<std::size_t>(element_count(t.dims)) * bytes_of(t.type);
        r.outputs.set(t.name, output_array(t, memory.global(address, bytes), raw));
    };
    for (auto const& t : s.outputs) fetch(border_of(t), t.address, o.raw);
    for (auto const& t : o.also) fetch({t.name, t.type, t.dims}, t.address, false);
    auto const report = chip.report();
    r.hazards = report.hazards, r.commands = report.commands;
    return r;
}

} // namespace detail

TPU_CONVERT_INLINE run_result run_bmodel(bmodel::file const& file, npz const& inputs, bmodel_run_options const& options) {
    bmodel::stage const& s = detail::pick_stage(file, options);
    run_result result;
    with_chip<bmodel_chips>(file.chip, [&]<class Chip>(std::type_identity<Chip>) {
        result = detail::run_stage<Chip>(s, inputs, options);
    });
    return result;
}

} // namespace tpu_convert::simulate
