// Inputs, cut, order of nodes, outputs.
#pragma once
#include <algorithm>
#include <deque>
#include <new>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/import/near_names.hpp>
#include <tpu_convert/import/onnx.hpp>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <utility>

namespace tpu_convert {

namespace onnx_import::detail {

// The tensors that the network is cut at, as ONNX names them.
inline std::vector<std::string> wanted_outputs(network const& net, std::vector<std::string> const& asked) {
    if (asked.empty()) return net.outputs;
    std::map<std::string, std::string, std::less<>> known; // any accepted spelling -> tensor
    for (auto const& in : net.inputs) known.emplace(in.name, in.name);
    for (auto const& n : net.nodes)
        for (auto const& out : n.outputs)
            if (!out.empty()) known.emplace(out + "_" + n.op, out);
    for (auto const& n : net.nodes)
        for (auto const& out : n.outputs)
            if (!out.empty()) known.insert_or_assign(out, out);
    std::vector<std::string> tensors;
    for (auto const& name : asked) {
        auto const found = known.find(name);
        if (found == known.end()) {
            std::vector<std::string> names;
            for (auto const& [spelling, tensor] : known) names.push_back(spelling);
            throw model_error{error_code::unknown_tensor, name,
                              "the network has no tensor of this name" + near_names_text(name, names)};
        }
        tensors.push_back(found->second);
    }
    return tensors;
}

// Tensors that a node reads, those of its branches included.
inline void read_by(model_node const& n, std::vector<std::string>& names) {
    names.insert(names.end(), n.inputs.begin(), n.inputs.end());
    for (auto const& [key, a] : n.attributes)
        if (auto const* branch = std::get_if<std::shared_ptr<network const>>(&a)) {
            for (auto const& inner : (*branch)->nodes) read_by(inner, names);
            names.insert(names.end(), (*branch)->outputs.begin(), (*branch)->outputs.end());
        }
}

// The nodes that the outputs depend on, makers before readers; among those that are ready, in the file's order.
inline std::vector<std::size_t> needed_nodes(network const& net, std::vector<std::string> const& outputs) {
    std::map<std::string, std::size_t, std::less<>> maker;
    for (std::size_t i = 0; i < net.nodes.size(); ++i)
        for (auto const& out : net.nodes[i].outputs)
            if (!out.empty() && !maker.emplace(out, i).second)
                throw model_error{error_code::model_invalid, net.nodes[i].title(), "tensor '" + out + "' is made by two nodes"};
    std::vector<std::vector<std::size_t>> needs(net.nodes.size()), readers(net.nodes.size());
    std::vector<char> needed(net.nodes.size(), 0);
    std::deque<std::size_t> todo;
    auto const want = [&](std::string const& name) -> std::optional<std::size_t> {
        auto const found = maker.find(name);
        if (found == maker.end()) return std::nullopt;
        if (!std::exchange(needed[found->second], 1)) todo.push_back(found->second);
        return found->second;
    };
    for (auto const& name : outputs) want(name);
    for (; !todo.empty(); todo.pop_front()) {
        std::vector<std::string> names;
        read_by(net.nodes[todo.front()], names);
        for (auto const& name : names)
            if (auto const from = want(name)) needs[todo.front()].push_back(*from);
    }
    std::vector<std::size_t> waits(net.nodes.size(), 0), order;
    std::set<std::size_t> ready;
    for (std::size_t i = 0; i < net.nodes.size(); ++i) {
        std::sort(needs[i].begin(), needs[i].end());
        needs[i].erase(std::unique(needs[i].begin(), needs[i].end()), needs[i].end());
        for (auto const from : needs[i]) readers[from].push_back(i);
        waits[i] = needs[i].size();
        if (needed[i] && waits[i] == 0) ready.insert(i);
    }
    while (!ready.empty()) {
        auto const i = *ready.begin();
        ready.erase(ready.begin());
        order.push_back(i);
        for (auto const r : readers[i])
            if (--waits[r] == 0 && needed[r]) ready.insert(r);
    }
    if (static_cast<std::ptrdiff_t>(order.size()) != std::count(needed.begin(), needed.end(), 1))
        throw model_error{error_code::model_invalid, net.name, "the network has a cycle"};
    return order;
}

// Integers of 64 bits come as 32: no chip has wider ones. Truth values and other floats come as float.
inline dtype graph_type(dtype t) {
    if (t == dtype::i64) return dtype::i32;
    return is_float(t) || t == dtype::boolean ? dtype::f32 : t;
}

inline constant_ptr frozen_input(model_input const& in, std::vector<double> const& values) {
    shape dims = in.dims;
    for (auto& d : dims) d = d < 0 ? 1 : d;
    if (!in.has_shape && values.size() > 1) dims = {static_cast<std::int64_t>(values.size())};
    auto const count = bounded_count(dims, std::int64_t{1} << 24);
    if (!count || (values.empty() && *count) || (values.size() > 1 && static_cast<std::int64_t>(values.size()) != *count))
        throw model_error{error_code::input_mismatch, in.name,
                          std::to_string(values.size()) + " constant values do not fill its shape " + to_string(in.dims)};
    constant_tensor filled{dims};
    for (std::int64_t i = 0; i < filled.size(); ++i) filled[i] = values[values.size() == 1 ? 0 : static_cast<std::size_t>(i)];
    return from_fold(filled, in.type);
}

inline shape input_shape(model_input const& in, shape const* given) {
    if (given && in.has_shape && given->size() != in.dims.size())
        throw model_error{error_code::input_mismatch, in.name,
                          "the shape " + to_string(*given) + " has another rank than the network's " + to_string(in.dims)};
    shape const& dims = given ? *given : in.dims;
    if (!given && !in.has_shape)
        throw model_error{error_code::model_invalid, in.name, "the network does not say the input's shape; give --input_shapes"};
    for (std::size_t i = 0; i < dims.size(); ++i)
        if (dims[i] < 0 || (given && dims[i] == 0))
            throw model_error{error_code::model_invalid, in.name,
                              "dimension " + std::to_string(i) + " of the input is open" +
                                  (in.dim_names.size() > i && !in.dim_names[i].empty() ? " ('" + in.dim_names[i] + "')" : "") +
                                  "; give --input_shapes"};
    if (!bounded_count(dims, std::int64_t{1} << 31))
        throw model_error{error_code::model_invalid, in.name, "the input's shape " + to_string(dims) + " is too large"};
    return dims;
}

inline void add_inputs(graph& g, context& c, network const& net, onnx_options const& options) {
    std::vector<model_input const*> open;
    for (auto const& in : net.inputs) {
        auto const frozen = options.input_constants.find(in.name);
        if (frozen == options.input_constants.end()) {
            open.push_back(&in);
            continue;
        }
        auto value = context::known(frozen_input(in, frozen->second));
        value.name = in.name;
        c.define(in.name, std::move(value));
    }
    for (auto const& [name, values] : options.input_constants)
        if (!c.defined(name)) throw model_error{error_code::unknown_tensor, name, "the network has no input of this name"};
    auto const fits = [&](std::size_t n, std::string const& what) {
        if (n && n != open.size())
            throw model_error{error_code::input_mismatch, "", std::to_string(n) + " " + what + " are given for " +
                                                                  std::to_string(open.size()) + " inputs"};
    };
    fits(options.input_shapes.size(), "input shapes");
    fits(options.input_types.size(), "input types");
    for (std::size_t i = 0; i < open.size(); ++i) {
        node input;
        input.kind = node_kind::input;
        value v;
        v.name = c.unused_name(open[i]->name);
        v.dims = input_shape(*open[i], options.input_shapes.empty() ? nullptr : &options.input_shapes[i]);
        dtype const type = options.input_types.empty() ? open[i]->type : options.input_types[i];
        v.type = graph_type(type);
        auto const dims = v.dims;
        input.results.push_back(std::move(v));
        c.define(open[i]->name, {open[i]->name, dims, type, {g.add(std::move(input)), 0}, nullptr, open[i]->four_bits});
    }
}

// An output is a node of its own, called <output>_<OpType>: what comes from elsewhere goes through a Reshape that keeps it.
inline void add_outputs(graph& g, context& c, network const& net, std::vector<std::string> const& names) {
    for (auto const& name : names) {
        auto const* o = c.defined(name);
        if (!o)
            throw model_error{error_code::unknown_tensor, name,
                              "the network's output is made by no node, or by one that cannot give it"};
        std::string own = name;
        for (auto const& n : net.nodes)
            if (std::find(n.outputs.begin(), n.outputs.end(), name) != n.outputs.end()) own = name + "_" + n.op;
        auto const at = c.place(*o);
        graph::ref const ref{at.node, at.result};
        bool const plain = g[ref.node].kind == node_kind::operation && !g.is_output(ref);
        if (plain && g[ref].name != own && !g.find(own)) g[ref].name = own;
        if (plain || (g[ref.node].kind == node_kind::operation && g[ref].name == own)) {
            g.outputs.push_back(ref);
            continue;
        }
        node keep;
        keep.op = &info_of<op::reshape>();
        op::reshape::attributes a;
        a.new_shape = g[ref].dims;
        keep.attributes = a;
        value v;
        v.name = c.unused_name(own);
        v.dims = g[ref].dims;
        keep.results.push_back(std::move(v));
        g.outputs.push_back({g.add(std::move(keep), {ref}), 0});
    }
}

// What nodes that could not be imported, and those behind them, read of the others; and outputs that do not need them.
inline std::vector<std::string> cuts_before_problems(context const& c, network const& net, std::vector<std::size_t> const& order,
                                                     std::vector<std::string> const& outputs) {
    std::vector<std::string> cuts;
    auto const add = [&](std::string const& name) {
        auto const* o = c.defined(name);
        bool const input = std::ranges::any_of(net.inputs, [&](auto const& in) { return in.name == name; });
        if (o && o->source && !input && std::ranges::find(cuts, name) == cuts.end()) cuts.push_back(name);
    };
    for (auto const i : order) {
        auto const& n = net.nodes[i];
        auto const missing = [&](std::string const& name) { return !name.empty() && !c.defined(name); };
        if (std::ranges::none_of(n.outputs, missing)) continue;
        std::vector<std::string> names;
        read_by(n, names);
        for (auto const& name : names) add(name);
    }
    for (auto const& name : outputs) add(name);
    return cuts;
}

inline graph import_model(model const& m, onnx_options const& options) {
    graph g;
    g.name = options.name.empty() ? m.main.name : options.name;
    context c{g, m.opset};
    add_inputs(g, c, m.main, options);
    auto const outputs = wanted_outputs(m.main, options.output_names);
    auto const order = needed_nodes(m.main, outputs);
    c.run(m.main, order);
    if (!c.problems().empty()) throw unsupported_nodes(c.problems(), cuts_before_problems(c, m.main, order, outputs));
    add_outputs(g, c, m.main, outputs);
    if (g.outputs.empty()) throw model_error{error_code::model_invalid, g.name, "the network has no output"};
    g.erase_unused();
    return g;
}

} // namespace onnx_import::detail

TPU_CONVERT_INLINE graph import_onnx(std::filesystem::path const& path, onnx_options const& options) try {
    return onnx_import::detail::import_model(onnx_import::read_model(path), options);
} catch (std::bad_alloc const&) {
    throw model_error{error_code::file_too_large, path.string(), "the network does not fit the machine's memory"};
}

TPU_CONVERT_INLINE graph import_onnx(std::span<std::byte const> bytes, onnx_options const& options) try {
    return onnx_import::detail::import_model(onnx_import::read_model(bytes, "."), options);
} catch (std::bad_alloc const&) {
    throw model_error{error_code::file_too_large, "", "the network does not fit the machine's memory"};
}

} // namespace tpu_convert
