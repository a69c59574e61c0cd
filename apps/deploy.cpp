// deploy: an .mlir file becomes a file for a chip, which the machine then runs against the float network.
#include "command.hpp"
#include "deploy_report.hpp"
#include "deploy_request.hpp"
#include "deploy_side_files.hpp"
#include "deploy_validation.hpp"
#include <filesystem>
#include <fmt/core.h>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/graph/mlir_text.hpp>
#include <tpu_convert/io/progress.hpp>
#include <tpu_convert/model_file/any_file.hpp>
#include <tpu_convert/report/timeline.hpp>
#include <tpu_convert/schedule/deploy.hpp>

namespace tpu_convert::apps {

namespace {

// What tells this program from any other, so that what another one found does not count.
std::string program_mark() {
    std::error_code error;
    auto const file = std::filesystem::canonical("/proc/self/exe", error);
    auto const bytes = std::filesystem::file_size(file, error);
    auto const made = std::filesystem::last_write_time(file, error).time_since_epoch().count();
    return fmt::format("{} {} {}", TPU_CONVERT_VERSION, error ? 0 : bytes, error ? 0 : made);
}

deployment build(graph const& g, graph const& typed, deploy_request const& r) {
    progress_bar bar("deploy");
    deploy_options options;
    options.net_name = g.name;
    options.effort = r.effort, options.groups = r.groups, options.least_memory = r.least_memory;
    options.keep_all = r.compare_all;
    options.cache = r.cache;
    if (!r.cache.empty()) options.program = program_mark();
    options.progress = [&](std::size_t done, std::size_t total, std::string const& what) { bar.show(done, total, what); };
    deployment d;
    with_chip(r.chip, [&]<class Chip>(std::type_identity<Chip>) { d = tpu_convert::deploy_typed<Chip>(typed, options); });
    return d;
}

void print_summary(deploy_request const& r, deployment const& d, double seconds, bool nodes) {
    fmt::print("{}: {} nodes, {} TIU and {} DMA commands, {} bytes of weights, {} of activations, {:.2f} s{}; estimated {}\n",
               r.model, d.nodes.size(), d.tiu_commands, d.gdma_commands, d.weight_bytes, d.activation_bytes, seconds,
               d.from_cache ? " (groups from an earlier search)" : "", report::estimate_text(estimate(d)));
    for (auto const& n : d.nodes)
        if (nodes) fmt::print("  {:<40} {:<12} {:<7} {} tiles, {} bytes\n", n.name, n.operation, n.plan, n.tiles, n.local_bytes);
}

// Reports, and a better word about a validation that fails.
void report_on(graph const& g, graph const& typed, deploy_request const& r, deployment const& d, validation const& v,
               verdict& judged, std::vector<report::page_stage> const& stages) {
    bool const wanted = !r.report.empty() || !r.json.empty(), fell = !v.inputs.empty() && !judged.accuracy.passed();
    if (!wanted && !fell) return;
    auto page = page_of(g, r, d);
    page.stages = stages;
    if (!v.inputs.empty()) add_tensors(page, g, typed, r, v);
    for (auto& t : page.tensors) // what was measured on the chip counts
        for (auto const& row : judged.accuracy.rows)
            if (row.name == t.name && !r.integer) t.close = row.figures;
    auto said = fell ? foreign_reference(g, r, v) : std::string();
    if (said.empty()) said = explanation(page, r);
    if (fell && !said.empty()) page.finding = judged.why = said;
    if (wanted) write_reports(page, r);
}

} // namespace

int deploy(arguments const& a) {
    auto r = check_deploy(a);
    std::vector<report::page_stage> stages;
    auto const timed = [&](char const* name, auto&& work) {
        stopwatch const watch;
        auto result = work();
        stages.push_back({name, watch.seconds()});
        return result;
    };
    graph g = timed("read", [&] { return read_mlir(r.mlir); });
    if (r.raw_images) r.float_names = fuse_preprocess(g, r.image_format);
    check_excepts(r.excepts, names_of(g));
    auto const v = r.validate ? timed("reference", [&] { return prepare_validation(g, r); }) : validation{};
    auto const typed = timed("types", [&] { return assign_types(g, r); });
    auto const d = r.file ? timed("deploy", [&] { return build(g, typed.net, r); }) : deployment{};
    double const seconds = stages.back().seconds;
    if (r.file) tpu_convert::write(d.file, r.model);
    verdict judged;
    if (v.inputs.empty()) fmt::print("not validated: {}\n", r.validate ? "there is no --test_input" : "--skip_validation");
    else judged = timed("validate", [&] { return validate(g, typed.net, r, r.file ? &d : nullptr, v); });
    if (r.file) print_summary(r, d, seconds, a.flag("debug"));
    if (r.file && a.flag("debug")) write_side_files(typed.net, r, d);
    if (a.flag("debug"))
        for (auto const& f : typed.reasons) fmt::print("  {} ({}) stays in floating point: {}\n", f.name, f.operation, f.reason);
    report_on(g, typed.net, r, d, v, judged, stages);
    if (!judged.passed) throw model_error{error_code::compare_failed, r.model, judged.why};
    return 0;
}

} // namespace tpu_convert::apps
