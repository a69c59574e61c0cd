#include <cmath>
#include <nlohmann/json.hpp>
#include <tpu_convert/report/json.hpp>

namespace tpu_convert::report {

TPU_CONVERT_INLINE std::string to_json(page const& p) {
    using json = nlohmann::ordered_json;
    json out{{"title", p.title}};
    for (auto const& f : p.figures) out["figures"][f.label] = f.value;
    for (auto const& s : p.stages) out["seconds"][s.name] = s.seconds;
    out["tensors"] = json::array();
    for (auto const& t : p.tensors) {
        json line{{"name", t.name}, {"operator", t.operation}, {"shape", t.dims}, {"output", t.is_output}};
        if (t.close) {
            line["cosine"] = t.close->cosine;
            line["euclidean"] = t.close->euclidean;
            // JSON has no infinity: equal tensors have no SQNR.
            line["sqnr"] = std::isfinite(t.close->sqnr) ? json(t.close->sqnr) : json(nullptr);
        }
        out["tensors"].push_back(std::move(line));
    }
    return out.dump(2) + "\n";
}

} // namespace tpu_convert::report
