#include <cmath>
#include <nlohmann/json.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/report/html.hpp>
#include <tpu_convert/report/json.hpp>

namespace tpu_convert::report {

TPU_CONVERT_INLINE std::string to_json(page const& p) {
    using json = nlohmann::ordered_json;
    json out{{"title", p.title}};
    for (auto const& f : p.figures) out["figures"][f.label] = f.value;
    for (auto const& s : p.stages) out["seconds"][s.name] = s.seconds;
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
        out["tensors"].push_back(std::move(line));
    }
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
        p.tensors.push_back(std::move(t));
    }
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
