// A function of one number as two tables of 256 entries: value and slope around the multiples of a step. Beyond the last
// multiple it goes on as a straight line.
#pragma once
#include <array>
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/lower/packed_weights.hpp>

namespace tpu_convert::cv18xx_lowering {

struct function_table {
    double steps = 1;   // to the unit
    bool gates = false; // the tables are those of f(x) / x, and x times what they give is the result
    bool fits = true;   // near the function where it is used most
    std::array<float, 256> values{}, slopes{}; // by the number of the step as a byte with a sign; slopes to the step

    // What the chip gives for x, but for its roundings of sums and products.
    double at(double x) const;
    packed_bytes packed() const; // of bf16: values, then slopes
};

// The step and the form that fit the function best where most of a network's values are.
function_table tabulate(double (*f)(void const* attributes, double x), void const* attributes);

} // namespace tpu_convert::cv18xx_lowering

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/cv18xx/lowering/function_table.inl>
#endif
