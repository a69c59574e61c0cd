// The number format of every value of an integer network, before any node is changed.
#pragma once
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/quantize/channel_formats.hpp>
#include <tpu_convert/quantize/integer_options.hpp>
#include <tpu_convert/quantize/number_format.hpp>
#include <tpu_convert/quantize/useful_range.hpp>
#include <tpu_convert/quantize/wide_values.hpp>

namespace tpu_convert::detail {

// In symmetric networks too a value has a zero point where it costs nothing: written and read by operators that fold it away
// (convolutions, tables). A SiLU's result, above -0.28, then has twice the levels.
class integer_formats {
public:
    struct format_rules {
        bool (*free_zero_points)(operation_info const&);
        bool zero_points, bytes_without_sign, wide_results; // as the tag of the chips says
    };

    integer_formats(graph const& g, integer_type_options const& options, format_rules rules)
        : g_(g), options_(options), rules_(rules), order_(g.order()) {
        formats_.resize(g.size());
        choose_nodes();
        find_free_values();
        read_table();
        tie_backward();
        tie_forward();
        trim_before_tables();
        if (options_.channel_scales && rules_.zero_points) spread_channels();
    }

    bool is_integer(graph::id v) const { return integer_[v]; } // the node is meant to be
    number_format const& of(graph::ref r) const { return formats_[r.node][r.result]; }
    // The node is not integer after all: conversions have one scale.
    void join_channels(graph::id v) {
        for (std::size_t r = 0; r < formats_[v].size(); ++r)
            if (!formats_[v][r].channel_scales.empty()) formats_[v][r] = from_row(v, *row_of({v, r}));
    }

    // Only floats read the product: it may have 16 bits.
    bool is_last_integer(graph::id v) const {
        if (!rules_.wide_results || !multiplies(g_[v])) return false;
        for (auto const& u : g_.users(v))
            if (integer_[u.node]) return false;
        return !is_narrow_output(v);
    }
    number_format wide(graph::ref r) const {
        auto const* row = row_of(r);
        return row ? wide_format(*row) : number_format{};
    }
    // Movement: the result has the operand's format.
    static bool keeps_format(node const& n) {
        return n.kind == node_kind::operation && n.op->quantization == quantize_rule::keep_scale && !joins(n);
    }

private:
    calibration_row const* row_of(graph::ref r) const { return options_.table->rows.find(g_[r].name); }
    static bool joins(node const& n) { return n.op->operands.most == any_number; }
    static bool moves(node const& n) { return n.op->quantization == quantize_rule::keep_scale; }

    void choose_nodes() {
        auto const tail = wide_values(g_, options_.narrow_outputs.empty());
        auto const indices = index_values(g_);
        auto const leads = precede_product();
        integer_.resize(g_.size(), false);
        for (auto v : order_) {
            node const& n = g_[v];
            if (n.kind != node_kind::operation || n.results[0].type != dtype::f32) continue;
            auto const& name = n.results[0].name;
            bool const wanted =
                options_.by_default ? !options_.float_nodes.contains(name) : options_.integer_nodes.contains(name);
            bool const behind = rules_.wide_results && tail.contains({v, 0}) && !multiplies(n) && !leads[v];
            integer_[v] = wanted && n.op->quantization != quantize_rule::float_only && !behind && !indices.contains({v, 0});
        }
    }
    // Nodes that lead to a product: wide_values also lists some of these, for 16-bit floats.
    std::vector<bool> precede_product() const {
        std::vector<bool> leads(g_.size(), false);
        for (auto it = order_.rbegin(); it != order_.rend(); ++it)
            for (auto const& u : g_.users(*it)) leads[*it] = leads[*it] || leads[u.node] || multiplies(g_[u.node]);
        return leads;
    }
    bool is_narrow_output(graph::id v) const {
        for (std::size_t i = 0; i < g_.outputs.size(); ++i)
            if (g_.outputs[i].node == v && options_.narrow_outputs.contains(i)) return true;
        return false;
    }

    // free_[v]: every reader of the node's results takes a zero point for nothing.
    void find_free_values() {
        free_.resize(g_.size(), false);
        for (auto it = order_.rbegin(); it != order_.rend(); ++it) {
            if (g_[*it].kind != node_kind::operation) continue;
            free_[*it] = !is_narrow_output(*it);
            for (auto const& u : g_.users(*it))
                if (integer_[u.node]) free_[*it] = free_[*it] && reads_freely(u);
        }
    }
    bool reads_freely(graph::use const& u) const {
        node const& n = g_[u.node];
        if (moves(n)) return free_[u.node];
        if (multiplies(n)) {
            auto const operands = g_.operands(u.node);
            if (u.operand != 0 || g_[operands[1].node].kind != node_kind::weight) return false;
        }
        return rules_.free_zero_points(*n.op);
    }
    bool writes_freely(graph::id v) const {
        node const& n = g_[v];
        return n.kind == node_kind::operation && integer_[v] && (moves(n) || rules_.free_zero_points(*n.op));
    }

