// doctor: whether a network can be converted; without one, what this version has and lacks.
#include "command.hpp"
#include "deploy_report.hpp"
#include "doctor_examination.hpp"
#include "doctor_tables.hpp"
#include "network.hpp"
#include <algorithm>
#include <cmath>
#include <exception>
#include <fmt/core.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/pass/expand_compositions.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/network_types.hpp>
#include <tpu_convert/report/timeline.hpp>
#include <tpu_convert/schedule/feasibility.hpp>

namespace tpu_convert::apps {

namespace {

// What the chip has, in the order of columns.
template <class Chip>
std::vector<precision> precisions_of() {
    std::vector<precision> all{{"F32", dtype::f32}, {"F16", dtype::f16}, {"BF16", dtype::bf16}};
    std::erase_if(all, [](precision const& p) { return !Chip::computes_in(p.type); });
    all.push_back({"INT8", Chip::precision_beside_integers, true});
    return all;
}

// Values that conversions stand behind have their type as a suffix.
std::string name_in(graph const& g, std::string name) {
    for (auto const& t : all_dtypes) {
        std::string const suffix = "_" + std::string(t.mlir_name);
        if (!g.find(name) && name.ends_with(suffix)) name.resize(name.size() - suffix.size());
    }
    return name;
}

// Of products: each result is a sum over the filter's (right matrix's) elements for it.
std::int64_t macs_of(graph const& g, graph::id v) {
    bool const convolves = g[v].op->family == convolution_family::name, multiplies = g[v].op->family == matrix_family::name;
    auto const operands = g.operands(v);
    if ((!convolves && !multiplies) || operands.size() < 2 || !operands[1]) return 0;
    shape const &out = g[v].results[0].dims, &left = g[operands[0]].dims, &right = g[operands[1]].dims;
    if (convolves) {
        bool const turned = g[v].op->name == "Deconv"; // each input element goes to every tap
        return element_count(turned ? left : out) / (turned ? left[1] : out[1]) * element_count(right);
    }
    std::int64_t const outputs = out.empty() ? 1 : out.back();
    std::int64_t const inner = right.size() < 2 || outputs == 0 ? element_count(right)
                                                                : right[right.size() - 2] * right.back() / outputs;
    return element_count(out) * inner;
}

void count(graph const& g, examination& e) {
    for (auto const v : g.order()) {
        if (g[v].kind == node_kind::weight) e.parameters += element_count(g[v].results[0].dims);
        if (g[v].kind != node_kind::operation) continue;
        auto& row = e.operators[std::string(g[v].op->name)];
        row.nodes.push_back(g[v].results[0].name);
        row.integer = g[v].op->quantization != quantize_rule::float_only;
        e.macs += macs_of(g, v);
    }
}

// What is inside an operator is said of the operator.
infeasible_node in_the_network(graph const& g, expanded_network const& expanded, infeasible_node n) {
    n.name = name_in(expanded.net, n.name);
    auto const found = expanded.origin.find(n.name);
    if (found == expanded.origin.end()) return n;
    auto const whole = g.find(found->second);
    if (n.name != found->second) n.reason = n.operation + " inside: " + n.reason;
    n.name = found->second;
    if (whole) n.operation = g[whole->node].op->name;
    return n;
}

// From -1 to 1: what can run does not depend on ranges.
calibration_table unit_table(graph const& g) {
    calibration_table table;
    for (auto const v : g.order())
        for (auto const& r : g[v].results)
            if (g[v].kind != node_kind::weight && r.type == dtype::f32) table.rows.set(r.name, {1, -1, 1});
    return table;
}

// Ranges of one run on random numbers, where the network takes these: how long it takes depends on them.
calibration_table some_table(graph const& g) {
    calibration_table table = unit_table(g);
    std::map<std::string, tensor> inputs;
    std::uint32_t seed = 1;
    for (auto const v : g.inputs()) {
        tensor t(g[v].results[0].dims);
        for (float& x : t.values()) {
            seed = seed * 1664525u + 1013904223u;
            x = is_float(g[v].results[0].type) ? static_cast<float>(seed >> 8) / 8388608.0f - 1.0f : 0.0f;
        }
        inputs.insert_or_assign(g[v].results[0].name, std::move(t));
    }
    evaluate_options watch;
    watch.observe = [&](graph::ref r, tensor const& t, bool) {
        double low = 0, high = 0;
        for (float v : t.values())
            if (std::isfinite(v)) low = std::min<double>(low, v), high = std::max<double>(high, v);
        if (high - low > 1e-6 && table.rows.find(g[r].name)) table.rows.set(g[r].name, {std::max(-low, high), low, high});
    };
    try {
        (void)evaluate_graph(g, inputs, watch);
    } catch (model_error const&) {
    }
    return table;
}

template <class Chip>
graph typed_for(expanded_network const& expanded, precision const& p, calibration_table (*table_of)(graph const&)) {
    network_type_options options;
    options.precision = p.type, options.integer = p.integer;
    if (p.integer) options.table = table_of(expanded.net);
    return assign_expanded_types<typename Chip::integer_rules>(expanded, options).net;
}

// What is refused of the network in one precision, each operator once.
template <class Chip>
std::vector<infeasible_node> refused_nodes(graph const& g, expanded_network const& expanded, precision const& p) {
    std::vector<infeasible_node> found;
    std::set<std::string> names;
    for (auto& n : infeasible_nodes<Chip>(typed_for<Chip>(expanded, p, unit_table))) {
        auto said = in_the_network(g, expanded, std::move(n));
        if (auto const why = expanded.refused.find(said.name); why != expanded.refused.end()) said.reason = why->second;
        if (auto const own = g.find(said.name); own && g[own->node].kind == node_kind::operation)
            said.operation = g[own->node].op->name;
        if (names.insert(said.name).second) found.push_back(std::move(said));
    }
    return found;
}

// Deployed at once: what is refused is looked for where that fails only.
template <class Chip>
void examine_chosen(graph const& g, expanded_network const& expanded, examination& e) {
    deploy_options options;
    options.net_name = g.name;
    auto const& p = e.precisions[e.chosen];
    std::exception_ptr failed;
    try {
        if (expanded.refused.empty()) {
            auto const d = tpu_convert::deploy_typed<Chip>(typed_for<Chip>(expanded, p, some_table), options);
            e.weight_bytes = d.weight_bytes, e.activation_bytes = d.activation_bytes, e.time = estimate(d);
            return;
        }
    } catch (model_error const&) {
        failed = std::current_exception();
    }
    e.refused[e.chosen] = refused_nodes<Chip>(g, expanded, p);
    if (e.refused[e.chosen].empty() && failed) std::rethrow_exception(failed);
}

// asked: a precision's name, or nothing for the floats that the chip has beside integers.
template <class Chip>
void examine(graph const& g, std::string const& asked, examination& e) {
    e.precisions = precisions_of<Chip>();
    auto const named = [&](precision const& p) {
        return asked.empty() ? p.type == Chip::precision_beside_integers : p.name == asked;
    };
    auto const found = std::find_if(e.precisions.begin(), e.precisions.end(), named);
    if (found == e.precisions.end())
        throw model_error{error_code::chip_mismatch, "--quantize", std::string(Chip::name) + " does not compute in " + asked};
    e.chosen = static_cast<std::size_t>(found - e.precisions.begin());
    e.refused.resize(e.precisions.size());
    for (auto& [name, row] : e.operators) row.refused.resize(e.precisions.size());
    auto const expanded = expand_compositions(g);
    for (std::size_t i = 0; i < e.precisions.size(); ++i) {
        if (i == e.chosen) examine_chosen<Chip>(g, expanded, e);
        else e.refused[i] = refused_nodes<Chip>(g, expanded, e.precisions[i]);
        for (auto const& n : e.refused[i])
            if (auto const row = e.operators.find(n.operation); row != e.operators.end()) ++row->second.refused[i];
    }
    for (auto const& n : e.missing) {
        auto& row = e.operators[n.operation];
        row.nodes.push_back(n.name), row.refused.resize(e.precisions.size());
        for (auto& count : row.refused) ++count;
    }
    if (!e.refused[e.chosen].empty()) e.cuts = cut_points(g, e.refused[e.chosen]);
}

// The network, or where nodes of it can't be imported what comes before them.
graph load_what_can_be(arguments const& a, std::string const& file, examination& e) try {
    return load_network(file, a.shapes("input_shapes"), a.list("input_constants"));
} catch (unsupported_nodes const& u) {
    if (u.cuts().empty()) throw;
    e.missing = u.nodes(), e.cuts = u.cuts();
    return load_network(file, a.shapes("input_shapes"), a.list("input_constants"), u.cuts());
}

// 0: it can be converted as it is.
int examine_model(arguments const& a) {
    examination e;
    std::string const chip = a.given("processor") ? chip_of(a) : a.text("processor"), file = a.text("model");
    if (!file.ends_with(".onnx") && !file.ends_with(".mlir"))
        throw model_error{error_code::file_suffix, file, "doctor looks at .onnx and .mlir files"};
    graph const g = load_what_can_be(a, file, e);
    count(g, e);
    with_chip(chip, [&]<class Chip>(std::type_identity<Chip>) { examine<Chip>(g, a.text("quantize"), e); });
    if (a.given("json")) write_file(a.text("json"), as_json(g, chip, e).dump(1) + "\n");
    print(g, chip, e, a.flag("names"));
    return e.convertible() ? 0 : 1;
}

} // namespace

int doctor(arguments const& a) {
    if (a.given("model")) return examine_model(a);
    print_tables(a.flag("markdown"));
    return 0;
}

} // namespace tpu_convert::apps
