// Comparison reports as text, CSV and JSON.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <tpu_convert/report/compare.hpp>

namespace tpu_convert {

TPU_CONVERT_INLINE std::string_view to_string(match m) {
    static constexpr std::array<std::string_view, 7> names{"EQUAL",       "CLOSE",     "SIMILAR", "NOT_EQUAL",
                                                           "NOT_SIMILAR", "NOT_MATCH", "MISSING"};
    return names[static_cast<std::size_t>(m)];
}

TPU_CONVERT_INLINE bool comparison_report::passed() const {
    return !rows.empty() && std::all_of(rows.begin(), rows.end(), [](auto const& r) { return r.passed; });
}

TPU_CONVERT_INLINE std::string comparison_report::text(int verbose) const {
    std::string out;
    double cosine = 1, euclidean = 1, sqnr = std::numeric_limits<double>::infinity();
    std::size_t failed = 0;
    for (auto const& r : rows) {
        out += fmt::format("[{:<32}] {:>12} [{:>6}]", r.name, to_string(r.level), r.passed ? "PASSED" : "FAILED");
        if (verbose || !r.passed)
            out += fmt::format(" {} {} cos {:.6f} euc {:.6f} sqnr {:.2f} max {:.3g}", to_string(r.dims), r.type, r.figures.cosine,
                               r.figures.euclidean, r.figures.sqnr, r.figures.max_abs);
        out += "\n";
        failed += !r.passed;
        cosine = std::min(cosine, r.figures.cosine);
        euclidean = std::min(euclidean, r.figures.euclidean);
        sqnr = std::min(sqnr, r.figures.sqnr);
    }
    out += fmt::format("{} compared, {} passed, {} failed\n", rows.size(), rows.size() - failed, failed);
    if (!rows.empty())
        out += fmt::format("min_similarity = ({:.6f}, {:.6f}, {:.3f})\n", cosine, euclidean, sqnr);
    return out + fmt::format("npz compare {}.\n", passed() ? "PASSED" : "FAILED");
}

TPU_CONVERT_INLINE std::string comparison_report::csv() const {
    std::string out = "name,op,quant,pass,sim_cos,sim_euc,sqnr\n";
    for (auto const& r : rows) {
        std::string name = r.name;
        if (name.find_first_of(",\"\n") != std::string::npos) {
            for (std::size_t i = 0; (i = name.find('"', i)) != std::string::npos; i += 2) name.insert(i, 1, '"');
            name = '"' + name + '"';
        }
        auto const underscore = r.name.rfind('_');
        out += fmt::format("{},{},{},{},{:.6f},{:.6f},{:.4f}\n", name, underscore == std::string::npos ? ""
                           : r.name.substr(underscore + 1),
                           r.type, r.passed, r.figures.cosine, r.figures.euclidean, r.figures.sqnr);
    }
    return out;
}

TPU_CONVERT_INLINE std::string comparison_report::json() const {
    nlohmann::ordered_json out;
    out["passed"] = passed();
    out["tensors"] = nlohmann::ordered_json::array();
    for (auto const& r : rows) // JSON has no infinity: it becomes null
        out["tensors"].push_back({{"name", r.name}, {"shape", r.dims}, {"type", r.type}, {"level", to_string(r.level)},
                                  {"passed", r.passed},
                                  {"cosine", r.figures.cosine}, {"euclidean", r.figures.euclidean}, {"sqnr", r.figures.sqnr},
                                  {"max_abs", r.figures.max_abs}});
    return out.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

} // namespace tpu_convert