    void read_table() {
        for (graph::id v = 0; v < g_.size(); ++v) {
            if (!g_.alive(v)) continue;
            formats_[v].resize(g_[v].results.size());
            for (std::size_t r = 0; r < formats_[v].size(); ++r) {
                value const& x = g_[v].results[r];
                if (g_[v].kind == node_kind::weight || x.type != dtype::f32) continue;
                if (auto const* row = row_of({v, r})) formats_[v][r] = from_row(v, *row);
            }
        }
    }
    number_format from_row(graph::id v, calibration_row const& row) const {
        if (options_.asymmetric) return asymmetric_format(row);
        number_format const plain = symmetric_format(row, !rules_.bytes_without_sign);
        if (!rules_.zero_points || !free_[v] || !writes_freely(v)) return plain;
        number_format const shifted = asymmetric_format(clipped(row));
        return shifted.scale < 0.75 * plain.scale ? shifted : plain; // sums round the zero points of their operands
    }
    static calibration_row clipped(calibration_row const& row) {
        return {row.threshold, std::max(row.min, -row.threshold), std::min(row.max, row.threshold)};
    }
    // What only movement reads is made at the movement's scale at once.
    void tie_backward() {
        for (auto it = order_.rbegin(); it != order_.rend(); ++it) {
            node const& n = g_[*it];
            if (n.kind != node_kind::operation || !integer_[*it] || !formats_[*it][0] || n.results.size() != 1 || !moves(n))
                continue;
            number_format const& f = formats_[*it][0];
            auto const operands = g_.operands(*it);
            for (std::size_t i = 0; i < operands.size() && (i == 0 || joins(n)); ++i) {
                graph::ref const o = operands[i];
                if (o && integer_[o.node] && g_[o.node].results.size() == 1 && g_.use_count(o) == 1 && g_[o].type == dtype::f32 &&
                    (f.zero_point == 0 || options_.asymmetric || writes_freely(o.node)))
                    formats_[o.node][o.result] = f;
            }
        }
    }
    void tie_forward() {
        for (auto v : order_)
            if (integer_[v] && keeps_format(g_[v]))
                if (auto const o = g_.operands(v)[0]; o && formats_[o.node][o.result])
                    std::fill(formats_[v].begin(), formats_[v].end(), formats_[o.node][o.result]);
    }
    // A product that only tables read needs no more range than the tables tell apart.
    void trim_before_tables() {
        for (auto v : order_) {
            if (!integer_[v] || !multiplies(g_[v]) || !writes_freely(v) || !free_[v] || is_last_integer(v)) continue;
            auto const* row = row_of({v, 0});
            input_range useful;
            bool all = row != nullptr;
            for (auto const& u : g_.users(v)) {
                bool const table = integer_[u.node] && g_[u.node].op->quantization == quantize_rule::table;
                all = all && table && formats_[u.node][0];
                if (all) useful.include(useful_range(g_[u.node], {row->min, row->max}, formats_[u.node][0]));
            }
            if (all && useful.highest > useful.lowest)
                formats_[v][0] = asymmetric_format({row->threshold, useful.lowest, useful.highest});
        }
    }

    // Readers first: what a table's result tells apart limits the ranges of its operand.
    void spread_channels() {
        auto const apart = values_with_channels_apart(g_);
        for (auto it = order_.rbegin(); it != order_.rend(); ++it) {
            auto const v = *it;
            if (!integer_[v] || !apart.contains({v, 0}) || !formats_[v][0]) continue;
            auto const found = options_.table->channels.find(g_[v].results[0].name);
            if (found == options_.table->channels.end() || !fits(found->second, g_[v].results[0].dims)) continue;
            auto const readers = g_.users(v);
            if (!std::all_of(readers.begin(), readers.end(), [&](auto const& u) { return integer_[u.node]; })) continue;
            bool const before_table = g_[readers[0].node].op->quantization == quantize_rule::table;
            if (before_table && !formats_[readers[0].node][0]) continue;
            formats_[v][0] = channel_format(before_table ? told_apart(readers[0].node, found->second) : found->second);
        }
    }
    static bool fits(std::vector<channel_range> const& ranges, shape const& dims) {
        return static_cast<std::int64_t>(ranges.size()) == dims[1];
    }
    std::vector<channel_range> told_apart(graph::id table, std::vector<channel_range> ranges) const {
        constexpr std::int64_t points = 512;
        for (std::size_t c = 0; c < ranges.size(); ++c) {
            number_format f = formats_[table][0];
            f.scale = f.scale_of(static_cast<std::int64_t>(c)), f.channel_scales.clear();
            auto const useful = useful_range(g_[table], {ranges[c].min, ranges[c].max}, f, points);
            ranges[c] = {std::min(useful.lowest, 0.0), std::max(useful.highest, 0.0)};
        }
        return ranges;
    }

    graph const& g_;
    integer_type_options const& options_;
    format_rules rules_;
    std::vector<graph::id> order_;
    std::vector<bool> integer_, free_;
    std::vector<std::vector<number_format>> formats_; // by node, by result
};

} // namespace tpu_convert::detail
