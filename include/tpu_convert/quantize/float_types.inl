#pragma once
#include <map>
#include <set>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/quantize/float_types.hpp>
#include <tpu_convert/quantize/wide_values.hpp>

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

// Types every result, and casts operands whose type is not the one that their reader computes in.
class float_typing {
public:
    float_typing(graph& g, float_type_options const& options) : g_(g), options_(options), narrow_(options.precision) {}

    void run() {
        auto const wide = wide_values(g_, !options_.narrow_outputs);
        auto const order = g_.order();
        for (auto v : order) {
            if (g_[v].kind == node_kind::input && options_.narrow_inputs && g_[v].results[0].type == dtype::f32)
                g_[v].results[0].type = narrow_;
            if (g_[v].kind != node_kind::operation) continue;
            for (std::size_t r = 0; r < g_[v].results.size(); ++r) {
                value& result = g_[v].results[r];
                if (result.type == dtype::f32 && !wide.contains({v, r})) result.type = narrow_;
            }
        }
        for (auto v : order)
            if (g_[v].kind == node_kind::operation) fit_operands(v);
        if (!options_.narrow_outputs) widen_outputs();
    }

private:
    // Filters are narrow and packed by their kernels; an operator whose result is wide computes in float32.
    dtype operand_type(graph::id v, std::size_t operand) const {
        if (multiplies(g_[v])) {
            bool const one_filter_each = operand == 0 && is_depthwise(g_, v);
            return one_filter_each ? g_[g_.operands(v)[0]].type : narrow_;
        }
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
    graph::ref cast_of(graph::ref from, dtype to) {
        auto const [found, fresh] = casts_.try_emplace({from.node, from.result});
        if (fresh) found->second = add_cast(g_, from, g_[from].name + "_" + std::string(info(to).mlir_name), to);
        return found->second;
    }
    // The weight itself if nobody else reads it, else a node of its own that shares the elements.
    graph::ref weight_as(graph::ref from, dtype to) {
        if (g_.use_count(from) == 1) {
            g_[from].type = to;
            return from;
        }
        auto const [found, fresh] = casts_.try_emplace({from.node, from.result});
        if (fresh) {
            node n = g_[from.node];
            n.results[0].name += "_" + std::string(info(to).mlir_name);
            n.results[0].type = to;
            found->second = {g_.add(std::move(n)), 0};
        }
        return found->second;
    }
    void widen_outputs() {
        for (auto& out : g_.outputs) {
            if (g_[out].type != narrow_) continue;
            std::string const name = g_[out].name;
            g_[out].name = name + "_" + std::string(info(narrow_).mlir_name);
            out = add_cast(g_, out, name, dtype::f32);
        }
    }

    graph& g_;
    float_type_options const& options_;
    dtype narrow_;
    std::map<std::pair<graph::id, std::size_t>, graph::ref> casts_;
};

} // namespace detail

TPU_CONVERT_INLINE graph assign_float_types(graph const& top, float_type_options const& options) {
    graph g = top;
    if (options.precision != dtype::f32) detail::float_typing(g, options).run();
    return g;
}

} // namespace tpu_convert
