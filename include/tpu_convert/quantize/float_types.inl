#pragma once
#include <algorithm>
#include <map>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/integer/quantize.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/quantize/float_types.hpp>
#include <tpu_convert/quantize/wide_values.hpp>
#include <tuple>
#include <utility>

namespace tpu_convert {

namespace detail {

inline graph::ref add_cast(graph& g, graph::ref from, std::string name, dtype to) {
    value result = g[from];
    result.name = std::move(name);
    result.type = to;
    op::cast::attributes a;
    a.to = std::string(info(to).mlir_name);
    node n;
    n.op = &info_of<op::cast>();
    n.attributes = a;
    n.results = {std::move(result)};
    return {g.add(std::move(n), {from}), 0};
}

// Whole numbers that come in, where they are no positions and nothing calculates with them as they are, become real: a copy of
// bits would be taken for one of numbers. Without float32 they come in as real numbers, if they are no positions.
class number_inputs {
public:
    number_inputs(graph& g, bool float32) : g_(g), float32_(float32) {}

    void run() {
        for (auto v : g_.inputs())
            if (!is_float(g_[v].results[0].type)) cast(v);
    }

private:
    void cast(graph::id input) {
        auto const uses = g_.users(input);
        bool const byte = bytes_of(g_[input].results[0].type) == 1;
        auto const real = [&](graph::use const& u) { return reads_real(u, float32_ || byte); };
        if (!float32_ && !byte && std::all_of(uses.begin(), uses.end(), real)) {
            g_[input].results[0].type = dtype::f32;
            return;
        }
        graph::ref made{};
        for (auto const& u : uses) {
            if (!real(u)) continue;
            if (!made) made = add_cast(g_, {input, 0}, g_[input].results[0].name + "_f32", dtype::f32);
            g_.set_operand(u.node, u.operand, made);
        }
    }
    // calculates: operators of elements take whole numbers.
    bool reads_real(graph::use const& u, bool calculates) const {
        node const& n = g_[u.node];
        if (n.kind != node_kind::operation || !is_float(n.results[0].type)) return false;
        bool const of_elements = n.op->family == unary_family::name || n.op->family == binary_family::name;
        return !reads_index(n, u.operand) && n.op->family != integer_family::name && !(of_elements && calculates);
    }

    graph& g_;
    bool float32_;
};

// Types every result, and casts operands whose type is not the one that their reader computes in.
class float_typing {
public:
    float_typing(graph& g, float_type_options const& options) : g_(g), options_(options) {}

