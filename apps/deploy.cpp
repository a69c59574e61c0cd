// deploy: an .mlir file becomes a file for a chip, which the machine then runs against the float network.
#include "command.hpp"
#include "deploy_request.hpp"
#include "machine_run.hpp"
#include <algorithm>
#include <fmt/core.h>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/graph/mlir_text.hpp>
#include <tpu_convert/io/progress.hpp>
#include <tpu_convert/model_file/bmodel/writer.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/report/json.hpp>
#include <tpu_convert/schedule/deploy.hpp>

namespace tpu_convert::apps {

namespace {

namespace fs = std::filesystem;

// The input and the float network's tensors that the chip's are compared with.
struct validation {
    tensor_map inputs;
    npz reference;
};

validation prepare_validation(graph const& g, deploy_request const& r) {
    auto files = r.test_input;
    auto const beside = fs::path(r.mlir).parent_path() / (g.name + "_in_f32.npz");
    if (files.empty() && fs::exists(beside)) files = {beside.string()};
    if (files.empty()) return {};
    validation v{load_inputs(g, files), {}};
    if (!r.test_reference.empty()) {
        v.reference = read_npz(r.test_reference);
        return v;
    }
    evaluate_options options;
    if (r.compare_all) options.keep = evaluate_options::keep_rule::all;
    progress_bar bar("reference");
    options.progress = [&](std::size_t done, std::size_t total, std::string_view name) { bar.show(done, total, name); };
    v.reference = to_npz(g, evaluate_graph(g, v.inputs, options));
    return v;
}

deployment build(graph const& g, deploy_request const& r) {
    progress_bar bar("deploy");
    deploy_options options{g.name, {r.precision, r.narrow_inputs, r.narrow_outputs}, r.compare_all,
                           [&](std::size_t done, std::size_t total, std::string const& what) { bar.show(done, total, what); }};
    deployment d;
    with_chip(r.chip, [&]<class Chip>(std::type_identity<Chip>) { d = tpu_convert::deploy<Chip>(g, options); });
    return d;
}

comparison_report compare_outputs(npz const& chip, npz const& reference, deploy_request const& r) {
    comparison_report report;
    for (auto const& [name, wanted] : reference) {
        auto const* stored = chip.find(name);
        if (!stored || std::find(r.excepts.begin(), r.excepts.end(), name) != r.excepts.end()) continue;
        report.rows.push_back(judge(name, to_tensor(*stored), to_tensor(wanted), r.tolerance, wanted.type));
    }
    if (report.rows.empty())
        throw model_error{error_code::compare_failed, r.test_reference, "the reference holds none of the network's outputs"};
    return report;
}

void write_page(graph const& g, deploy_request const& r, deployment const& d, comparison_report const& compared,
                std::vector<report::page_stage> stages) {
    report::page page{g.name, {}, std::move(stages), report::tensors_of(g)};
    page.figures = {{"chip", r.chip},
                    {"type", std::string(info(r.precision).mlir_name)},
                    {"commands", fmt::format("{} TIU, {} DMA", d.tiu_commands, d.gdma_commands)},
                    {"weights", fmt::format("{} bytes", d.weight_bytes)},
                    {"activations", fmt::format("{} bytes", d.activation_bytes)}};
    for (auto& t : page.tensors)
        for (auto const& row : compared.rows)
            if (row.name == t.name) t.close = row.figures;
    report::write_report(r.report, page);
}

comparison_report validate(graph const& g, deploy_request const& r, deployment const& d, validation const& v) {
    machine_settings settings;
    if (r.compare_all) settings.also = d.tensors;
    auto const result = run_machine(r.model, to_npz(g, v.inputs), settings);
    if (!result.hazards.empty())
        throw model_error{error_code::machine_hazard, r.model, std::to_string(result.hazards.size()) + " hazards; the first: " +
                          result.hazards[0]};
    auto compared = compare_outputs(result.outputs, v.reference, r);
    fmt::print("{}", compared.text(1));
    return compared;
}

void print_summary(deploy_request const& r, deployment const& d, double seconds, bool nodes) {
    fmt::print("{}: {} nodes, {} TIU and {} DMA commands, {} bytes of weights, {} of activations, {:.2f} s\n", r.model,
               d.nodes.size(), d.tiu_commands, d.gdma_commands, d.weight_bytes, d.activation_bytes, seconds);
    for (auto const& n : d.nodes)
        if (nodes) fmt::print("  {:<40} {:<12} {:<7} {} tiles, {} bytes\n", n.name, n.operation, n.plan, n.tiles, n.local_bytes);
}

} // namespace

int deploy(arguments const& a) {
    auto const r = check_deploy(a);
    std::vector<report::page_stage> stages;
    auto const timed = [&](char const* name, auto&& work) {
        stopwatch const watch;
        auto result = work();
        stages.push_back({name, watch.seconds()});
        return result;
    };
    graph const g = timed("read", [&] { return read_mlir(r.mlir); });
    check_excepts(r.excepts, names_of(g));
    auto const v = r.validate ? timed("reference", [&] { return prepare_validation(g, r); }) : validation{};
    auto const d = timed("deploy", [&] { return build(g, r); });
    bmodel::write(d.file, r.model);
    comparison_report compared;
    double const seconds = stages.back().seconds;
    if (v.inputs.empty()) fmt::print("not validated: {}\n", r.validate ? "there is no --test_input" : "--skip_validation");
    else compared = timed("validate", [&] { return validate(g, r, d, v); });
    print_summary(r, d, seconds, a.flag("debug"));
    if (!r.report.empty()) write_page(g, r, d, compared, stages);
    if (!v.inputs.empty() && !compared.passed())
        throw model_error{error_code::compare_failed, r.model,
                          "the chip's tensors are not those of the float network (the file is written)"};
    return 0;
}

} // namespace tpu_convert::apps
