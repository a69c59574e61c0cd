// The number format of every value of an integer network, before any node is changed.
#pragma once
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/quantize/integer_types.hpp>
#include <tpu_convert/quantize/number_format.hpp>
#include <tpu_convert/quantize/wide_values.hpp>

namespace tpu_convert::detail {

class integer_formats {
public:
    integer_formats(graph const& g, integer_type_options const& options) : g_(g), options_(options) {
        formats_.resize(g.size());
        choose_nodes();
        read_table();
        tie_backward();
        tie_forward();
    }

    bool is_integer(graph::id v) const { return integer_[v]; } // the node is meant to be
    number_format const& of(graph::ref r) const { return formats_[r.node][r.result]; }

    // Only floats read the product: it may have 16 bits.
    bool is_last_integer(graph::id v) const {
        if (!multiplies(g_[v])) return false;
        for (auto const& u : g_.users(v))
            if (integer_[u.node]) return false;
        for (std::size_t i = 0; i < g_.outputs.size(); ++i)
            if (g_.outputs[i].node == v && options_.narrow_outputs.contains(i)) return false;
        return true;
    }
    number_format wide(graph::ref r) const {
        auto const* row = options_.table->rows.find(g_[r].name);
        return row ? wide_format(*row) : number_format{};
    }
    // Movement: the result has the operand's format.
    static bool keeps_format(node const& n) {
        return n.kind == node_kind::operation && n.op->quantization == quantize_rule::keep_scale && !joins(n);
    }

private:
    static bool joins(node const& n) { return n.op->operands.most == any_number; }

    void choose_nodes() {
        auto const tail = wide_values(g_, options_.narrow_outputs.empty());
        auto const leads = precede_product();
        integer_.resize(g_.size(), false);
        for (auto v : g_.order()) {
            node const& n = g_[v];
            if (n.kind != node_kind::operation || n.results[0].type != dtype::f32) continue;
            auto const& name = n.results[0].name;
            bool const wanted =
                options_.by_default ? !options_.float_nodes.contains(name) : options_.integer_nodes.contains(name);
            bool const behind = tail.contains({v, 0}) && !multiplies(n) && !leads[v];
            integer_[v] = wanted && n.op->quantization != quantize_rule::float_only && !behind;
        }
    }
    // Nodes that lead to a product: wide_values also lists some of these, for 16-bit floats.
    std::vector<bool> precede_product() const {
        std::vector<bool> leads(g_.size(), false);
        auto const order = g_.order();
        for (auto it = order.rbegin(); it != order.rend(); ++it)
            for (auto const& u : g_.users(*it)) leads[*it] = leads[*it] || leads[u.node] || multiplies(g_[u.node]);
        return leads;
    }
    void read_table() {
        for (graph::id v = 0; v < g_.size(); ++v) {
            if (!g_.alive(v)) continue;
            formats_[v].resize(g_[v].results.size());
            for (std::size_t r = 0; r < formats_[v].size(); ++r) {
                value const& x = g_[v].results[r];
                if (g_[v].kind == node_kind::weight || x.type != dtype::f32) continue;
                if (auto const* row = options_.table->rows.find(x.name))
                    formats_[v][r] = options_.asymmetric ? asymmetric_format(*row) : symmetric_format(*row);
            }
        }
    }
    // What only movement reads is made at the movement's scale at once.
    void tie_backward() {
        auto order = g_.order();
        for (auto it = order.rbegin(); it != order.rend(); ++it) {
            node const& n = g_[*it];
            if (!integer_[*it] || !formats_[*it][0] || n.results.size() != 1) continue;
            if (!keeps_format(n) && !(n.op->quantization == quantize_rule::keep_scale && joins(n))) continue;
            auto const operands = g_.operands(*it);
            for (std::size_t i = 0; i < operands.size() && (i == 0 || joins(n)); ++i) {
                graph::ref const o = operands[i];
                if (o && integer_[o.node] && g_[o.node].results.size() == 1 && g_.use_count(o) == 1 && g_[o].type == dtype::f32)
                    formats_[o.node][o.result] = formats_[*it][0];
            }
        }
    }
    void tie_forward() {
        for (auto v : g_.order())
            if (integer_[v] && keeps_format(g_[v]))
                if (auto const o = g_.operands(v)[0]; o && formats_[o.node][o.result])
                    std::fill(formats_[v].begin(), formats_[v].end(), formats_[o.node][o.result]);
    }

    graph const& g_;
    integer_type_options const& options_;
    std::vector<bool> integer_;
    std::vector<std::vector<number_format>> formats_; // by node, by result
};

} // namespace tpu_convert::detail
