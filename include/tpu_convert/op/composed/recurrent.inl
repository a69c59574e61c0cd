// Recurrent operators, step by step.
#pragma once
#include <functional>
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/composed/registry.hpp>

namespace tpu_convert::op {

namespace composing {

inline constexpr std::int64_t most_recurrent_steps = 4096;

// One direction of a layer: inputs [steps, batch, values], states [batch, hidden].
struct recurrent_layer {
    composition& c;
    std::int64_t gates, hidden;
    bool batch_first;
    term input; // [steps, batch, values]

    recurrent_layer(composition& of, std::int64_t gate_count, std::int64_t size, bool batches_first)
        : c(of), gates(gate_count), hidden(size), batch_first(batches_first) {
        formula const f{c};
        f.require(f.rank(c.operand(0)) == 3 && f.rank(c.operand(1)) == 3 && f.rank(c.operand(2)) == 3,
                  "input, filter and recurrence have three axes");
        input = batch_first ? f.turned(c.operand(0), {1, 0, 2}) : c.operand(0);
        f.require(steps() >= 1 && steps() <= most_recurrent_steps, "up to 4096 steps are written out");
        f.require(hidden > 0 && f.dim(c.operand(1), 1) == gates * hidden && f.dim(c.operand(2), 1) == gates * hidden &&
                      f.dim(c.operand(2), 2) == hidden,
                  "filters do not fit hidden_size");
    }
    std::int64_t steps() const { return c.dims(input)[0]; }
    std::int64_t batch() const { return c.dims(input)[1]; }

    term state(std::size_t operand, std::int64_t direction) const {
        formula const f{c};
        return c.has(operand) ? f.at(c.operand(operand), batch_first ? 1 : 0, direction) : f.filled({batch(), hidden}, 0);
    }
    // Biases of the input or of the recurrence: [gates hidden].
    term bias(std::int64_t direction, std::int64_t of_recurrence) const {
        formula const f{c};
        if (!c.has(3)) return {};
        auto const size = gates * hidden;
        return f.part(f.at(c.operand(3), 0, direction), 0, of_recurrence * size, (of_recurrence + 1) * size);
    }
    // All gates of all steps: [steps, batch, gates hidden].
    term projected(std::int64_t direction) const {
        formula const f{c};
        term const rows = f.shaped(input, {steps() * batch(), f.dim(input, 2)});
        term const made = f.product(rows, f.swapped(f.at(c.operand(1), 0, direction), 0, 1));
        term const b = bias(direction, 0);
        return f.shaped(b ? f.add(made, b) : made, {steps(), batch(), gates * hidden});
    }
    term gate(term all, std::int64_t k) const { return formula{c}.part(all, -1, k * hidden, (k + 1) * hidden); }
    term recurrence(std::int64_t direction) const {
        formula const f{c};
        return f.swapped(f.at(c.operand(2), 0, direction), 0, 1);
    }

    // Runs `step`, which makes the new states of the old ones; gives the first state of all steps, stacked.
    term run(std::int64_t direction, std::vector<term>& states,
             std::function<std::vector<term>(term x, std::vector<term> const&)> const& step) const {
        formula const f{c};
        term const all = projected(direction);
        std::vector<term> made(static_cast<std::size_t>(steps()));
        for (std::int64_t i = 0; i < steps(); ++i) {
            auto const t = direction == 1 ? steps() - 1 - i : i;
            states = step(f.at(all, 0, t), states);
            made[static_cast<std::size_t>(t)] = states[0];
        }
        return f.stacked(made, 0);
    }

