#pragma once
#include <algorithm>
#include <cmath>
#include <tpu_convert/op/composed/dequantize_linear.hpp>
#include <tpu_convert/op/composed/quantize_linear.hpp>
#include <tpu_convert/pass/rewrite.hpp>
#include <tpu_convert/quantize/own_scales.hpp>
#include <utility>

namespace tpu_convert {

namespace detail {

class scale_taker {
public:
    explicit scale_taker(graph const& top) { made_.net = top; }

    network_with_scales run() {
        auto& g = made_.net;
        for (auto const v : g.order())
            if (g.alive(v) && pass::is<op::quantize_linear>(g, v)) take(v);
        if (rows_.empty())
            throw model_error{error_code::input_mismatch, g.name,
                              "the network has no pair of QuantizeLinear and DequantizeLinear with one constant scale; use INT8"};
        g.erase_unused();
        for (auto const v : g.order())
            if (g[v].kind == node_kind::operation) pass_on(v);
        for (auto const& [r, row] : rows_)
            if (g.alive(r.first)) made_.table.rows.set(g[graph::ref{r.first, r.second}].name, row);
        return std::move(made_);
    }

private:
    using key = std::pair<graph::id, std::size_t>;

    static bool reverses(op::dequantize_linear::attributes const& d, op::quantize_linear::attributes const& q) {
        auto const zero = [](std::vector<std::int64_t> const& z) { return z.empty() ? 0 : z[0]; };
        return d.x_scale == q.y_scale && zero(d.x_zero_point) == zero(q.y_zero_point);
    }
    void take(graph::id v) {
        auto& g = made_.net;
        auto const q = pass::attributes<op::quantize_linear>(g, v);
        if (q.y_scale.size() != 1 || !(q.y_scale[0] > 0)) return;
        graph::ref const x = g.operands(v)[0];
        for (auto const& u : g.users(v)) {
            if (!pass::is<op::dequantize_linear>(g, u.node) ||
                !reverses(pass::attributes<op::dequantize_linear>(g, u.node), q) || !pass::bypass(g, u.node, x))
                continue;
            rows_.try_emplace({x.node, x.result}, row_of(q));
        }
    }
    // The range of the 8-bit numbers. Symmetric: signed around 0, unsigned from 0, and unsigned around 128.
    calibration_row row_of(op::quantize_linear::attributes const& q) {
        bool const positive = op::quantize_linear::has_unsigned_result(q);
        double const scale = q.y_scale[0], zero = q.y_zero_point.empty() ? 0 : static_cast<double>(q.y_zero_point[0]);
        double const least = ((positive ? 0 : -128) - zero) * scale, most = ((positive ? 255 : 127) - zero) * scale;
        bool const centred = zero == (positive ? 128 : 0);
        made_.asymmetric = made_.asymmetric || (!centred && !(positive && zero == 0));
        return {centred ? 127 * scale : std::max(std::fabs(least), std::fabs(most)), least, most};
    }
    // What an operator moves, or cuts at 0, keeps its operand's range.
    void pass_on(graph::id v) {
        auto& g = made_.net;
        if (rows_.contains({v, 0})) return;
        auto const x = g.operands(v).empty() ? graph::ref{} : g.operands(v)[0];
        auto const found = x ? rows_.find({x.node, x.result}) : rows_.end();
        bool const keeps = g[v].op->quantization == quantize_rule::keep_scale || pass::is<op::relu>(g, v);
        if (found == rows_.end() || !keeps) return made_.without_scales.push_back(g[v].results[0].name);
        auto const row = found->second;
        for (std::size_t i = 0; i < g[v].results.size(); ++i) rows_[{v, i}] = row;
    }

    network_with_scales made_;
    std::map<key, calibration_row> rows_;
};

} // namespace detail

TPU_CONVERT_INLINE network_with_scales take_own_scales(graph const& top) { return detail::scale_taker(top).run(); }

} // namespace tpu_convert
