// ONNX recurrent networks. LSTM and GRU as the operators of these names where they have the form; what is left is written out
// step by step: every step is a product and element-wise operators that chips have.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/op/composed/gru.hpp>
#include <tpu_convert/op/composed/lstm.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

inline constexpr std::int64_t most_steps = 4096;

// What one direction of a layer works with. Inputs are [steps, batch, values], states [batch, hidden].
struct recurrence {
    context& c;
    steps f;
    std::int64_t gates, direction, length, batch, hidden;
    bool backward;
    operand weight, recurrent, input_bias, recurrent_bias; // of this direction; filters are turned

    // Row of an optional operand [directions, ...].
    operand own(std::size_t i) const { return c.has(i) ? f.at(c.in(i), 0, direction) : operand{}; }
    operand state(std::size_t i) const {
        if (!c.has(i)) return f.filled({batch, hidden}, 0);
        bool const batch_first = c.integer("layout", 0) != 0;
        return f.at(c.in(i), batch_first ? 1 : 0, direction);
    }
    operand gate(operand const& x, std::int64_t k) const {
        return f.part(x, std::ssize(x.dims) - 1, k * hidden, (k + 1) * hidden);
    }
    // The direction's activation k, after the clip.
    operand activate(std::size_t k, operand x) const {
        static constexpr char const* usual[4][3]{{}, {"Tanh", "", ""}, {}, {"Sigmoid", "Tanh", ""}};
        auto const* names = c.find<std::vector<std::string>>("activations");
        std::size_t const each = gates == 4 ? 3 : gates == 3 ? 2 : 1;
        std::string name = gates == 4 ? (k ? "Tanh" : "Sigmoid") : usual[gates][k];
        auto const at = static_cast<std::size_t>(direction) * each + k;
        if (names && at < names->size()) name = (*names)[at];
        if (name == "Affine" || name == "ScaledTanh" || c.has("activation_alpha"))
            throw unsupported{"activation '" + name + "' with parameters"};
        if (c.has("clip")) x = f.clip(x, -c.real("clip"), c.real("clip"));
        return f(name, {x});
    }
    // What the recurrent filter makes of the state, for all gates.
    operand fed_back(operand const& h) const {
        operand const product = f.mat_mul(h, recurrent);
        return recurrent_bias.given() ? f.add(product, recurrent_bias) : product;
    }
    // 1 where a sequence has not ended before this step; nothing if all are of full length.
    operand running(std::int64_t step) const {
        if (!c.has(4)) return {};
        return f("Greater", {f.shaped(c.in(4), {batch, 1}), f.number(static_cast<double>(step))});
    }
};

inline recurrence recurrence_of(context& c, std::int64_t gates, std::int64_t direction, shape const& x) {
    auto const hidden = c.in(2).dims.at(2);
    auto const way = c.text("direction", "forward");
    steps const f{c};
    recurrence r{c, f, gates, direction, x[0], x[1], hidden, way == "reverse" || direction == 1, {}, {}, {}, {}};
    r.weight = f.transpose(f.at(c.in(1), 0, direction), {1, 0});
    r.recurrent = f.transpose(f.at(c.in(2), 0, direction), {1, 0});
    if (!c.has(3)) return r;
    operand const both = f.at(c.in(3), 0, direction);
    r.input_bias = f.part(both, 0, 0, gates * hidden);
    r.recurrent_bias = f.part(both, 0, gates * hidden, 2 * gates * hidden);
    return r;
}

// h' = f(x + h R)
inline std::vector<operand> simple_step(recurrence const& r, operand const& x, std::vector<operand> const& state) {
    return {r.activate(0, r.f.add(x, r.fed_back(state[0])))};
}

// Gates z, r, h: h' = (1 - z) g(...) + z h, where r scales h before or after the recurrent product.
inline std::vector<operand> gru_step(recurrence const& r, operand const& x, std::vector<operand> const& state) {
    auto const& f = r.f;
    operand const &h = state[0], all = r.fed_back(h);
    auto const sum = [&](std::int64_t k) { return f.add(r.gate(x, k), r.gate(all, k)); };
    operand const update = r.activate(0, sum(0)), reset = r.activate(0, sum(1));
    operand fed = f.mul(reset, r.gate(all, 2));
    if (r.c.integer("linear_before_reset", 0) == 0) {
        fed = f.mat_mul(f.mul(reset, h), r.gate(r.recurrent, 2));
        if (r.recurrent_bias.given()) fed = f.add(fed, r.gate(r.recurrent_bias, 2));
    }
    operand const fresh = r.activate(1, f.add(r.gate(x, 2), fed));
    return {f.add(f.mul(f.sub(f.number(1), update), fresh), f.mul(update, h))};
}

// Gates i, o, f, c: c' = f c + i g(...), h' = o h(c'). Peepholes show c to i and f, and c' to o.
inline std::vector<operand> lstm_step(recurrence const& r, operand const& x, std::vector<operand> const& state) {
    auto const& f = r.f;
    operand const all = f.add(x, r.fed_back(state[0])), peep = r.own(7);
    auto const seen = [&](std::int64_t k, operand const& cell) {
        return peep.given() ? f.add(r.gate(all, k), f.mul(r.gate(peep, k), cell)) : r.gate(all, k);
    };
    operand const in = r.activate(0, seen(0, state[1]));
    bool const coupled = r.c.integer("input_forget", 0) != 0;
    operand const forget = coupled ? f.sub(f.number(1), in) : r.activate(0, [&] {
        return peep.given() ? f.add(r.gate(all, 2), f.mul(r.gate(peep, 2), state[1])) : r.gate(all, 2);
    }());
    operand const cell = f.add(f.mul(forget, state[1]), f.mul(in, r.activate(1, r.gate(all, 3))));
    operand const out = r.activate(0, seen(1, cell));
    return {f.mul(out, r.activate(2, cell)), cell};
}

