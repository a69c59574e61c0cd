// Functions that the vector unit lacks, from arithmetic and special-function commands, in float32.
#pragma once
#include <span>
#include <tpu_convert/chip/bm1684x/emit/select.hpp>
#include <tpu_convert/core/config.hpp>

namespace tpu_convert::bm1684x_emit {

// In all of them dst is aligned and apart from x; x has dst's dims, or is repeated.

// Finite: from 88.72 on it keeps its largest value, since the divider takes infinity for zero. Below -87.3 it is 0 or
// subnormal.
void exp(builder& b, local_tensor const& dst, local_tensor const& x);
// Of x > 0; log(0) is about -88.
void log(builder& b, local_tensor const& dst, local_tensor const& x);
void sqrt(builder& b, local_tensor const& dst, local_tensor const& x);
void rsqrt(builder& b, local_tensor const& dst, local_tensor const& x);
void tanh(builder& b, local_tensor const& dst, local_tensor const& x);
void erf(builder& b, local_tensor const& dst, local_tensor const& x);
void sin(builder& b, local_tensor const& dst, local_tensor const& x);
void cos(builder& b, local_tensor const& dst, local_tensor const& x);
void tan(builder& b, local_tensor const& dst, local_tensor const& x);
void acos(builder& b, local_tensor const& dst, local_tensor const& x);
// x^y; of x < 0 only for whole constants y.
void power(builder& b, local_tensor const& dst, operand const& x, operand const& y);
// x / y, exact where the quotient is a whole number.
void exact_div(builder& b, local_tensor const& dst, operand const& x, operand const& y);
// To a whole number, still as a float.
inline void round(builder& b, local_tensor const& dst, local_tensor const& x, rounding r) { cast(b, dst, x, r); }

// coefficients[0] + coefficients[1] x + ...; dst apart from x.
void polynomial(builder& b, local_tensor const& dst, local_tensor const& x, std::span<double const> coefficients);

} // namespace tpu_convert::bm1684x_emit

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/bm1684x/emit/special.inl>
#include <tpu_convert/chip/bm1684x/emit/trigonometry.inl>
#endif
