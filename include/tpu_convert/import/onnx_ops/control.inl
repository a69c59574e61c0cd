// ONNX loops whose number of rounds is known: written out.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

inline constexpr std::int64_t most_rounds = 1 << 14;

inline network const& body_of(context& c) {
    auto const* body = c.find<std::shared_ptr<network const>>("body");
    if (!body) throw unsupported{"has no body"};
    return **body;
}

inline bool known_truth(operand const& o) {
    if (!o.value) throw unsupported{"its condition is computed at run time; freeze what it depends on with --input_constants"};
    auto const v = integers_of(*o.value);
    return !v.empty() && v[0] != 0;
}

// Results of the body: the condition, what is carried to the next round, what is collected.
inline results import_loop(context& c) {
    steps const f{c};
    network const& body = body_of(c);
    std::int64_t const rounds = c.has(0) ? c.known_integer(0, "M") : most_rounds + 1;
    bool go = c.has(1) ? known_truth(c.in(1)) : true;
    auto const carried = c.count() < 2 ? 0 : c.count() - 2;
    if (body.inputs.size() != carried + 2 || body.outputs.size() < carried + 1) throw unsupported{"its body does not fit it"};
    std::vector<operand> state(c.all_in().begin() + 2, c.all_in().end());
    std::vector<std::vector<operand>> collected(body.outputs.size() - carried - 1);
    for (std::int64_t i = 0; go && i < rounds; ++i) {
        if (i == most_rounds) throw unsupported{"needs more than " + std::to_string(most_rounds) + " rounds"};
        c.define(body.inputs[0].name, context::known(make_integers({i}, {})));
        c.define(body.inputs[1].name, context::known(make_integers({1}, {}, dtype::boolean)));
        for (std::size_t k = 0; k < carried; ++k) c.define(body.inputs[k + 2].name, state[k]);
        auto const made = c.run_branch(body);
        go = known_truth(made[0]);
        for (std::size_t k = 0; k < carried; ++k) state[k] = made[k + 1];
        for (std::size_t k = 0; k < collected.size(); ++k) collected[k].push_back(made[carried + 1 + k]);
    }
    for (auto& parts : collected) {
        if (parts.empty()) throw unsupported{"runs no round, and the shape of what it collects is unknown"};
        state.push_back(f.stack(std::move(parts), 0));
    }
    return state;
}

// One round for each element of the scanned axes.
inline std::vector<operand> scanned(context& c, std::vector<operand> state, std::vector<operand> const& over) {
    steps const f{c};
    network const& body = body_of(c);
    auto const each = [&](std::string_view name, std::size_t n) { return c.integers(name, std::vector<std::int64_t>(n, 0)); };
    auto const outputs = body.outputs.size() - std::min(body.outputs.size(), state.size());
    auto const axes = each("scan_input_axes", over.size()), back = each("scan_input_directions", over.size());
    auto const out_axes = each("scan_output_axes", outputs), out_back = each("scan_output_directions", outputs);
    if (over.empty() || body.inputs.size() != state.size() + over.size()) throw unsupported{"its body does not fit it"};
    auto const axis_of = [&](std::size_t k) { return checked_axis(axes.at(k), over[k].dims.size()); };
    auto const rounds = over[0].dims[static_cast<std::size_t>(axis_of(0))];
    if (rounds < 1 || rounds > most_rounds) throw unsupported{"has " + std::to_string(rounds) + " rounds"};
    std::vector<std::vector<operand>> collected(outputs);
    for (std::int64_t i = 0; i < rounds; ++i) {
        for (std::size_t k = 0; k < state.size(); ++k) c.define(body.inputs[k].name, state[k]);
        for (std::size_t k = 0; k < over.size(); ++k)
            c.define(body.inputs[state.size() + k].name, f.at(over[k], axis_of(k), back.at(k) ? rounds - 1 - i : i));
        auto const made = c.run_branch(body);
        for (std::size_t k = 0; k < state.size(); ++k) state[k] = made[k];
        for (std::size_t k = 0; k < outputs; ++k) collected[k].push_back(made[state.size() + k]);
    }
    for (std::size_t k = 0; k < outputs; ++k) {
        if (out_back.at(k)) std::reverse(collected[k].begin(), collected[k].end());
        auto const rank = collected[k][0].dims.size() + 1;
        state.push_back(f.stack(std::move(collected[k]), checked_axis(out_axes.at(k), rank)));
    }
    return state;
}

// Operator set 8 had lengths of sequences in front and a batch as first axis of everything.
inline results import_scan(context& c) {
    steps const f{c};
    std::size_t const first = c.opset() < 9 ? 1 : 0;
    auto const inputs = static_cast<std::size_t>(std::max<std::int64_t>(c.integer("num_scan_inputs"), 0));
    if (first && c.has(0)) throw unsupported{"lengths of sequences are given"};
    if (c.count() < first + inputs) throw unsupported{"attribute 'num_scan_inputs' does not fit its operands"};
    auto const middle = c.all_in().end() - static_cast<std::ptrdiff_t>(inputs);
    std::vector<operand> const state(c.all_in().begin() + static_cast<std::ptrdiff_t>(first), middle),
        over(middle, c.all_in().end());
    if (!first) return scanned(c, state, over);
    std::vector<std::vector<operand>> rows;
    for (std::int64_t b = 0; b < over.at(0).dims.at(0); ++b) {
        auto own = state, mine = over;
        for (auto* list : {&own, &mine})
            for (auto& o : *list) o = f.at(o, 0, b);
        auto const made = scanned(c, own, mine);
        rows.resize(made.size());
        for (std::size_t k = 0; k < made.size(); ++k) rows[k].push_back(made[k]);
    }
    results all;
    for (auto& r : rows) all.push_back(f.stack(std::move(r), 0));
    return all;
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> control_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Loop", import_loop},
        {"Scan", import_scan},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
