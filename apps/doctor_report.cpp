// What doctor says, as text and as JSON.
#include "doctor_examination.hpp"
#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace tpu_convert::apps {

namespace {

using json = nlohmann::ordered_json;

std::string joined(std::vector<std::string> const& names, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < most; ++i) text += (i ? "," : "") + names[i];
    return names.size() > most ? text + fmt::format(" and {} more", names.size() - most) : text;
}

} // namespace

void print(graph const& g, std::string_view chip, examination const& e, bool names) {
    fmt::print("{} on {}\n{:<18}{:>6}", g.name, chip, "operator", "count");
    for (auto const& p : e.precisions) fmt::print("  {:<9}", p.name);
    fmt::print("  nodes\n");
    for (auto const& [name, row] : e.operators) {
        fmt::print("{:<18}{:>6}", name, row.nodes.size());
        for (std::size_t i = 0; i < e.precisions.size(); ++i) {
            std::string const yes = !e.precisions[i].integer ? "yes" : row.integer ? "integer" : "float";
            std::size_t const no = row.refused[i];
            fmt::print("  {:<9}", no == 0 ? yes : no >= row.nodes.size() ? "no" : fmt::format("no: {}", no));
        }
        fmt::print("  {}\n", joined(row.nodes, names ? row.nodes.size() : 2));
    }
    for (auto const& n : e.missing) fmt::print("{} ({}): {}\n", n.name, n.operation, n.reason);
    for (std::size_t i = 0; i < e.precisions.size(); ++i)
        for (auto const& n : e.refused[i]) fmt::print("{} {} ({}): {}\n", e.precisions[i].name, n.name, n.operation, n.reason);
    fmt::print("{} parameters, {} multiply-accumulates\n", e.parameters, e.macs);
    std::size_t const refused = e.refused[e.chosen].size() + e.missing.size();
    std::string const verdict = refused ? fmt::format("{} {} can't run on {}", refused, refused == 1 ? "node" : "nodes", chip)
                                        : "convertible";
    if (e.time)
        fmt::print("{}: {}; {}{} bytes of weights, {} of activations, estimated {}\n", e.precisions[e.chosen].name, verdict,
                   refused ? "before them: " : "", e.weight_bytes, e.activation_bytes, report::estimate_text(*e.time));
    else fmt::print("{}: {}\n", e.precisions[e.chosen].name, verdict);
    if (!e.cuts.empty()) fmt::print("what comes before them runs: transform --output_names {}\n", joined(e.cuts, e.cuts.size()));
}

json as_json(graph const& g, std::string_view chip, examination const& e) {
    json j{{"network", g.name}, {"processor", chip}, {"quantize", e.precisions[e.chosen].name}, {"convertible", e.convertible()}};
    for (auto const& [name, row] : e.operators) {
        json one{{"operator", name}, {"count", row.nodes.size()}, {"int8", row.integer ? "integer" : "float"}};
        for (std::size_t i = 0; i < e.precisions.size(); ++i) one["refused"][e.precisions[i].name] = row.refused[i];
        one["nodes"] = row.nodes;
        j["operators"].push_back(one);
    }
    j["problems"] = json::array();
    for (auto const& n : e.missing)
        j["problems"].push_back({{"precision", nullptr}, {"node", n.name}, {"operator", n.operation}, {"reason", n.reason}});
    for (std::size_t i = 0; i < e.precisions.size(); ++i)
        for (auto const& n : e.refused[i])
            j["problems"].push_back({{"precision", e.precisions[i].name}, {"node", n.name}, {"operator", n.operation},
                                     {"reason", n.reason}});
    j["output_names"] = e.cuts, j["parameters"] = e.parameters, j["macs"] = e.macs;
    if (e.time) {
        j["weight_bytes"] = e.weight_bytes, j["activation_bytes"] = e.activation_bytes;
        j["estimate"] = report::estimate_text(*e.time);
    }
    return j;
}

} // namespace tpu_convert::apps
