#pragma once
#include <map>
#include <set>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/op/integer/quantize.hpp>
#include <tpu_convert/op/integer/requantize.hpp>
#include <tpu_convert/quantize/integer_formats.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/integer_types.hpp>
#include <tpu_convert/quantize/rules/arithmetic.hpp>

namespace tpu_convert {

namespace detail {

// The conversions of one graph, each made once.
class conversions {
public:
    using rescaling = requantizer (*)(double factor);

    conversions(graph& g, rescaling r) : g_(g), rescaling_(r) {
        for (graph::id v = 0; v < g.size(); ++v)
            if (g.alive(v))
                for (auto const& r : g[v].results) names_.insert(r.name);
    }

    // The value as integers of that format. `reader` makes the name of a second copy unique.
    graph::ref as_integers(graph::ref r, number_format const& f, std::string const& reader) {
        if (is_quantized(g_[r]) && format_of(g_[r]) == f) return r;
        for (auto const& made : integers_[{r.node, r.result}])
            if (format_of(g_[made]) == f) return made;
        graph::ref const made = is_quantized(g_[r]) ? add_requantize(r, f, reader) : add_quantize(r, f, reader);
        integers_[{r.node, r.result}].push_back(made);
        return made;
    }
    graph::ref as_float(graph::ref r) {
        if (!is_quantized(g_[r])) return r;
        auto const [at, fresh] = floats_.try_emplace({r.node, r.result});
        if (fresh) at->second = add_dequantize(r, unique(g_[r].name + "_f32", ""));
        return at->second;
    }
    // The network's output r as floats under its own name.
    graph::ref as_output(graph::ref r) {
        auto const [at, fresh] = outputs_.try_emplace({r.node, r.result});
        if (!fresh) return at->second;
        std::string const name = g_[r].name;
        g_[r].name = unique(name + "_" + std::string(info(g_[r].type).mlir_name), "");
        return at->second = add_dequantize(r, name);
    }
    // Constant elements as whole numbers.
    graph::ref add_weight(graph::ref from, tensor elements, number_format const& f, std::string const& reader) {
        value v = g_[from];
        v.name = unique(v.name + "_" + std::string(info(f.type).mlir_name), reader);
        set_format(v, f), v.dims = elements.shape();
        node n;
        n.kind = node_kind::weight, n.results = {std::move(v)};
        n.payload = std::make_shared<tensor const>(std::move(elements));
        return {g_.add(std::move(n)), 0};
    }

private:
    std::string unique(std::string name, std::string const& reader) {
        if (names_.contains(name)) name += "_for_" + reader;
        for (int i = 2; names_.contains(name); ++i) name += "_" + std::to_string(i);
        names_.insert(name);
        return name;
    }
    graph::ref add(graph::ref from, operation_info const& op, std::any attributes, std::string name, number_format const& f) {
        value v = g_[from];
        v.name = std::move(name);
        set_format(v, f);
        node n;
        n.op = &op, n.attributes = std::move(attributes), n.results = {std::move(v)};
        return {g_.add(std::move(n), {from}), 0};
    }
    graph::ref add_quantize(graph::ref r, number_format const& f, std::string const& reader) {
        op::quantize::attributes a;
        a.factor = static_cast<float>(1 / f.scale), a.zero_point = f.zero_point;
        a.lowest = lowest_of(f.type), a.highest = highest_of(f.type);
        return add(r, info_of<op::quantize>(), a, unique(g_[r].name + "_" + std::string(info(f.type).mlir_name), reader), f);
    }
    graph::ref add_requantize(graph::ref r, number_format const& f, std::string const& reader) {
        op::requantize::attributes a;
        static_cast<requantizer&>(a) = rescaling_(g_[r].scale / f.scale);
        a.input_zero_point = g_[r].zero_point;
        a.zero_point = f.zero_point, a.lowest = lowest_of(f.type), a.highest = highest_of(f.type);
        return add(r, info_of<op::requantize>(), a, unique(g_[r].name + "_requantized", reader), f);
    }
    graph::ref add_dequantize(graph::ref r, std::string name) {
        return add(r, info_of<op::dequantize>(), op::dequantize::attributes{static_cast<float>(g_[r].scale), g_[r].zero_point},
                   std::move(name), {});
    }

    using key = std::pair<graph::id, std::size_t>;
    graph& g_;
    rescaling rescaling_;
    std::set<std::string> names_;
    std::map<key, std::vector<graph::ref>> integers_;
    std::map<key, graph::ref> floats_, outputs_;
};

template <class Rules>
class integer_typing {
public:
    integer_typing(graph& g, integer_type_options const& options, std::vector<float_reason>* reasons)
        : g_(g), options_(options), reasons_(reasons), 
          formats_(g, options,
                   {&has_free_zero_points<Rules>, Rules::zero_points, Rules::bytes_without_sign, Rules::wide_results}),
          convert_(g, &rule_arithmetic<Rules>::rescaling) {}

