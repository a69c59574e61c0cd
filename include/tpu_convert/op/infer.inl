// Shared shape rules.
#pragma once
#include <algorithm>
#include <limits>
#include <tpu_convert/op/infer.hpp>

namespace tpu_convert::detail {

TPU_CONVERT_INLINE void bad_shape(std::string_view op, std::string const& why) {
    throw model_error{error_code::shape_mismatch, op, why};
}
TPU_CONVERT_INLINE void bad_attribute(std::string_view op, std::string const& why) {
    throw model_error{error_code::attribute_invalid, op, why};
}

TPU_CONVERT_INLINE std::size_t axis_of(std::string_view op, std::int64_t axis, std::size_t rank) {
    auto const n = normal_axis(axis, rank);
    if (n < 0 || n >= static_cast<std::int64_t>(rank))
        bad_attribute(op, "axis " + std::to_string(axis) + " does not exist in rank " + std::to_string(rank));
    return static_cast<std::size_t>(n);
}

TPU_CONVERT_INLINE std::vector<bool> axis_set(std::string_view op, std::vector<std::int64_t> const& axes, std::size_t rank) {
    std::vector<bool> listed(rank, axes.empty());
    for (auto a : axes) listed[axis_of(op, a, rank)] = true;
    return listed;
}

TPU_CONVERT_INLINE shape broadcast(std::string_view op, std::span<shape const> in) {
    std::size_t rank = 0;
    for (auto const& s : in)
        if (!is_absent(s)) rank = std::max(rank, s.size());
    shape out(rank, 1);
    for (auto const& s : in) {
        if (is_absent(s)) continue;
        for (std::size_t i = 0; i < s.size(); ++i) {
            auto& o = out[rank - s.size() + i];
            if (o == 1)
                o = s[i];
            else if (s[i] != 1 && s[i] != o) {
                std::string all;
                for (auto const& t : in)
                    if (!is_absent(t)) all += (all.empty() ? "" : " and ") + to_string(t);
                bad_shape(op, "operands of shapes " + all + " cannot be broadcast to one shape");
            }
        }
    }
    return out;
}

TPU_CONVERT_INLINE shape window_output(std::string_view op, std::span<std::int64_t const> spatial, window_rule const& rule) {
    auto const axes = spatial.size();
    auto const at = [](std::vector<std::int64_t> const& v, std::size_t i) { return v.empty() ? 1 : v[i]; };
    if (rule.kernel.size() != axes || (!rule.strides.empty() && rule.strides.size() != axes) ||
        (!rule.pads.empty() && rule.pads.size() != 2 * axes) || (!rule.dilations.empty() && rule.dilations.size() != axes))
        bad_attribute(op, "kernel, strides, pads or dilations do not fit " + std::to_string(axes) + " spatial axes");
    shape out(axes);
    for (std::size_t i = 0; i < axes; ++i) {
        auto const before = rule.pads.empty() ? 0 : rule.pads[i], after = rule.pads.empty() ? 0 : rule.pads[axes + i];
        auto const k = rule.kernel[i], stride = at(rule.strides, i), dilation = at(rule.dilations, i);
        constexpr std::int64_t most = std::int64_t{1} << 31;
        if (k < 1 || stride < 1 || dilation < 1 || k > most || stride > most || dilation > most || before > most ||
            after > most || before < -most || after < -most)
            bad_attribute(op, "kernel, strides and dilations must lie between 1 and 2^31");
        auto const reach = (k - 1) * dilation + 1, room = spatial[i] + before + after - reach;
        if (room < 0)
            bad_shape(op, "the window of " + std::to_string(reach) + " is larger than the padded input of " +
                              std::to_string(spatial[i] + before + after));
        out[i] = room / stride + 1;
        // With ceil, one more window unless it would begin in the padding behind the input.
        if (rule.ceil_mode && room % stride != 0 && out[i] * stride < spatial[i] + before) ++out[i];
    }
    return out;
}

TPU_CONVERT_INLINE shape reshaped(std::string_view op, shape const& from, std::vector<std::int64_t> const& wanted) {
    shape out = wanted;
    std::int64_t known = 1;
    std::size_t open = wanted.size();
    auto const total = element_count(from);
    auto const misfit = [&] { bad_shape(op, "shape " + to_string(from) + " cannot become " + to_string(wanted)); };
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i] == 0 && total != 0) {
            if (i >= from.size()) misfit();
            out[i] = from[i];
        }
        if (out[i] < -1 || (out[i] == -1 && open != wanted.size())) misfit();
        if (out[i] == -1)
            open = i;
        else if (__builtin_mul_overflow(known, out[i], &known))
            misfit();
    }
    if (open != wanted.size()) {
        if (known == 0 ? total != 0 : total % known != 0) misfit();
        out[open] = known == 0 ? 0 : total / known;
    } else if (known != total) {
        misfit();
    }
    return out;
}

TPU_CONVERT_INLINE std::vector<slice_range> slice_ranges(std::string_view op, shape const& in,
                                                         std::vector<std::int64_t> const& offset,
                                                         std::vector<std::int64_t> const& ends,
                                                         std::vector<std::int64_t> const& steps,
                                                         std::vector<std::int64_t> const& axes) {
    std::vector<slice_range> ranges(in.size());
    for (std::size_t i = 0; i < in.size(); ++i) ranges[i] = {0, 1, in[i]};
    if (ends.size() != offset.size() || (!steps.empty() && steps.size() != offset.size()) ||
        (axes.empty() ? offset.size() > in.size() : axes.size() != offset.size()))
        bad_attribute(op, "offset, ends, steps and axes have different lengths");
    for (std::size_t i = 0; i < offset.size(); ++i) {
        auto const axis = axes.empty() ? i : axis_of(op, axes[i], in.size());
        auto const n = in[axis], step = steps.empty() ? 1 : steps[i];
        if (step == 0 || step == std::numeric_limits<std::int64_t>::min()) bad_attribute(op, "a step of 0 is not a slice");
        auto const low = step < 0 ? std::int64_t{-1} : std::int64_t{0}, high = step < 0 ? n - 1 : n;
        auto const first = std::clamp(offset[i] < 0 ? offset[i] + n : offset[i], low + (step < 0), high);
        auto const last = std::clamp(ends[i] < 0 ? ends[i] + n : ends[i], low, high);
        auto const span = step < 0 ? first - last : last - first, pace = step < 0 ? -step : step;
        ranges[axis] = {first, step, span > 0 ? (span - 1) / pace + 1 : 0};
    }
    return ranges;
}

} // namespace tpu_convert::detail
