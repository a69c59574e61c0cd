// run for .bmodel files.
#include "machine_run.hpp"
#include <fmt/core.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>
#include <tpu_convert/simulate/run_bmodel.hpp>

namespace tpu_convert::apps {

simulate::bmodel_run_result run_machine(std::string const& file, npz const& inputs, machine_settings const& settings) {
    auto const model = bmodel::read(file);
    simulate::bmodel_run_options options;
    blob coefficients;
    if (!settings.coeff.empty()) coefficients = map_file(settings.coeff), options.coefficients = coefficients.bytes();
    options.run_order = settings.order == "eager-dma" ? simulate::order::eager_dma : simulate::order::eager_tiu;
    options.checks = settings.checks, options.raw = settings.raw;
    for (auto const& t : settings.also) options.also.push_back({t.name, t.type, t.dims, t.address});
    return simulate::run_bmodel(model, inputs, options);
}

void run_bmodel_file(arguments const& a) {
    stopwatch const watch;
    npz inputs;
    for (auto const& given : a.list("input")) {
        require_suffix(given, {".npz", ".npy"});
        if (given.ends_with(".npy")) inputs.set(given, read_npy(given));
        else for (auto const& [name, array] : read_npz(given)) inputs.set(name, array);
    }
    if (a.given("coeff")) require_input_file(a.text("coeff"), {""});
    machine_settings settings{a.text("coeff"), a.text("order"), !a.flag("no-checks"), a.flag("out_fixed"), {}};
    if (a.flag("dump_all_tensors"))
        throw model_error{error_code::not_built_yet, "--dump_all_tensors",
                          "a .bmodel file keeps its outputs only; deploy with --compare_all"};
    auto const result = run_machine(a.text("model"), inputs, settings);
    write_npz(a.text("output"), result.outputs);
    for (auto const& hazard : result.hazards) fmt::print(stderr, "tpu-convert: warning: {}\n", hazard);
    fmt::print("{}: {} outputs, {} commands, {:.2f} s\n", a.text("output"), result.outputs.size(), result.commands,
               watch.seconds());
    if (!result.hazards.empty())
        throw model_error{error_code::machine_hazard, a.text("model"),
                          std::to_string(result.hazards.size()) + " hazards; the first: " + result.hazards[0]};
}

} // namespace tpu_convert::apps
