#pragma once
#include <algorithm>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/composition.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/pass/expand_compositions.hpp>
#include <utility>
#include <vector>

namespace tpu_convert {

namespace detail {

class composition_expander {
public:
    explicit composition_expander(graph const& top) { out_.net = top; }

    expanded_network run() {
        for (auto const v : out_.net.order())
            if (out_.net[v].op == &info_of<op::concat>()) split_relu(v);
        for (bool again = true; again;) {
            again = false;
            for (auto const v : out_.net.order())
                if (auto const& n = out_.net[v]; n.kind == node_kind::operation && n.op->compose && !settled_.contains(v))
                    again |= expand(v);
        }
        if (expanded_any_) out_.net.erase_unused();
        return std::move(out_);
    }

private:
    // Movement has no place for a relu on the chips.
    void split_relu(graph::id v) {
        auto& g = out_.net;
        auto& joined = std::any_cast<op::concat::attributes&>(g[v].attributes);
        if (!joined.do_relu) return;
        node n;
        n.op = &info_of<op::relu>();
        n.attributes = op::relu::attributes{.relu_limit = joined.relu_limit};
        n.results = g[v].results;
        joined.do_relu = false, joined.relu_limit = -1;
        origin_ = n.results[0].name;
        g[v].results[0].name = fresh_name();
        auto const relu = g.add(std::move(n));
        g.replace_uses({v, 0}, {relu, 0});
        g.set_operands(relu, {{v, 0}});
    }
    composition describe(graph::id v, std::vector<graph::ref> const& operands) {
        auto& g = out_.net;
        std::vector<shape> shapes;
        std::vector<dtype> types;
        for (auto const& r : operands) {
            shapes.push_back(r ? g[r].dims : absent_shape());
            types.push_back(r ? g[r].type : dtype::f32);
        }
        composition c(g[v].op->name, shapes, [&g, operands](std::size_t i) -> std::optional<std::vector<double>> {
            auto const& payload = g[operands[i].node].payload;
            if (!payload) return std::nullopt;
            return std::vector<double>(payload->values().begin(), payload->values().end());
        }, std::move(types));
        g[v].op->compose(g[v].attributes, c);
        return c;
    }

    // False if the node is one that chips know.
    bool expand(graph::id v) {
        auto& g = out_.net;
        auto const& operands = operands_ = g.operands(v);
        std::optional<composition> described;
        try {
            described = describe(v, operands);
        } catch (model_error const& e) {
            out_.refused[g[v].results[0].name] = std::string(g[v].op->name) + ": " + e.what();
        }
        if (!described) return settled_.insert(v), false;
        auto const& c = *described;
        expanded_any_ = true;
        name_ = g[v].results[0].name;
        auto const known_origin = out_.origin.find(name_);
        origin_ = known_origin == out_.origin.end() ? name_ : known_origin->second;
        exact_ = out_.exact.contains(name_);
        made_.assign(c.values().size(), {});
        for (std::size_t i = 0; i < operands.size(); ++i)
            if (c.has(i)) made_[c.operand(i).index] = operands[i];
        for (auto const& s : c.steps()) add_step(c, s);
        replace(v, c);
        return true;
    }

    graph::ref place(composition const& c, composition::term t) {
        if (!t) return {};
        auto& at = made_[t.index];
        if (!at) {
            auto const& value = c.values()[t.index];
            tensor elements{value.dims};
            std::copy_n(value.elements.begin(), std::min<std::int64_t>(std::ssize(value.elements), elements.size()),
                        elements.data());
            at = add_weight(std::move(elements), value.type);
        }
        return at;
    }
    graph::ref add_weight(tensor elements, dtype type) {
        node n;
        n.kind = node_kind::weight;
        n.results = {value{fresh_name(), elements.shape(), type, 0, 0, {}}};
        n.payload = std::make_shared<tensor const>(std::move(elements));
        return {out_.net.add(std::move(n)), 0};
    }
    std::string fresh_name() {
        std::string name;
        do name = origin_ + "_" + std::to_string(++count_[origin_]);
        while (out_.net.size() < most_searched && out_.net.find(name));
        out_.origin[name] = origin_;
        return name;
    }

