#include <cmath>
#include <nlohmann/json.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/report/html.hpp>
#include <tpu_convert/report/json.hpp>

namespace tpu_convert::report {

namespace detail {

TPU_CONVERT_INLINE nlohmann::ordered_json range_json(page_range const& r) {
    return {{"threshold", r.threshold}, {"min", r.min}, {"max", r.max}, {"clipped", r.clipped}, {"clip_noise", r.clip_noise},
            {"step", r.step}, {"round_noise", r.round_noise}, {"largest", r.largest}, {"typical", r.typical}};
}

TPU_CONVERT_INLINE page_range range_from(nlohmann::ordered_json const& j) {
    return {j.at("threshold"), j.at("min"), j.at("max"), j.at("clipped"), j.at("clip_noise"),
            j.at("step"), j.at("round_noise"), j.at("largest"), j.at("typical")};
}

TPU_CONVERT_INLINE nlohmann::ordered_json layer_json(page_layer const& l) {
    return {{"name", l.name}, {"operator", l.operation}, {"tiu", {l.tiu_first, l.tiu_count}},
            {"dma", {l.gdma_first, l.gdma_count}}, {"microseconds", l.microseconds}};
}

TPU_CONVERT_INLINE void read_layers(nlohmann::ordered_json const& in, page& p) {
    if (!in.contains("layers")) return;
    for (auto const& l : in["layers"])
        p.layers.push_back({l.at("name"), l.at("operator"), l.at("tiu").at(0), l.at("tiu").at(1), l.at("dma").at(0),
                            l.at("dma").at(1), l.at("microseconds")});
}

TPU_CONVERT_INLINE nlohmann::ordered_json buffers_json(std::vector<planned_buffer> const& buffers) {
    auto all = nlohmann::ordered_json::array();
    for (auto const& b : buffers)
        all.push_back({{"name", b.name}, {"address", b.address}, {"bytes", b.bytes}, {"layers", {b.first, b.last}}});
    return all;
}

TPU_CONVERT_INLINE std::vector<planned_buffer> buffers_from(nlohmann::ordered_json const& in) {
    std::vector<planned_buffer> buffers;
    for (auto const& b : in)
        buffers.push_back({b.at("name"), b.at("address"), b.at("bytes"), b.at("layers").at(0), b.at("layers").at(1)});
    return buffers;
}

TPU_CONVERT_INLINE void read_memory(nlohmann::ordered_json const& in, page& p) {
    if (!in.contains("memory")) return;
    auto const& m = in["memory"];
    p.memory = {buffers_from(m.at("global")), buffers_from(m.at("local")), m.at("lane_bytes")};
}

TPU_CONVERT_INLINE void read_accuracy(nlohmann::ordered_json const& in, page& p) {
    if (in.contains("finding")) p.finding = in["finding"];
    if (!in.contains("histograms")) return;
    for (auto const& h : in["histograms"])
        p.histograms.push_back({h.at("tensor"), h.at("low"), h.at("high"), h.at("counts"), h.at("lines")});
}

} // namespace detail

// Pictures are left out.
TPU_CONVERT_INLINE std::string to_json(page const& p) {
    using json = nlohmann::ordered_json;
    json out{{"title", p.title}};
    for (auto const& f : p.figures) out["figures"][f.label] = f.value;
    for (auto const& s : p.stages) out["seconds"][s.name] = s.seconds;
    if (!p.finding.empty()) out["finding"] = p.finding;
    out["tensors"] = json::array();
    for (auto const& t : p.tensors) {
        json line{
            {"name", t.name}, {"operator", t.operation}, {"shape", t.dims}, {"operands", t.operands}, {"output", t.is_output}};
        if (t.close) {
            line["cosine"] = t.close->cosine;
            line["euclidean"] = t.close->euclidean;
            // JSON has no infinity: equal tensors have no SQNR.
            line["sqnr"] = std::isfinite(t.close->sqnr) ? json(t.close->sqnr) : json(nullptr);
        }
        if (t.range) line["range"] = detail::range_json(*t.range);
        if (t.loss != 0) line["loss"] = t.loss;
        out["tensors"].push_back(std::move(line));
    }
    for (auto const& h : p.histograms)
        out["histograms"].push_back(
            {{"tensor", h.tensor}, {"low", h.low}, {"high", h.high}, {"counts", h.counts}, {"lines", h.lines}});
    for (auto const& l : p.layers) out["layers"].push_back(detail::layer_json(l));
    if (p.memory.lane_bytes)
        out["memory"] = {{"lane_bytes", p.memory.lane_bytes}, {"global", detail::buffers_json(p.memory.global)},
                         {"local", detail::buffers_json(p.memory.local)}};
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

TPU_CONVERT_INLINE page from_json(std::string_view text, std::string_view subject) try {
    auto const in = nlohmann::ordered_json::parse(text);
    page p{.title = in.at("title"), .figures = {}, .stages = {}, .tensors = {}};
    if (in.contains("figures"))
        for (auto const& [label, value] : in["figures"].items()) p.figures.push_back({label, value});
    if (in.contains("seconds"))
        for (auto const& [name, value] : in["seconds"].items()) p.stages.push_back({name, value});
    for (auto const& line : in.at("tensors")) {
        page_tensor t{line.at("name"), line.at("operator"), line.at("shape"), line.at("operands"), line.at("output"), {}};
        for (auto const o : t.operands)
            if (o >= p.tensors.size())
                throw model_error{error_code::file_damaged, subject, "a tensor's operand does not precede it"};
        if (line.contains("cosine")) {
            t.close.emplace();
            t.close->cosine = line["cosine"];
            t.close->euclidean = line.at("euclidean");
            if (!line.at("sqnr").is_null()) t.close->sqnr = line["sqnr"];
        }
        if (line.contains("range")) t.range = detail::range_from(line["range"]);
        if (line.contains("loss")) t.loss = line["loss"];
        p.tensors.push_back(std::move(t));
    }
    detail::read_accuracy(in, p);
    detail::read_layers(in, p);
    detail::read_memory(in, p);
    return p;
} catch (nlohmann::json::exception const& e) {
    throw model_error{error_code::file_damaged, subject, std::string("is no report in JSON (") + e.what() + ")"};
}

TPU_CONVERT_INLINE void check_report_name(std::filesystem::path const& path) {
    if (path.extension() != ".html" && path.extension() != ".json")
        throw model_error{error_code::file_suffix, path.string(), "a report's name ends in .html or .json"};
}

TPU_CONVERT_INLINE void write_report(std::filesystem::path const& path, page const& p) {
    check_report_name(path);
    write_file(path, path.extension() == ".html" ? to_html(p) : to_json(p));
}

} // namespace tpu_convert::report
