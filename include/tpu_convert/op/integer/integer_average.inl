#pragma once
#include <algorithm>
#include <tpu_convert/core/fixed_point.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/integer/integer_average.hpp>
#include <tpu_convert/op/integer/rounded.hpp>
#include <tpu_convert/op/kernel/integer.hpp>

namespace tpu_convert::op {

TPU_CONVERT_INLINE std::vector<shape> integer_average::infer(attributes const& a, std::span<shape const> in) {
    if (in[0].size() < 3) detail::bad_shape(name, "input " + to_string(in[0]) + " has no spatial axes");
    shape const spatial = detail::window_output(name, std::span(in[0]).subspan(2),
                                                             {a.kernel_shape, a.strides, a.pads, {}, a.ceil_mode});
    shape out{in[0][0], in[0][1]};
    if (a.keepdims || element_count(spatial) != 1) out.insert(out.end(), spatial.begin(), spatial.end());
    return {out};
}

TPU_CONVERT_INLINE void integer_average::evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out) {
    tensor const& x = *in[0];
    std::size_t const axes = a.kernel_shape.size();
    auto const axis = [&](std::size_t i) -> kernel::integer_window { // of two, from the back
        if (i >= axes) return {};
        std::size_t const k = axes - 1 - i;
        std::int64_t const to = out[0].rank() == x.rank() ? out[0].dim(2 + k) : 1;
        return {x.dim(2 + k), to, a.kernel_shape[k], a.strides.empty() ? 1 : a.strides[k], 1, a.pads.empty() ? 0 : a.pads[k]};
    };
    auto const h = axis(1), w = axis(0);
    std::int64_t const pixels = h.out * w.out, taps = h.kernel * w.kernel;
    std::vector<std::int16_t> rows(static_cast<std::size_t>(taps));
    for (std::int64_t i = 0; i < out[0].size(); ++i) {
        kernel::gather_windows(h, w, 1, x.data() + i / pixels * h.in * w.in, static_cast<std::int16_t>(a.pad_value), i % pixels,
                               1, rows.data());
        std::int64_t sum = 0;
        for (auto r : rows) sum += r;
        float const real = static_cast<float>(sum) * static_cast<float>(a.factor);
        out[0][i] = a.factor != 0
                        ? integer_kernel::rounded_within(real + static_cast<float>(a.offset), a.lowest, a.highest)
                        : static_cast<float>(std::clamp(round_shift_half_up(sum * a.multiplier, a.shift), a.lowest, a.highest));
    }
}

} // namespace tpu_convert::op