    // Y is [steps, directions, batch, hidden], states are [directions, batch, hidden]; batches come first if asked for.
    void finish(std::vector<term> const& outputs, std::vector<std::vector<term>> const& last) const {
        formula const f{c};
        term const y = f.stacked(outputs, 1);
        c.result(batch_first ? f.turned(y, {2, 0, 1, 3}) : y);
        for (std::size_t k = 0; k < last[0].size(); ++k) {
            std::vector<term> states;
            for (auto const& direction : last) states.push_back(direction[k]);
            c.result(f.stacked(states, batch_first ? 1 : 0));
        }
    }
};

} // namespace composing

// c' = f c + i g, h' = o tanh(c')
TPU_CONVERT_INLINE void lstm::compose(attributes const& a, composition& c) {
    formula const f{c};
    f.require(!c.has(6), "sequences that continue are not composed");
    composing::recurrent_layer const layer(c, 4, a.hidden_size, a.batch_first);
    std::vector<term> outputs;
    std::vector<std::vector<term>> last;
    for (std::int64_t d = 0; d < (a.bidirectional ? 2 : 1); ++d) {
        std::vector<term> states{layer.state(4, d), layer.state(5, d)};
        term const weight = layer.recurrence(d), bias = layer.bias(d, 1);
        outputs.push_back(layer.run(d, states, [&](term x, std::vector<term> const& s) -> std::vector<term> {
            term all = f.add(x, f.product(s[0], weight));
            if (bias) all = f.add(all, bias);
            term const in = f.sigmoid(layer.gate(all, 0)), out = f.sigmoid(layer.gate(all, 1)),
                       forget = f.sigmoid(layer.gate(all, 2)), fresh = f.tanh(layer.gate(all, 3));
            term const cell = f.add(f.mul(forget, s[1]), f.mul(in, fresh));
            return {f.mul(out, f.tanh(cell)), cell};
        }));
        last.push_back(states);
    }
    layer.finish(outputs, last);
}

// h' = (1 - z) g + z h, where r scales h before or after the recurrent product.
TPU_CONVERT_INLINE void gru::compose(attributes const& a, composition& c) {
    formula const f{c};
    composing::recurrent_layer const layer(c, 3, a.hidden_size, a.batch_first);
    std::vector<term> outputs;
    std::vector<std::vector<term>> last;
    for (std::int64_t d = 0; d < (a.bidirectional ? 2 : 1); ++d) {
        std::vector<term> states{layer.state(4, d)};
        term const weight = layer.recurrence(d), bias = layer.bias(d, 1);
        auto const with_bias = [&](term x, std::int64_t k) { return bias ? f.add(x, layer.gate(bias, k)) : x; };
        auto const fed = [&](term h, std::int64_t k) { return with_bias(f.product(h, layer.gate(weight, k)), k); };
        outputs.push_back(layer.run(d, states, [&](term x, std::vector<term> const& s) -> std::vector<term> {
            term const h = s[0], update = f.sigmoid(f.add(layer.gate(x, 0), fed(h, 0))),
                       reset = f.sigmoid(f.add(layer.gate(x, 1), fed(h, 1)));
            term const back = a.linear_before_reset ? f.mul(reset, fed(h, 2)) : fed(f.mul(reset, h), 2);
            term const fresh = f.tanh(f.add(layer.gate(x, 2), back));
            return {f.add(f.mul(f.sub_from(1, update), fresh), f.mul(update, h))};
        }));
        last.push_back(states);
    }
    layer.finish(outputs, last);
}

TPU_CONVERT_INLINE void selective_scan::compose(attributes const&, composition& c) {
    formula const f{c};
    term const out = c.operand(0), keep = c.operand(1), fresh = c.operand(2);
    f.require(f.rank(out) == 4 && f.rank(keep) == 4 && f.dims(keep) == f.dims(fresh) && f.dim(keep, 0) == 1,
              "operands are [steps, channels, 1, batch] and twice [1, channels, steps, batch]");
    auto const steps = f.dim(keep, 2), channels = f.dim(keep, 1), batch = f.dim(keep, 3), half = channels / 2;
    f.require(steps >= 1 && steps <= composing::most_recurrent_steps && f.dims(out) == shape{steps, channels, 1, batch} &&
                  channels % 2 == 0,
              "operands do not fit, or there are more than 4096 steps");
    std::vector<term> made(static_cast<std::size_t>(2 * steps));
    for (std::int64_t way = 0; way < 2; ++way) {
        auto const own = [&](term x, std::int64_t axis, std::int64_t step, std::int64_t channel_axis) {
            return f.shaped(f.part(f.part(x, channel_axis, way * half, way * half + half), axis, step, step + 1), {half, batch});
        };
        term state;
        for (std::int64_t i = 0; i < steps; ++i) {
            auto const t = way ? steps - 1 - i : i;
            term const b = own(fresh, 2, t, 1);
            state = state ? f.add(f.mul(own(keep, 2, t, 1), state), b) : b;
            made[static_cast<std::size_t>(2 * t + way)] = f.mul(state, own(out, 0, t, 1));
        }
    }
    term y = f.shaped(f.joined(made, 0), {steps, channels, batch});
    if (c.has(3) && c.has(4))
        y = f.add(y, f.mul(f.shaped(c.operand(3), f.dims(y)), f.shaped(c.operand(4), {1, channels, 1})));
    c.result(y);
}

} // namespace tpu_convert::op