    void add_step(composition const& c, composition::step const& s) {
        std::vector<graph::ref> refs;
        for (auto const t : s.operands) refs.push_back(place(c, t));
        if (fold(c, s, refs)) return;
        node n;
        n.op = s.op;
        n.attributes = s.attributes;
        for (std::size_t i = 0; i < s.count; ++i) {
            auto const& made = c.values()[s.first + i];
            n.results.push_back(value{fresh_name(), made.dims, made.type, 0, 0, {}});
        }
        if (s.exact || exact_) out_.exact.insert(n.results[0].name);
        auto const id = out_.net.add(std::move(n), refs);
        for (std::size_t i = 0; i < s.count; ++i) made_[s.first + i] = {id, i};
    }
    // A step on weights alone is a weight.
    bool fold(composition const& c, composition::step const& s, std::vector<graph::ref> const& refs) {
        std::vector<tensor const*> operands;
        for (auto const& r : refs) {
            if (r && out_.net[r.node].kind != node_kind::weight) return false;
            operands.push_back(r ? out_.net[r.node].payload.get() : nullptr);
        }
        if (refs.empty() || !s.op->evaluate) return false;
        std::vector<tensor> results;
        for (std::size_t i = 0; i < s.count; ++i) results.emplace_back(c.values()[s.first + i].dims);
        s.op->evaluate(s.attributes, operands, results);
        for (std::size_t i = 0; i < s.count; ++i)
            made_[s.first + i] = add_weight(std::move(results[i]), c.values()[s.first + i].type);
        return true;
    }

    // Results take over the node's names; those that no new node makes get a reshape that does nothing.
    void replace(graph::id v, composition const& c) {
        auto& g = out_.net;
        std::vector<value> const old = g[v].results;
        std::set<std::pair<graph::id, std::size_t>> named;
        for (std::size_t i = 0; i < old.size(); ++i) {
            auto r = place(c, c.results().at(i));
            bool const is_new = g[r.node].kind == node_kind::operation &&
                                std::find(operands_.begin(), operands_.end(), r) == operands_.end();
            if (!is_new || !named.insert({r.node, r.result}).second) r = renamed_by_reshape(r);
            g.replace_uses({v, i}, r);
            set_name(r, old[i].name);
        }
        g.erase(v);
        for (auto const& r : old) out_.origin[r.name] = origin_;
    }
    void set_name(graph::ref r, std::string const& name) {
        auto& g = out_.net;
        if (r.result == 0 && out_.exact.erase(g[r].name)) out_.exact.insert(name);
        out_.origin.erase(g[r].name);
        g[r].name = name;
    }
    graph::ref renamed_by_reshape(graph::ref from) {
        auto& g = out_.net;
        node n;
        n.op = &info_of<op::reshape>();
        n.attributes = op::reshape::attributes{.new_shape = g[from].dims};
        n.results = {value{fresh_name(), g[from].dims, g[from].type, 0, 0, {}}};
        if (g[from.node].kind == node_kind::weight) out_.exact.insert(n.results[0].name);
        return {g.add(std::move(n), {from}), 0};
    }

    static constexpr std::size_t most_searched = 4096; // larger networks are not searched for each new name
    expanded_network out_;
    std::set<graph::id> settled_;
    std::vector<graph::ref> operands_;
    std::vector<graph::ref> made_; // by number of the composition's value
    std::map<std::string, std::size_t> count_;
    std::string name_, origin_;
    bool exact_ = false, expanded_any_ = false;
};

} // namespace detail

TPU_CONVERT_INLINE expanded_network expand_compositions(graph const& top) { return detail::composition_expander(top).run(); }

TPU_CONVERT_INLINE expanded_network require_expansion(graph const& top) {
    auto made = expand_compositions(top);
    if (made.refused.empty()) return made;
    auto const& [name, reason] = *made.refused.begin();
    throw model_error{error_code::lowering_missing, name, reason};
}

} // namespace tpu_convert
