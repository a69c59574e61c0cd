// A function of one number as two tables of 256 entries. Value and slope around the multiples of a step; beyond the last multiple
// it goes on as a straight line. Powers and logarithms: what the exponent gives, and what the fraction and the exponent's lowest
// bit give; the result is their product or their sum.
#pragma once
#include <array>
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/lower/packed_weights.hpp>

namespace tpu_convert::cv18xx_lowering {

enum class table_form : std::uint8_t {
    direct, // steps
    gate,   // steps; the tables are those of f(x) / x, and x times what they give is the result
    product,
    sum,
};

struct function_table {
    table_form form = table_form::direct;
    double steps = 1;   // to the unit
    bool fits = true;   // near the function where it is used most
    // By the number of the step as a byte with a sign, slopes to the step. Or by the exponent from 2^-63 on (negative numbers in
    // the upper half), and by the low byte of a bf16.
    std::array<float, 256> values{}, slopes{};

    // What the chip gives for x, but for its roundings of sums and products.
    double at(double x) const;
    packed_bytes packed() const; // of bf16: values, then slopes
};

// 1 / x.
function_table reciprocal_table();
// log(x) is what both give, added; the second is what the first one's numbers leave, so that it holds near 1 too.
std::array<function_table, 2> logarithm_tables();

// sqrt(x), and acos(x) / sqrt(1 - x) for 0 to 1.
std::array<function_table, 2> arccosine_tables();

// The step and the form that fit the function best where most of a network's values are.
function_table tabulate(double (*f)(void const* attributes, double x), void const* attributes);

} // namespace tpu_convert::cv18xx_lowering

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/cv18xx/lowering/function_table.inl>
#endif
