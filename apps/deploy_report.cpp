// Deploy's report.
#include "deploy_report.hpp"
#include "judgement.hpp"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/core.h>
#include <system_error>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>
#include <tpu_convert/quantize/number_format.hpp>
#include <tpu_convert/report/accuracy.hpp>
#include <tpu_convert/report/json.hpp>
#include <tpu_convert/report/sections.hpp>
#include <tpu_convert/report/timeline.hpp>
#include <tpu_convert/simulate/clock_cvimodel.hpp>

namespace tpu_convert::apps {

namespace {

std::map<std::string, report::stored_range> ranges_of(graph const& typed, deploy_request const& r) {
    std::map<std::string, report::stored_range> ranges;
    if (!r.integer) return ranges;
    auto const table = r.calibration_table.empty() ? calibration_table{} : read_calibration_table(r.calibration_table);
    for (auto const v : typed.order())
        for (auto const& x : typed[v].results) {
            if (!is_quantized(x) || typed[v].kind == node_kind::weight) continue;
            auto f = format_of(x);
            f.channel_scales.clear(); // the widest channel
            auto const real = [&](std::int64_t stored) { return f.real(static_cast<double>(stored)); };
            report::stored_range range{0, 0, 0, real(lowest_of(x.type)), real(highest_of(x.type)), x.scale};
            if (auto const* row = table.rows.find(x.name))
                range.threshold = row->threshold, range.min = row->min, range.max = row->max;
            ranges.emplace(x.name, range);
        }
    return ranges;
}

char const* written(deploy_request const& r) { return r.file ? " (the file is written)" : ""; }

bool computes_in_f32(deploy_request const& r) {
    bool wide = false;
    with_chip(r.chip, [&]<class Chip>(std::type_identity<Chip>) { wide = Chip::computes_in(dtype::f32); });
    return wide;
}

// Operators to compute in F32: the one that is blamed or, if it is so already, the nearest before it that are not; and those that
// read it, if it holds what they can't.
std::vector<std::string> to_widen(report::page const& p, report::fall const& f, deploy_request const& r) {
    auto const table = r.quantize_table.empty() ? quantize_table{} : read_quantize_table(r.quantize_table);
    auto const narrow = [&](std::size_t i) {
        auto const& t = p.tensors[i];
        return t.operation != "input" && std::none_of(table.rows.begin(), table.rows.end(), [&](quantize_row const& row) {
            return row.name == t.name && row.mode == "F32";
        });
    };
    std::vector<std::string> names;
    std::vector<std::size_t> level;
    std::set<std::size_t> seen;
    for (std::size_t i = 0; i < p.tensors.size(); ++i)
        if (p.tensors[i].name == f.culprit) level = {i};
    bool const infinite = !level.empty() && p.tensors[level[0]].close && !std::isfinite(p.tensors[level[0]].close->max_abs);
    for (std::size_t i = 0; infinite && i < p.tensors.size(); ++i)
        if (auto const& o = p.tensors[i].operands; narrow(i) && std::find(o.begin(), o.end(), level[0]) != o.end())
            names.push_back(p.tensors[i].name);
    while (!level.empty()) {
        std::vector<std::size_t> before;
        auto const count = names.size();
        for (auto const i : level) {
            if (narrow(i)) names.insert(names.begin(), p.tensors[i].name);
            else for (auto const o : p.tensors[i].operands)
                if (seen.insert(o).second) before.push_back(o);
        }
        if (names.size() > count) break;
        level = std::move(before);
    }
    return names;
}

} // namespace

void add_tensors(report::page& p, graph const& g, graph const& typed, deploy_request const& r, validation const& v) {
    auto const real = real_tensors(g, v.inputs), quantized = real_tensors(typed, v.inputs);
    report::add_accuracy(p, {real, quantized, ranges_of(typed, r)});
}

std::string foreign_reference(graph const& g, deploy_request const& r, validation const& v) {
    if (r.test_reference.empty()) return {};
    auto const own = real_tensors(g, v.inputs);
    auto const report = judge_all({v.reference, r.test_reference, r.excepts}, r.tolerance,
                                  [&](std::string const& name) -> std::optional<tensor> {
        auto const found = own.find(name);
        return found == own.end() ? std::nullopt : std::optional(found->second);
    });
    for (auto const& row : report.rows)
        if (!row.passed)
            return fmt::format("{} of --test_reference {} is not what the float network gives for this input (cosine {:.4f}, "
                               "euclidean {:.4f}){}; give the tensors of the same network and input",
                               row.name, r.test_reference, row.figures.cosine, row.figures.euclidean, written(r));
    return {};
}

std::string explanation(report::page const& p, deploy_request const& r) {
    auto fall = report::first_fall(p, r.tolerance);
    if (!fall) return {};
    bool const wider = r.precision != dtype::f32 && computes_in_f32(r);
    char const* const mode = !r.integer ? "F32" : r.precision == dtype::bf16 ? "BF16" : "F16";
    std::vector<std::string> names{fall->culprit};
    if (!r.integer) {
        if (wider) names = to_widen(p, *fall, r), fall->remedy = "compute it in F32";
        else fall->remedy = std::string("the chip has no wider type than ") + (r.precision == dtype::f32 ? "F32" : "BF16");
    }
    auto const text = fall->sentence(p) + written(r);
    if (!r.integer && !wider) return text + "; if this is near enough, lower --tolerance or name the tensor in --excepts";
    if (names.empty()) return text + "; next: --quantize F32";
    std::string rows;
    std::error_code unreadable; // such a name too is no file
    bool const more = std::filesystem::exists(r.quantize_table, unreadable);
    for (auto const& name : names)
        rows += (rows.empty() ? "" : more ? ", " : ",") + fmt::format(fmt::runtime(more ? "'{} {}'" : "{}:{}"), name, mode);
    if (more) return text + fmt::format("; next: add {} to the quantize table {}", rows, r.quantize_table);
    if (!r.quantize_table.empty()) rows = r.quantize_table + "," + rows;
    std::string table = r.integer && r.asymmetric ? " --asymmetric" : "";
    if (!r.calibration_table.empty()) table += " --calibration_table " + r.calibration_table;
    return text + fmt::format("; next: tpu-convert deploy --mlir {} --processor {} --quantize {}{} --model {} "
                              "--quantize_table '{}'", r.mlir, r.chip, r.quantize, table, r.model, rows);
}

report::page page_of(graph const& g, deploy_request const& r, deployment const& d) {
    report::page p{.title = g.name, .figures = {}, .stages = {}, .tensors = report::tensors_of(g)};
    p.figures = {{"chip", r.chip},
                 {"type", r.quantize},
                 {"commands", fmt::format("{} TIU, {} DMA", d.tiu_commands, d.gdma_commands)},
                 {"weights", fmt::format("{} bytes", d.weight_bytes)},
                 {"activations", fmt::format("{} bytes", d.activation_bytes)}};
    if (d.nodes.empty()) return p; // --not_gen_bmodel
    p.memory = d.memory;
    auto const time = estimate(d);
    p.figures.insert(p.figures.begin() + 2, {"time", report::estimate_text(time)});
    std::vector<simulate::layer_commands> layers;
    for (auto const& n : d.nodes)
        layers.push_back({n.name, n.operation, n.tiu_first, n.tiu_count, n.gdma_first, n.gdma_count});
    auto const sums = simulate::summarize(time, layers);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        auto const& l = layers[i];
        p.layers.push_back({l.name, l.operation, l.tiu_first, l.tiu_count, l.gdma_first, l.gdma_count,
                            time.seconds(sums.layers[i].own) * 1e6});
    }
    return p;
}

simulate::bmodel_time estimate(deployment const& d) {
    if (auto const* file = std::get_if<cvimodel::file>(&d.file)) return simulate::time_cvimodel(*file);
    return simulate::time_bmodel(std::get<bmodel::file>(d.file), clock_rates::silicon);
}

void write_reports(report::page& p, deploy_request const& r) {
    for (auto const& file : r.report_images) {
        std::filesystem::path const path = file;
        auto const bytes = map_file(path);
        p.pictures.push_back(report::picture_of(path.stem().string(), file.ends_with(".png") ? "image/png" : "image/jpeg",
                                                bytes.bytes()));
    }
    if (!r.report.empty()) report::write_report(r.report, p);
    if (!r.json.empty()) report::write_report(r.json, p);
}

} // namespace tpu_convert::apps
