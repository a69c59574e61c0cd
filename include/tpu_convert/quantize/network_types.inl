#pragma once
#include <algorithm>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/op/softmax.hpp>
#include <tpu_convert/pass/expand_compositions.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/network_types.hpp>

namespace tpu_convert {

namespace detail {

// The options of both passes, from the defaults and the quantize table.
class type_choice {
public:
    type_choice(graph const& top, network_type_options const& options, bool float32) : float32_(float32) {
        integers.table = &options.table;
        integers.asymmetric = options.asymmetric, integers.matmul_per_channel = options.matmul_per_channel;
        integers.channel_scales = options.channel_scales;
        integers.by_default = options.integer;
        floats.precision = options.precision, floats.float32 = float32;
        auto const& in = options.narrow_inputs;
        auto const& out = options.narrow_outputs;
        if (options.integer) integers.narrow_inputs = in, integers.narrow_outputs = out;
        else floats.narrow_inputs = in, floats.narrow_outputs = out;
        for (auto v : top.order())
            if (top[v].kind == node_kind::operation) choose(top[v], options);
        reject_unknown(top, options.exceptions);
    }
    // Operators that are described by others: no table has rows for what is inside.
    void keep_float(expanded_network const& expanded) {
        for (auto const& [name, origin] : expanded.origin)
            if (!integers.integer_nodes.contains(name)) integers.float_nodes.insert(name);
        for (auto const& name : expanded.exact) set(name, "F32");
    }
    bool any_integers() const { return integers.by_default || !integers.integer_nodes.empty(); }

    integer_type_options integers;
    float_type_options floats;

private:
    void choose(node const& n, network_type_options const& options) {
        bool const normalizes = n.op == &info_of<op::softmax>(), sensitive = n.op == &info_of<op::avg_pool>() || normalizes;
        bool const scores = normalizes && !std::any_cast<op::softmax::attributes const&>(n.attributes).log;
        if ((options.high_precision && sensitive) || (!float32_ && scores)) set(n.results[0].name, "F32");
        for (auto const& r : n.results)
            if (auto const* row = options.exceptions.find(r.name)) set(n.results[0].name, row->mode);
    }
    void set(std::string const& name, std::string const& mode) {
        integers.float_nodes.erase(name), integers.integer_nodes.erase(name), floats.node_types.erase(name);
        if (mode == "INT8") {
            integers.integer_nodes.insert(name);
            return;
        }
        static std::map<std::string, dtype> const types{{"F32", dtype::f32}, {"F16", dtype::f16}, {"BF16", dtype::bf16}};
        auto const found = types.find(mode);
        if (found == types.end())
            throw model_error{error_code::not_built_yet, name,
                              mode + " in the quantize table is not built yet; this version has INT8, F32, F16 and BF16"};
        integers.float_nodes.insert(name);
        floats.node_types.emplace(name, found->second);
    }
    static void reject_unknown(graph const& top, quantize_table const& table) {
        for (auto const& row : table.rows)
            if (!top.find(row.name))
                throw model_error{error_code::unknown_tensor, row.name,
                                  "the quantize table names an operator that the network does not have"};
    }

    bool float32_;
};

} // namespace detail

template <class Rules>
typed_network assign_network_types(graph const& top, network_type_options const& options) {
    return assign_expanded_types<Rules>(require_expansion(top), options);
}

template <class Rules>
typed_network assign_expanded_types(expanded_network const& expanded, network_type_options const& options) {
    graph const& g = expanded.net;
    detail::type_choice choice(g, options, Rules::float32);
    choice.keep_float(expanded);
    typed_network typed;
    if (!choice.any_integers()) typed.net = assign_float_types(g, choice.floats);
    else typed.net = assign_float_types(assign_integer_types<Rules>(g, choice.integers, &typed.reasons), choice.floats);
    return typed;
}

} // namespace tpu_convert
