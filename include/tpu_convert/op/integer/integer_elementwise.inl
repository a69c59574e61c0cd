// Evaluation of the integer operators that go element by element.
#pragma once
#include <algorithm>
#include <cmath>
#include <tpu_convert/core/fixed_point.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/integer/integer_prelu.hpp>
#include <tpu_convert/op/integer/integer_product.hpp>
#include <tpu_convert/op/integer/integer_sum.hpp>
#include <tpu_convert/op/integer/integer_table.hpp>
#include <tpu_convert/op/integer/quantize.hpp>
#include <tpu_convert/op/integer/requantize.hpp>
#include <tpu_convert/op/integer/rounded.hpp>
#include <tpu_convert/op/kernel/view.hpp>

namespace tpu_convert::integer_kernel {

// f(offset in the result, offset of each operand) for all elements.
template <class F>
void for_broadcast(std::span<tensor const* const> in, tensor const& out, F&& f) {
    kernel::nest n{out.shape(), {kernel::broadcast_strides(out.shape(), out.shape())}};
    for (auto const* x : in) n.strides.push_back(kernel::broadcast_strides(x->shape(), out.shape()));
    kernel::walk(n, n.dims.size(), [&](auto at) { f(at[0], at.subspan(1)); });
}
inline std::int64_t whole(tensor const& t, std::int64_t i) { return static_cast<std::int64_t>(t[i]); }

} // namespace tpu_convert::integer_kernel

namespace tpu_convert::op {

TPU_CONVERT_INLINE std::vector<shape> integer_table::infer(attributes const& a, std::span<shape const> in) {
    bool const by_channel = in[0].size() > 1 && a.table.size() == static_cast<std::size_t>(in[0][1]) * entry_count;
    if (a.table.size() != entry_count && !by_channel)
        detail::bad_attribute(name, "table has 256 numbers, or 256 for each channel");
    return {in[0]};
}

TPU_CONVERT_INLINE void integer_table::evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out) {
    bool const by_channel = a.table.size() > entry_count;
    auto const& dims = out[0].shape();
    std::int64_t const channels = by_channel ? dims[1] : 1, plane = out[0].size() / (by_channel ? dims[0] * channels : 1);
    for (std::int64_t i = 0; i < out[0].size(); ++i) {
        std::int64_t const first = by_channel ? i / plane % channels * static_cast<std::int64_t>(entry_count) : 0;
        out[0][i] = static_cast<float>(a.table[static_cast<std::size_t>(first + (integer_kernel::whole(*in[0], i) & 255))]);
    }
}

TPU_CONVERT_INLINE void integer_sum::evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out) {
    integer_kernel::for_broadcast(in, out[0], [&](std::int64_t to, auto at) {
        std::int64_t sum = 0;
        float real = 0;
        for (std::size_t k = 0; k < in.size(); ++k) {
            std::int64_t const x = integer_kernel::whole(*in[k], at[k]);
            if (a.common_shift >= 0) sum += x * a.multipliers[k];
            else if (a.factors.empty()) sum += round_shift(x * a.multipliers[k], a.shifts[k]);
            else {
                float const term = static_cast<float>(x - a.zero_points[k]) * static_cast<float>(a.factors[k]);
                real = k ? real + term : term;
            }
        }
        if (a.common_shift >= 0) sum = round_shift_half_up(sum, a.common_shift);
        out[0][to] = a.factors.empty()
                         ? static_cast<float>(std::clamp(sum + a.zero_point, a.lowest, a.highest))
                         : integer_kernel::rounded_within(real + static_cast<float>(a.zero_point), a.lowest, a.highest);
    });
}

TPU_CONVERT_INLINE void integer_product::evaluate(attributes const& a, std::span<tensor const* const> in,
                                                  std::span<tensor> out) {
    integer_kernel::for_broadcast(in, out[0], [&](std::int64_t to, auto at) {
        std::int64_t const product =
            (integer_kernel::whole(*in[0], at[0]) - a.zero_points[0]) * (integer_kernel::whole(*in[1], at[1]) - a.zero_points[1]);
        out[0][to] = static_cast<float>(a.apply(product, 0));
    });
}

TPU_CONVERT_INLINE void integer_prelu::evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out) {
    auto const& dims = out[0].shape();
    std::int64_t const channels = dims.size() > 1 ? dims[1] : 1;
    std::int64_t const plane = dims.size() > 1 ? std::max<std::int64_t>(1, out[0].size() / (dims[0] * channels)) : 1;
    for (std::int64_t i = 0; i < out[0].size(); ++i) {
        auto const c = a.slopes.size() == 1 ? 0 : static_cast<std::size_t>(i / plane % channels);
        std::int64_t const x = integer_kernel::whole(*in[0], i), positive = std::max<std::int64_t>(x, 0), negative = x - positive;
        std::int64_t const y =
            round_shift(positive * a.multipliers[0], a.shifts[0]) + round_shift(negative * a.slopes[c], a.slope_shift);
        out[0][i] = static_cast<float>(std::clamp(y, a.lowest, a.highest));
    }
}

TPU_CONVERT_INLINE void requantize::evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out) {
    for (std::int64_t i = 0; i < out[0].size(); ++i)
        out[0][i] = static_cast<float>(a.apply(integer_kernel::whole(*in[0], i) - a.input_zero_point, 0));
}

TPU_CONVERT_INLINE void quantize::evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out) {
    for (std::int64_t i = 0; i < out[0].size(); ++i) {
        float y = (*in[0])[i] * static_cast<float>(a.factor);
        if (a.zero_point) y += static_cast<float>(a.zero_point);
        out[0][i] = integer_kernel::rounded_within(y, a.lowest, a.highest);
    }
}

TPU_CONVERT_INLINE void dequantize::evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out) {
    for (std::int64_t i = 0; i < out[0].size(); ++i)
        out[0][i] = ((*in[0])[i] - static_cast<float>(a.zero_point)) * static_cast<float>(a.scale);
}

} // namespace tpu_convert::op
