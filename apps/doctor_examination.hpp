// What doctor finds out about a network, and how it says so.
#pragma once
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/import/unsupported_nodes.hpp>
#include <tpu_convert/report/timeline.hpp>
#include <tpu_convert/schedule/feasibility.hpp>
#include <vector>

namespace tpu_convert::apps {

struct precision {
    char const* name;
    dtype type;           // of floats
    bool integer = false; // where a rule allows it
};

struct operator_row {
    std::vector<std::string> nodes;
    std::vector<std::size_t> refused; // by precision
    bool integer = false;
};

struct examination {
    std::vector<precision> precisions;
    std::map<std::string, operator_row> operators;
    std::vector<std::vector<infeasible_node>> refused; // by precision
    std::vector<std::string> cuts; // for the precision asked for
    std::size_t chosen = 0;
    std::int64_t parameters = 0, macs = 0;
    std::uint64_t weight_bytes = 0, activation_bytes = 0;
    std::optional<simulate::bmodel_time> time;

    std::vector<unsupported_node> missing; // which no importer takes: what is examined ends before them

    bool convertible() const { return refused[chosen].empty() && missing.empty(); }
};

void print(graph const& g, std::string_view chip, examination const& e, bool names);
nlohmann::ordered_json as_json(graph const& g, std::string_view chip, examination const& e);

} // namespace tpu_convert::apps
