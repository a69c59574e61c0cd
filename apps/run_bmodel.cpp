// run for chips' files: .bmodel and .cvimodel.
#include "machine_run.hpp"
#include <fmt/core.h>
#include <tpu_convert/chip/concepts.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/model_file/cvimodel/reader.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>
#include <tpu_convert/simulate/run_bmodel.hpp>
#include <tpu_convert/simulate/run_cvimodel.hpp>

namespace tpu_convert::apps {

namespace {

npz named_arrays(arguments const& a) {
    npz inputs;
    for (auto const& given : a.list("input")) {
        require_suffix(given, {".npz", ".npy"});
        if (given.ends_with(".npy")) inputs.set(given, read_npy(given));
        else for (auto const& [name, array] : read_npz(given)) inputs.set(name, array);
    }
    return inputs;
}

void only_outputs(arguments const& a, char const* remedy) {
    if (a.flag("dump_all_tensors")) throw model_error{error_code::not_built_yet, "--dump_all_tensors", remedy};
}

simulate::order order_of(std::string const& name) {
    return name == "eager-dma" ? simulate::order::eager_dma : simulate::order::eager_tiu;
}

// Outputs are written even if there were hazards, which then end the command.
template <class Result>
void write_result(arguments const& a, Result const& result, stopwatch const& watch) {
    write_npz(a.text("output"), result.outputs);
    for (auto const& hazard : result.hazards) fmt::print(stderr, "tpu-convert: warning: {}\n", hazard);
    fmt::print("{}: {} outputs, {} commands, {:.2f} s\n", a.text("output"), result.outputs.size(), result.commands,
               watch.seconds());
    if (!result.hazards.empty())
        throw model_error{error_code::machine_hazard, a.text("model"),
                          std::to_string(result.hazards.size()) + " hazards; the first: " + result.hazards[0]};
}

} // namespace

namespace {

simulate::run_result run_cvimodel_on_machine(std::string const& file, npz const& inputs, machine_settings const& settings) {
    simulate::cvimodel_run_options options;
    options.run_order = order_of(settings.order);
    options.checks = settings.checks, options.raw = settings.raw;
    for (auto const& t : settings.also) options.also.push_back({t.name, t.type, t.dims, t.address});
    return simulate::run_cvimodel(cvimodel::read(file), inputs, options);
}

} // namespace

simulate::run_result run_machine(std::string const& file, npz const& inputs, machine_settings const& settings) {
    if (file.ends_with(suffix_of(model_container::cvimodel))) return run_cvimodel_on_machine(file, inputs, settings);
    auto const model = bmodel::read(file);
    simulate::bmodel_run_options options;
    blob coefficients;
    if (!settings.coeff.empty()) coefficients = map_file(settings.coeff), options.coefficients = coefficients.bytes();
    options.run_order = order_of(settings.order);
    options.checks = settings.checks, options.raw = settings.raw;
    for (auto const& t : settings.also) options.also.push_back({t.name, t.type, t.dims, t.address});
    return simulate::run_bmodel(model, inputs, options);
}

void run_bmodel_file(arguments const& a) {
    stopwatch const watch;
    npz const inputs = named_arrays(a);
    if (a.given("coeff")) require_input_file(a.text("coeff"), {""});
    machine_settings settings{a.text("coeff"), a.text("order"), !a.flag("no-checks"), a.flag("out_fixed"), {}};
    only_outputs(a, "a .bmodel file keeps its outputs only; deploy with --compare_all");
    write_result(a, run_machine(a.text("model"), inputs, settings), watch);
}

void run_cvimodel_file(arguments const& a) {
    stopwatch const watch;
    npz const inputs = named_arrays(a);
    only_outputs(a, "of a .cvimodel file only outputs are read");
    machine_settings const settings{"", a.text("order"), !a.flag("no-checks"), a.flag("out_fixed"), {}};
    write_result(a, run_machine(a.text("model"), inputs, settings), watch);
}

} // namespace tpu_convert::apps
