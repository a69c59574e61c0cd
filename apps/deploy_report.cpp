// Deploy's report.
#include "deploy_report.hpp"
#include <fmt/core.h>
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
    auto const table = read_calibration_table(r.calibration_table);
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

} // namespace

void add_tensors(report::page& p, graph const& g, graph const& typed, deploy_request const& r, validation const& v) {
    auto const real = real_tensors(g, v.inputs), quantized = real_tensors(typed, v.inputs);
    report::add_accuracy(p, {real, quantized, ranges_of(typed, r)});
}

std::string explanation(report::page const& p, deploy_request const& r) {
    auto const fall = report::first_fall(p, r.tolerance);
    if (!fall) return {};
    auto text = fall->sentence(p) + " (the file is written)";
    if (!r.integer) return text;
    char const* const mode = r.precision == dtype::bf16 ? "BF16" : "F16";
    if (!r.quantize_table.empty())
        return text + fmt::format("; next: add '{} {}' to the quantize table {}", fall->culprit, mode, r.quantize_table);
    return text + fmt::format("; next: tpu-convert deploy --mlir {} --processor {} --quantize {}{} --calibration_table {} "
                              "--model {} --quantize_table '{}:{}'",
                              r.mlir, r.chip, r.quantize, r.asymmetric ? " --asymmetric" : "", r.calibration_table, r.model,
                              fall->culprit, mode);
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