    void run() {
        auto const wide = options_.float32 ? wide_values(g_, options_.narrow_outputs.empty()) : read_as_float32();
        auto const order = g_.order();
        narrow_inputs();
        for (auto v : order) {
            if (g_[v].kind != node_kind::operation) continue;
            bool const chosen = options_.node_types.contains(g_[v].results[0].name);
            for (std::size_t r = 0; r < g_[v].results.size(); ++r)
                if (value& result = g_[v].results[r]; result.type == dtype::f32 && (chosen || !wide.contains({v, r})))
                    result.type = far_positions(v, r) ? dtype::f32 : node_type(v);
        }
        for (auto v : order)
            if (g_[v].kind == node_kind::operation) fit_operands(v);
        for (std::size_t i = 0; i < g_.outputs.size(); ++i)
            if (!options_.narrow_outputs.contains(i)) widen_output(g_.outputs[i]);
    }

private:
    void narrow_inputs() {
        auto const inputs = g_.inputs();
        for (std::size_t i = 0; i < inputs.size(); ++i)
            if (value& x = g_[inputs[i]].results[0]; options_.narrow_inputs.contains(i) && x.type == dtype::f32)
                x.type = options_.precision;
    }
    // Of a network without float32: what only outputs and nodes of that type read of integers.
    value_set read_as_float32() const {
        value_set wide;
        for (auto v : g_.order()) {
            if (g_[v].kind != node_kind::operation || g_[v].op != &info_of<op::dequantize>()) continue;
            auto const readers = g_.users(v);
            bool const all = std::all_of(readers.begin(), readers.end(),
                                         [&](graph::use const& u) { return node_type(u.node) == dtype::f32; });
            if (all) wide.insert({v, 0});
        }
        return wide;
    }
    dtype node_type(graph::id v) const {
        auto const found = options_.node_types.find(g_[v].results[0].name);
        return found == options_.node_types.end() ? options_.precision : found->second;
    }
    // Of a network without float32: positions that its type does not count to.
    bool far_positions(graph::id v, std::size_t r) const {
        if (options_.float32 || !finds_positions(g_[v], r)) return false;
        shape const& dims = g_[g_.operands(v)[0]].dims;
        std::int64_t const most = node_type(v) == dtype::bf16 ? 256 : 2048;
        return dims[static_cast<std::size_t>(normal_axis(axis_of_positions(g_[v]), dims.size()))] > most;
    }
    // Filters are narrow and packed by their kernels; an operator whose result is wide computes in float32.
    dtype operand_type(graph::id v, std::size_t operand) const {
        if (multiplies(g_[v])) {
            bool const one_filter_each = operand == 0 && options_.float32 && is_depthwise(g_, v);
            return one_filter_each ? g_[g_.operands(v)[0]].type : node_type(v);
        }
        if (far_positions(v, g_[v].results.size() - 1)) return node_type(v);
        if (reads_index(g_[v], operand)) return g_[g_.operands(v)[1]].type;
        return g_[v].results[0].type;
    }
    void fit_operands(graph::id v) {
        auto const operands = g_.operands(v);
        for (std::size_t i = 0; i < operands.size(); ++i) {
            if (!operands[i]) continue;
            dtype const has = g_[operands[i]].type, wants = operand_type(v, i);
            if (!is_float(has) || !is_float(wants) || has == wants) continue;
            if (g_[operands[i].node].kind == node_kind::weight) g_.set_operand(v, i, weight_as(operands[i], wants));
            else g_.set_operand(v, i, cast_of(operands[i], wants));
        }
    }
    // Between the two 16-bit types the way is by float32.
    graph::ref cast_of(graph::ref from, dtype to) {
        if (g_[from].type != dtype::f32 && to != dtype::f32) from = cast_of(from, dtype::f32);
        auto const [found, fresh] = casts_.try_emplace({from.node, from.result, to});
        if (fresh) found->second = add_cast(g_, from, g_[from].name + "_" + std::string(info(to).mlir_name), to);
        return found->second;
    }
    // The weight itself if nobody else reads it, else a node of its own that shares the elements.
    graph::ref weight_as(graph::ref from, dtype to) {
        if (g_.use_count(from) == 1) {
            g_[from].type = to;
            return from;
        }
        auto const [found, fresh] = casts_.try_emplace({from.node, from.result, to});
        if (fresh) {
            node n = g_[from.node];
            n.results[0].name += "_" + std::string(info(to).mlir_name);
            n.results[0].type = to;
            found->second = {g_.add(std::move(n)), 0};
        }
        return found->second;
    }
    void widen_output(graph::ref& out) {
        dtype const has = g_[out].type;
        if (has == dtype::f32 || !is_float(has) || g_[out.node].kind != node_kind::operation) return;
        auto const [found, fresh] = widened_.try_emplace({out.node, out.result});
        if (fresh) {
            std::string const name = g_[out].name;
            g_[out].name = name + "_" + std::string(info(has).mlir_name);
            found->second = add_cast(g_, out, name, dtype::f32);
        }
        out = found->second;
    }

    graph& g_;
    float_type_options const& options_;
    std::map<std::tuple<graph::id, std::size_t, dtype>, graph::ref> casts_;
    std::map<std::pair<graph::id, std::size_t>, graph::ref> widened_;
};

} // namespace detail

TPU_CONVERT_INLINE graph assign_float_types(graph const& top, float_type_options const& options) {
    graph g = top;
    detail::number_inputs(g, options.float32).run();
    if (options.precision != dtype::f32 || !options.node_types.empty()) detail::float_typing(g, options).run();
    return g;
}

} // namespace tpu_convert
