// run for chips' files: .bmodel and .cvimodel.
#include "machine_run.hpp"
#include <fmt/core.h>
#include <tpu_convert/chip/concepts.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/import/constant.hpp>
#include <tpu_convert/io/preprocess.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/model_file/cvimodel/reader.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>
#include <tpu_convert/simulate/run_bmodel.hpp>
#include <tpu_convert/simulate/run_cvimodel.hpp>

namespace tpu_convert::apps {

namespace {

// Before anything is multiplied or allocated.
shape const& possible(std::string const& name, shape const& dims) {
    if (bounded_count(dims, std::int64_t{1} << 36)) return dims;
    throw model_error{error_code::file_damaged, name, "the shape " + to_string(dims) + " is impossible"};
}

void only_outputs(arguments const& a) {
    if (a.flag("dump_all_tensors"))
        throw model_error{error_code::not_built_yet, "--dump_all_tensors",
                          "a chip's file holds its outputs only; run the .mlir file for all tensors of the float network, "
                          "deploy with --compare_all for how near the chip's are to them"};
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

simulate::run_result run_on_machine(cvimodel::file const& file, npz const& inputs, machine_settings const& settings) {
    simulate::cvimodel_run_options options;
    options.run_order = order_of(settings.order);
    options.checks = settings.checks, options.raw = settings.raw;
    for (auto const& t : settings.also) options.also.push_back({t.name, t.type, t.dims, t.address});
    return simulate::run_cvimodel(file, inputs, options);
}

// Bytes that stand for those of the file's weights; of a stripped file their count is not known.
blob weights_from(std::string const& name, bmodel::file const& model) {
    blob const weights = map_file(name);
    auto const& own = model.nets[0].stages[0].coefficient_memory;
    auto const given = weights.bytes().size(), wanted = own ? own->bytes.bytes().size() : 0;
    if (given == 0 || (wanted != 0 && given != wanted))
        throw model_error{error_code::input_mismatch, name,
                          "the file has " + std::to_string(given) + " bytes" +
                              (wanted ? ", the network's weights are " + std::to_string(wanted)
                                      : ", there are no weights in it")};
    return weights;
}

simulate::run_result run_on_machine(bmodel::file const& model, npz const& inputs, machine_settings const& settings) {
    simulate::bmodel_run_options options;
    blob coefficients;
    if (!settings.coeff.empty())
        coefficients = weights_from(settings.coeff, model), options.coefficients = coefficients.bytes();
    options.run_order = order_of(settings.order);
    options.checks = settings.checks, options.raw = settings.raw;
    for (auto const& t : settings.also) options.also.push_back({t.name, t.type, t.dims, t.address});
    return simulate::run_bmodel(model, inputs, options);
}

// For either kind of file.
void run_model(arguments const& a, auto const& read) {
    stopwatch const watch;
    only_outputs(a);
    for (auto const& file : a.list("input"))
        if (is_image_name(file))
            throw model_error{error_code::file_suffix, file,
                              "a chip's file does not say how images become its input; give .npz or .npy"};
    if (a.given("coeff")) require_input_file(a.text("coeff"), {""});
    auto const model = read(a.text("model"));
    machine_settings const settings{a.text("coeff"), a.text("order"), !a.flag("no-checks"), a.flag("out_fixed"), {}};
    write_result(a, run_on_machine(model, load_arrays(ports_of(model), a.list("input")), settings), watch);
}

} // namespace

std::vector<input_port> ports_of(bmodel::file const& file) {
    if (file.nets.empty() || file.nets[0].stages.empty())
        throw model_error{error_code::file_damaged, "", "the file holds no network"};
    std::vector<input_port> ports;
    for (auto const& t : file.nets[0].stages[0].inputs)
        ports.push_back({t.name, t.shapes.empty() ? shape{} : possible(t.name, t.shapes[0])});
    return ports;
}

std::vector<input_port> ports_of(cvimodel::file const& file) {
    if (file.programs.empty()) throw model_error{error_code::file_damaged, file.name, "the file holds no program"};
    auto const& p = file.programs[0];
    std::vector<input_port> ports;
    for (auto const& name : p.inputs)
        for (auto const& t : p.tensors)
            if (t.name == name) ports.push_back({name, possible(name, t.dims)});
    return ports;
}

simulate::run_result run_machine(std::string const& file, npz const& inputs, machine_settings const& settings) {
    if (file.ends_with(suffix_of(model_container::cvimodel))) return run_on_machine(cvimodel::read(file), inputs, settings);
    return run_on_machine(bmodel::read(file), inputs, settings);
}

void run_bmodel_file(arguments const& a) {
    run_model(a, [](std::string const& file) { return bmodel::read(file); });
}

void run_cvimodel_file(arguments const& a) {
    run_model(a, [](std::string const& file) { return cvimodel::read(file); });
}

} // namespace tpu_convert::apps
