// What the firmware loads into static memory: coefficients of power series, powers of e and a ramp, all known by formula.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/memory.hpp>

namespace tpu_convert::simulate {

// Coefficient k of a series about 0.
double exp_coefficient(int k);    // 1 / k!
double log_coefficient(int k);    // of ln(1 + x)
double erf_coefficient(int k);    // of the exponent of a rational fit of erfc, Numerical Recipes 6.2.2
double sin_coefficient(int k);    // of sin(2 pi x), odd powers
double cos_coefficient(int k);    // of cos(2 pi x), even powers
double arcsin_coefficient(int k); // odd powers
double tan_coefficient(int k);    // of tan(pi x), odd powers

void store_series_f32(machine_memory& m, std::uint32_t at, int terms, double (*coefficient)(int));
void store_series_f16(machine_memory& m, std::uint32_t at, int terms, double (*coefficient)(int));
void store_series_bf16(machine_memory& m, std::uint32_t at, int terms, double (*coefficient)(int));
void store_ramp(machine_memory& m, std::uint32_t at, int terms);
// exp(k - 103), as long as it is finite in float32.
void store_exp_table(machine_memory& m, std::uint32_t at);

template <class Chip>
void load_static_tables(machine_memory& m) {
    using t = typename Chip::static_tables;
    store_exp_table(m, t::exp_table);
    store_series_f32(m, t::exp_taylor, 32, exp_coefficient);
    store_series_f32(m, t::log_taylor, 64, log_coefficient);
    store_series_f32(m, t::erf_taylor, 10, erf_coefficient);
    store_ramp(m, t::serial_i32, 64);
    store_series_f32(m, t::sin, 32, sin_coefficient);
    store_series_f32(m, t::cos, 32, cos_coefficient);
    store_series_f32(m, t::arcsin, 64, arcsin_coefficient);
    store_series_f32(m, t::tan, 32, tan_coefficient);
    store_series_f16(m, t::exp_f16, 16, exp_coefficient);
    store_series_bf16(m, t::exp_bf16, 16, exp_coefficient);
    store_series_f16(m, t::log_f16, 16, log_coefficient);
    store_series_bf16(m, t::log_bf16, 16, log_coefficient);
    store_series_f16(m, t::sin_f16, 16, sin_coefficient);
    store_series_bf16(m, t::sin_bf16, 16, sin_coefficient);
    store_series_f16(m, t::cos_f16, 16, cos_coefficient);
    store_series_bf16(m, t::cos_bf16, 16, cos_coefficient);
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/static_tables.inl>
#endif
