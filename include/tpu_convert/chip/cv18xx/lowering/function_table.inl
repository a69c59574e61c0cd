#pragma once
#include <algorithm>
#include <cmath>
#include <tpu_convert/chip/cv18xx/lowering/function_table.hpp>
#include <tpu_convert/core/float16.hpp>

namespace tpu_convert::cv18xx_lowering {

namespace detail {

inline constexpr int last_step = 127;
inline float as_bf16(double v) {
    constexpr double most = 0x1.fep127;
    return bf16_to_f32(f32_to_bf16(static_cast<float>(std::clamp(v != v ? 0.0 : v, -most, most))));
}

template <class G>
void fill(function_table& t, G&& g) {
    double const half = 0.5 / t.steps;
    for (int k = -128; k < 128; ++k) {
        double const x = k / t.steps;
        double slope = g(x + half) - g(x - half);
        double const far = (g(4 * x) - g(x)) / (3 * x) / t.steps; // towards infinity
        if ((k == -128 || k == last_step) && std::isfinite(far)) slope = far;
        t.values[static_cast<std::uint8_t>(k)] = as_bf16(g(x)), t.slopes[static_cast<std::uint8_t>(k)] = as_bf16(slope);
    }
}

// Where a network's values mostly are: weights fall off from 0 on.
struct probe {
    double x, y, weight;
};
template <class F>
std::vector<probe> probes_of(F&& f) {
    std::vector<probe> probes;
    for (double x = -24; x <= 24; x += 0.0137) // not at multiples of steps
        if (double const y = f(x); std::isfinite(y)) probes.push_back({x, y, std::exp(-std::fabs(x) / 4)});
    return probes;
}
// Sum of errors, relative but near 0.
inline double misfit(function_table const& t, std::vector<probe> const& probes) {
    double sum = 0;
    for (auto const& p : probes) sum += p.weight * std::min(1.0, std::fabs(t.at(p.x) - p.y) / (std::fabs(p.y) + 0.01));
    return sum;
}

// f(4 x) is k f(x), or f(x) + k, for all x above 0; f(-x) is f(x), -f(x) or not there. k is 0 where that does not hold.
template <class F>
double factor_of_four(F&& f, bool sum) {
    auto const step = [&](double x) { return sum ? f(4 * x) - f(x) : f(4 * x) / f(x); };
    double const k = step(1);
    if (!std::isfinite(k) || k == 0 || (!sum && k < 0)) return 0;
    for (double x : {0.013, 0.37, 1.77, 2.9, 23.1, 411.0}) {
        double const ratio = f(-x) / f(x);
        bool const even = std::isnan(ratio) || std::fabs(std::fabs(ratio) - 1) < 1e-9;
        if (!even || !(std::fabs(step(x) - k) < 1e-6 * std::fabs(k))) return 0;
    }
    return k;
}
template <class F>
function_table by_exponent(F&& f, double k, bool sum) {
    function_table t;
    t.form = sum ? table_form::sum : table_form::product;
    double const negative = f(-1.0) / f(1.0), none = sum ? 0 : std::isnan(negative) ? 0 : negative;
    for (int i = 0; i < 128; ++i) {
        int const exponent = i - 63, fours = (exponent - (exponent & 1)) / 2; // whole fours, then the lowest bit
        double const part = sum ? k * fours : std::pow(k, fours), at_zero = f(0.0);
        double const value = i == 0 && std::isfinite(at_zero) ? at_zero : part;
        t.values[static_cast<std::size_t>(i)] = as_bf16(value);
        t.values[static_cast<std::size_t>(i + 128)] = as_bf16(sum ? value : none * value);
    }
    for (int i = 0; i < 256; ++i) { // an odd exponent of bf16 stands for an even power of two
        double const fraction = 1 + (i & 127) / 128.0;
        t.slopes[static_cast<std::size_t>(i)] = as_bf16(f(i < 128 ? 2 * fraction : fraction));
    }
    return t;
}

} // namespace detail

TPU_CONVERT_INLINE double function_table::at(double x) const {
    if (form == table_form::product || form == table_form::sum) {
        std::uint16_t const bits = f32_to_bf16(static_cast<float>(x));
        int const exponent = std::clamp((bits >> 7 & 0xFF) - 64, 0, 127);
        double const whole = values[static_cast<std::size_t>(exponent + (bits >> 15) * 128)], part = slopes[bits & 0xFF];
        return form == table_form::sum ? whole + part : whole * part;
    }
    double const place = x * steps;
    auto const k = static_cast<int>(std::clamp(std::nearbyint(place), -128.0, 127.0));
    double const g = values[static_cast<std::uint8_t>(k)] + slopes[static_cast<std::uint8_t>(k)] * (place - k);
    return form == table_form::gate ? x * g : g;
}

TPU_CONVERT_INLINE packed_bytes function_table::packed() const {
    std::vector<float> both(values.begin(), values.end());
    both.insert(both.end(), slopes.begin(), slopes.end());
    return pack_dense(both, dtype::bf16);
}

TPU_CONVERT_INLINE function_table reciprocal_table() {
    return tabulate([](void const*, double x) { return 1 / x; }, nullptr);
}

TPU_CONVERT_INLINE std::array<function_table, 2> logarithm_tables() {
    std::array<function_table, 2> both;
    for (auto& t : both) t.form = table_form::sum;
    auto const set = [&](auto member, int i, double v) {
        auto const at = static_cast<std::size_t>(i);
        (both[0].*member)[at] = detail::as_bf16(v);
        (both[1].*member)[at] = detail::as_bf16(v - (both[0].*member)[at]);
    };
    for (int i = 0; i < 256; ++i) { // as detail::by_exponent has them
        int const exponent = (i & 127) - 63;
        set(&function_table::values, i, (exponent - (exponent & 1)) * std::log(2.0));
        set(&function_table::slopes, i, std::log((1 + (i & 127) / 128.0) * (i < 128 ? 2 : 1)));
    }
    return both;
}

TPU_CONVERT_INLINE function_table tabulate(double (*function)(void const* attributes, double x), void const* attributes) {
    auto const f = [&](double x) { return function(attributes, x); };
    auto const gate = [&](double x) { return x != 0 ? f(x) / x : (f(0x1p-10) - f(-0x1p-10)) / 0x1p-9; };
    auto const probes = detail::probes_of(f);
    function_table best;
    double least = -1;
    auto const consider = [&](function_table const& t) {
        double const off = detail::misfit(t, probes);
        if (least < 0 || off < least) best = t, least = off;
    };
    for (auto form : {table_form::direct, table_form::gate}) {
        bool const gates = form == table_form::gate;
        if (gates && f(0) != 0) continue;
        for (double steps : {4.0, 8.0, 16.0, 32.0, 64.0}) {
            function_table t{form, steps, true, {}, {}};
            gates ? detail::fill(t, gate) : detail::fill(t, f);
            consider(t);
        }
    }
    for (bool sum : {false, true})
        if (double const k = detail::factor_of_four(f, sum); k != 0) consider(detail::by_exponent(f, k, sum));
    best.fits = std::all_of(probes.begin(), probes.end(), [&](detail::probe const& p) {
        return std::fabs(p.x) > 8 || std::fabs(best.at(p.x) - p.y) < 0.02 * (std::fabs(p.y) + 0.25);
    });
    return best;
}

TPU_CONVERT_INLINE std::array<function_table, 2> arccosine_tables() {
    auto const root = [](void const*, double x) { return std::sqrt(x); };
    auto const smooth = [](void const*, double x) {
        double const t = std::clamp(x, 0.0, 1 - 1e-9);
        return std::acos(t) / std::sqrt(1 - t);
    };
    return {tabulate(root, nullptr), tabulate(smooth, nullptr)};
}

} // namespace tpu_convert::cv18xx_lowering