    void run() {
        narrow_inputs();
        for (auto v : g_.order()) {
            if (g_[v].kind != node_kind::operation) continue;
            if (!formats_.is_integer(v) || !make_integer(v)) make_float(v);
        }
        for (std::size_t i = 0; i < g_.outputs.size(); ++i) finish_output(i);
        g_.erase_unused();
    }

private:
    void narrow_inputs() {
        auto const inputs = g_.inputs();
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (!options_.narrow_inputs.contains(i)) continue;
            if (auto const f = required({inputs[i], 0})) set_format(g_[inputs[i]].results[0], f);
        }
    }
    void finish_output(std::size_t i) {
        graph::ref& out = g_.outputs[i];
        bool const narrow = options_.narrow_outputs.contains(i);
        if (is_quantized(g_[out]) && !narrow) out = convert_.as_output(out);
        else if (!is_quantized(g_[out]) && narrow && g_[out].type == dtype::f32)
            out = convert_.as_integers(out, required(out), g_.name);
    }

    number_format required(graph::ref r) const {
        auto const f = formats_.of(r);
        if (f) return f;
        throw model_error{error_code::input_mismatch, g_[r].name,
                          "the calibration table has no row for this tensor; calibrate this network again, or list the "
                          "operator as F16 in --quantize_table"};
    }
    void make_float(graph::id v) {
        formats_.join_channels(v);
        auto const operands = g_.operands(v);
        for (std::size_t i = 0; i < operands.size(); ++i)
            if (operands[i] && g_[operands[i].node].kind != node_kind::weight && is_quantized(g_[operands[i]]))
                g_.set_operand(v, i, convert_.as_float(operands[i]));
    }

    bool make_integer(graph::id v) {
        auto const operands = g_.operands(v);
        rule_context c{g_[v].attributes, {}, {}, {}, {}, {}, options_.asymmetric, options_.matmul_per_channel};
        for (auto const& o : operands) {
            bool const weight = o && g_[o.node].kind == node_kind::weight;
            c.operands.push_back(o ? &g_[o] : nullptr);
            c.payloads.push_back(weight ? g_[o.node].payload.get() : nullptr);
            c.from.push_back(!o || weight ? number_format{} : is_quantized(g_[o]) ? format_of(g_[o]) : float_format(o));
        }
        for (auto const& r : g_[v].results) c.results.push_back(r.dims);
        c.to = result_format(v, c.from[0]);
        if (!c.to || !c.from[0]) return refuse(v, "an operand has no scale");
        auto answer = apply_integer_rule<Rules>(*g_[v].op, c);
        if (auto const* no = std::get_if<not_integer>(&answer)) return refuse(v, no->reason);
        replace(v, operands, c, std::move(std::get<integer_node>(answer)));
        return true;
    }
    number_format result_format(graph::id v, number_format const& from) const {
        if (integer_formats::keeps_format(g_[v])) return from;
        required({v, 0});
        return formats_.is_last_integer(v) ? formats_.wide({v, 0}) : formats_.of({v, 0});
    }
    number_format float_format(graph::ref o) const { return g_[o].type == dtype::f32 ? required(o) : number_format{}; }
    bool refuse(graph::id v, std::string reason) {
        if (reasons_) reasons_->push_back({g_[v].results[0].name, std::string(g_[v].op->name), std::move(reason)});
        return false;
    }
    void replace(graph::id v, std::vector<graph::ref> const& operands, rule_context const& c, integer_node made) {
        std::string const name = g_[v].results[0].name;
        std::vector<graph::ref> refs;
        for (auto& o : made.operands) {
            if (auto* w = std::get_if<integer_weight>(&o))
                refs.push_back(convert_.add_weight(operands[w->of], std::move(w->elements), {w->type, w->scale, 0}, name));
            else refs.push_back(operand_of(operands, c, std::get<std::size_t>(o), made.aligned, name));
        }
        for (auto& r : g_[v].results) set_format(r, c.to);
        g_[v].op = made.op, g_[v].attributes = std::move(made.attributes);
        g_.set_operands(v, refs);
    }
    graph::ref operand_of(std::vector<graph::ref> const& operands, rule_context const& c, std::size_t i, bool aligned,
                          std::string const& reader) {
        graph::ref const o = operands[i];
        if (!o || (!c.payloads[i] && !c.from[i])) return o;
        if (!c.payloads[i]) return convert_.as_integers(o, aligned ? c.to : c.from[i], reader);
        if (!aligned) return o;
        tensor whole(c.payloads[i]->shape());
        for (std::int64_t k = 0; k < whole.size(); ++k)
            whole[k] = static_cast<float>(
                std::clamp(std::round((*c.payloads[i])[k] / c.to.scale) + static_cast<double>(c.to.zero_point),
                           static_cast<double>(lowest_of(c.to.type)), static_cast<double>(highest_of(c.to.type))));
        return convert_.add_weight(o, std::move(whole), c.to, reader);
    }

    graph& g_;
    integer_type_options const& options_;
    std::vector<float_reason>* reasons_;
    integer_formats formats_;
    conversions convert_;
};

} // namespace detail

template <class Rules>
graph assign_integer_types(graph const& top, integer_type_options const& options, std::vector<float_reason>* reasons) {
    graph g = top;
    detail::integer_typing<Rules>(g, options, reasons).run();
    return g;
}

} // namespace tpu_convert
