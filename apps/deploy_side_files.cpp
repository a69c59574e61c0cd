#include "deploy_side_files.hpp"
#include "deploy_report.hpp"
#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/op/reference.hpp>

namespace tpu_convert::apps {

namespace {

using nlohmann::ordered_json;

// Whose each command of a stream is: members of a group share theirs.
std::vector<std::string> owners(deployment const& d, isa::engine e) {
    bool const tiu = e == isa::engine::tiu;
    std::vector<std::string> names((tiu ? d.tiu_commands : d.gdma_commands) + 1, "end");
    for (auto const& n : d.nodes) {
        std::size_t const first = tiu ? n.tiu_first : n.gdma_first, count = tiu ? n.tiu_count : n.gdma_count;
        for (std::size_t i = first; i < std::min(first + count, names.size()); ++i) names[i] = n.operation;
    }
    return names;
}

std::string type_name(value const& v) { return std::string(info(v.type).mlir_name); }

std::string extents(shape const& s, std::string const& end) {
    std::string text;
    for (auto const n : s) text += std::to_string(n) + "x";
    return "<" + text + end + ">";
}

ordered_json location(value const& v, std::map<std::string, std::uint64_t> const& addresses) {
    auto const found = addresses.find(v.name);
    std::string slice;
    for (auto const n : v.dims) slice += (slice.empty() ? "" : ", ") + std::string("0:") + std::to_string(n);
    return {{"address", found == addresses.end() ? std::int64_t{-1} : static_cast<std::int64_t>(found->second)},
            {"layout", "continuous"},
            {"memory_type", extents(v.dims, type_name(v))},
            {"name", v.name},
            {"reshape", ""},
            {"shape", v.dims},
            {"slice", "[" + slice + "]"},
            {"type", "tensor" + extents(v.dims, type_name(v))}};
}

} // namespace

std::string compiler_profile(deployment const& d, simulate::bmodel_time const& time) {
    std::array const names{owners(d, isa::engine::tiu), owners(d, isa::engine::gdma)};
    std::string text = fmt::format("{:<96}{}\n", "ENGINE_BD", "ENGINE_GDMA");
    std::array<std::uint32_t, 2> id{};
    for (auto const& c : time.commands) {
        bool const tiu = c.on == isa::engine::tiu;
        std::size_t const e = tiu ? 0 : 1;
        id[e] = c.index + 1;
        std::string line = fmt::format("{}_{}|{}|s:{:.0f}|b:{}|g:{}|e:{:.0f}|t:{:.0f}",
                                       names[e][std::min<std::size_t>(c.index, names[e].size() - 1)], c.index, c.name, c.start,
                                       id[0], id[1], c.end(), c.cycles);
        std::uint64_t const bytes = std::max(c.cost.read, c.cost.written);
        int const direction = c.cost.read && c.cost.written ? 2 : c.cost.written ? 1 : 0; // load, store, within global memory
        if (!tiu)
            line += fmt::format("|dr:{}|sz:{}|bw:{:.2f}", direction, bytes,
                                c.cycles > 0 ? static_cast<double>(bytes) / c.cycles : 0);
        text += tiu ? line + "\n" : std::string(96, ' ') + line + "\n";
    }
    return text;
}

std::string tensor_location(graph const& typed, deployment const& d) {
    std::map<std::string, std::uint64_t> addresses;
    for (auto const& b : d.memory.global) addresses[b.name] = b.address; // inputs among them
    for (auto const& t : d.tensors) addresses[t.name] = t.address;
    std::map<std::string, deployed_node const*> nodes;
    for (auto const& n : d.nodes) nodes[n.name] = &n;
    ordered_json all = ordered_json::array();
    for (auto const v : typed.order()) {
        if (typed[v].kind != node_kind::operation || !nodes.contains(typed[v].results[0].name)) continue;
        auto const& n = *nodes.at(typed[v].results[0].name);
        ordered_json operands = ordered_json::array(), results = ordered_json::array();
        for (auto const& o : typed.operands(v))
            if (o) operands.push_back(location(typed[o], addresses));
        for (auto const& r : typed[v].results) results.push_back(location(r, addresses));
        all.push_back({{"file-line", all.size() + 1},
                       {"subnet_id", 0},
                       {"core_id", 0},
                       {"opcode", "tpu." + n.operation},
                       {"is_local", n.plan == "group"},
                       {"tiu_dma_id(before)", {n.tiu_first, n.gdma_first}},
                       {"tiu_dma_id(after)", {n.tiu_first + n.tiu_count, n.gdma_first + n.gdma_count}},
                       {"operands", operands},
                       {"results", results},
                       {"buffers", ordered_json::array()}});
    }
    return all.dump(1) + "\n";
}

void write_side_files(graph const& typed, deploy_request const& r, deployment const& d) {
    auto const profile = std::filesystem::path(r.model).replace_extension(".compiler_profile_0.txt");
    write_file(profile.string(), compiler_profile(d, estimate(d)));
    write_file(r.model + ".json", tensor_location(typed, d));
}

} // namespace tpu_convert::apps
