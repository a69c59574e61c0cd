// One kernel element of a pooling window applied to a row of results.
#pragma once
#include <cstddef>
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/rows.hpp>

namespace tpu_convert::simulate {

// sum[i] = round(sum[i] + round(x[i * step] * weight)), where round is to the operand's type.
using pool_tap = void (*)(float* sum, float const* x, std::size_t step, float weight, std::size_t count);
pool_tap pool_add(precision p);
// sum[i] = round(sum[i] + other[i]).
pool_tap pool_merge(precision p);
// best[i] > x ? best[i] : x.
void pool_maximum(float* best, float const* x, std::size_t step, std::size_t count);
void pool_add_integers(std::int64_t* sum, std::int64_t const* x, std::size_t step, std::int64_t weight, std::size_t count);
void pool_maximum_integers(std::int64_t* best, std::int64_t const* x, std::size_t step, std::size_t count);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/pool_kernels.inl>
#endif