using step_function = std::vector<operand> (*)(recurrence const&, operand const&, std::vector<operand> const&);

// The states after the last step in front, then the results of all steps in the order of the input.
inline std::vector<operand> run_direction(recurrence const& r, operand const& x, step_function step, std::vector<operand> state) {
    auto const& f = r.f;
    operand all = f.mat_mul(f.shaped(x, {r.length * r.batch, x.dims[2]}), r.weight);
    if (r.input_bias.given()) all = f.add(all, r.input_bias);
    all = f.shaped(all, {r.length, r.batch, r.gates * r.hidden});
    std::vector<operand> made(static_cast<std::size_t>(r.length));
    for (std::int64_t i = 0; i < r.length; ++i) {
        auto const t = r.backward ? r.length - 1 - i : i;
        auto next = step(r, f.at(all, 0, t), state);
        operand const running = r.running(t);
        made[static_cast<std::size_t>(t)] = running.given() ? f.where(running, next[0], f.number(0)) : next[0];
        for (std::size_t k = 0; k < state.size(); ++k) state[k] = running.given() ? f.where(running, next[k], state[k]) : next[k];
    }
    state.push_back(f.stack(std::move(made), 0));
    return state;
}

inline void require_three_axes(context& c) {
    if (c.in(0).dims.size() != 3 || c.in(1).dims.size() != 3 || c.in(2).dims.size() != 3)
        throw unsupported{"its operands have not three axes each"};
}

// Sequences of one length from the first step on, the usual activations and nothing else.
inline bool is_plain(context& c) {
    auto const* names = c.find<std::vector<std::string>>("activations");
    std::vector<std::string> usual;
    auto const directions = c.in(1).dims[0], steps = c.in(0).dims[c.integer("layout", 0) != 0 ? 1 : 0];
    bool const peepholes = c.has(7);
    for (std::int64_t d = 0; names && d < directions; ++d) {
        usual.insert(usual.end(), {"Sigmoid", "Tanh"});
        if (names->size() == 3 * static_cast<std::size_t>(directions)) usual.push_back("Tanh");
    }
    for (auto const* more : {"clip", "activation_alpha", "activation_beta"})
        if (c.has(more)) return false;
    return (!names || *names == usual) && c.text("direction", "forward") != "reverse" && !c.has(4) && !peepholes &&
           c.integer("input_forget", 0) == 0 && steps >= 1 && steps <= most_steps;
}

template <std::int64_t Gates, step_function Step>
results import_steps(context& c) {
    steps const f{c};
    require_three_axes(c);
    bool const batch_first = c.integer("layout", 0) != 0;
    operand const x = batch_first ? f.transpose(c.in(0), {1, 0, 2}) : c.in(0);
    if (x.dims[0] < 1 || x.dims[0] > most_steps)
        throw unsupported{"has " + std::to_string(x.dims[0]) + " steps; up to " + std::to_string(most_steps) +
                          " are written out"};
    auto const directions = c.in(1).dims[0];
    std::vector<operand> all, last, cells;
    for (std::int64_t d = 0; d < directions; ++d) {
        auto const r = recurrence_of(c, Gates, d, x.dims);
        std::vector<operand> state(Gates == 4 ? 2 : 1);
        state[0] = r.state(5);
        if constexpr (Gates == 4) state[1] = r.state(6);
        auto const made = run_direction(r, x, Step, std::move(state));
        last.push_back(made.front());
        if constexpr (Gates == 4) cells.push_back(made.at(1));
        all.push_back(made.back());
    }
    std::int64_t const at = batch_first ? 1 : 0;
    operand y = f.stack(all, 1);
    if (batch_first) y = f.transpose(y, {2, 0, 1, 3});
    results out{y, f.stack(last, at)};
    if constexpr (Gates == 4) out.push_back(f.stack(cells, at));
    return out;
}

template <class Op, std::int64_t Gates, step_function Step>
results import_recurrent(context& c) {
    require_three_axes(c);
    if (!is_plain(c)) return import_steps<Gates, Step>(c);
    typename Op::attributes a;
    a.hidden_size = c.in(2).dims[2];
    a.bidirectional = c.in(1).dims[0] == 2;
    a.batch_first = c.integer("layout", 0) != 0;
    if constexpr (Gates == 3) a.linear_before_reset = c.integer("linear_before_reset", 0) != 0;
    std::vector<operand> in{c.in(0), c.in(1), c.in(2), c.optional_in(3), c.optional_in(5)};
    if constexpr (Gates == 4) in.push_back(c.optional_in(6));
    return c.emit(Op::name, std::any{a}, in, {});
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> recurrent_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"GRU", import_recurrent<op::gru, 3, gru_step>},
        {"LSTM", import_recurrent<op::lstm, 4, lstm_step>},
        {"RNN", import_steps<1, simple_step>},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
