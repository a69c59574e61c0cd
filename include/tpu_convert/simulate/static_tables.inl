// Series coefficients of static memory.
#pragma once
#include <array>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/simulate/static_tables.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE double factorial(int k) { return k < 2 ? 1.0 : k * factorial(k - 1); }

template <class Stored, class Convert>
void store_series(machine_memory& m, std::uint32_t at, int terms, double (*coefficient)(int), Convert convert) {
    for (int k = 0; k < terms; ++k) {
        Stored const v = convert(static_cast<float>(coefficient(k)));
        std::memcpy(m.fixed() + at + static_cast<std::size_t>(k) * sizeof v, &v, sizeof v);
    }
}

} // namespace detail

TPU_CONVERT_INLINE double exp_coefficient(int k) { return 1.0 / detail::factorial(k); }
TPU_CONVERT_INLINE double log_coefficient(int k) { return k == 0 ? 0.0 : (k % 2 ? 1.0 : -1.0) / k; }
TPU_CONVERT_INLINE double sin_coefficient(int k) {
    return (k % 2 ? -1.0 : 1.0) * std::pow(2 * std::numbers::pi, 2 * k + 1) / detail::factorial(2 * k + 1);
}
TPU_CONVERT_INLINE double cos_coefficient(int k) {
    return (k % 2 ? -1.0 : 1.0) * std::pow(2 * std::numbers::pi, 2 * k) / detail::factorial(2 * k);
}
// (2k)! / (4^k k!^2 (2k + 1)), by products that stay small.
TPU_CONVERT_INLINE double arcsin_coefficient(int k) {
    double ratio = 1;
    for (int i = 1; i <= k; ++i) ratio *= (2.0 * i - 1) / (2.0 * i);
    return ratio / (2 * k + 1);
}
// tan(pi x) = sum over odd powers 2k + 1 of 2 (2^2j - 1) zeta(2j) 2 / pi with j = k + 1: the series of the partial fractions.
TPU_CONVERT_INLINE double tan_coefficient(int k) {
    double const j = 2.0 * (k + 1);
    double lambda = 0; // sum over odd m of m^-j
    for (int m = 199999; m >= 1; m -= 2) lambda += std::pow(m, -j);
    if (k == 0) lambda = std::numbers::pi * std::numbers::pi / 8;
    return 2 * std::pow(2.0, j) * lambda / std::numbers::pi;
}
TPU_CONVERT_INLINE double erf_coefficient(int k) {
    static constexpr std::array<double, 10> fit{-1.26551223, 1.00002368,  0.37409196, 0.09678418,  -0.18628806,
                                                0.27886807,  -1.13520398, 1.48851587, -0.82215223, 0.17087277};
    return fit[static_cast<std::size_t>(k)];
}

TPU_CONVERT_INLINE void store_series_f32(machine_memory& m, std::uint32_t at, int terms, double (*coefficient)(int)) {
    detail::store_series<float>(m, at, terms, coefficient, [](float v) { return v; });
}
TPU_CONVERT_INLINE void store_series_f16(machine_memory& m, std::uint32_t at, int terms, double (*coefficient)(int)) {
    detail::store_series<std::uint16_t>(m, at, terms, coefficient, f32_to_f16);
}
TPU_CONVERT_INLINE void store_series_bf16(machine_memory& m, std::uint32_t at, int terms, double (*coefficient)(int)) {
    detail::store_series<std::uint16_t>(m, at, terms, coefficient, f32_to_bf16);
}

TPU_CONVERT_INLINE void store_ramp(machine_memory& m, std::uint32_t at, int terms) {
    for (std::int32_t k = 0; k < terms; ++k) std::memcpy(m.fixed() + at + 4 * static_cast<std::size_t>(k), &k, 4);
}

TPU_CONVERT_INLINE void store_exp_table(machine_memory& m, std::uint32_t at) {
    for (int k = 0; k < 192; ++k) {
        float const v = static_cast<float>(std::exp(k - 103.0));
        std::memcpy(m.fixed() + at + 4 * static_cast<std::size_t>(k), &v, 4);
    }
}

} // namespace tpu_convert::simulate
