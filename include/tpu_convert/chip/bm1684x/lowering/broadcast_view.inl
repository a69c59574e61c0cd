#pragma once
#include <algorithm>
#include <optional>
#include <tpu_convert/chip/bm1684x/lowering/broadcast_view.hpp>
#include <tpu_convert/core/error.hpp>

namespace tpu_convert::bm1684x_lowering {

namespace detail {

inline std::vector<std::int64_t> aligned_strides(shape const& s, shape const& out) {
    std::vector<std::int64_t> strides(out.size(), 0);
    std::int64_t step = 1;
    for (std::size_t k = 0; k < s.size(); ++k) {
        std::size_t const from = s.size() - 1 - k, to = out.size() - 1 - k;
        if (s[from] != 1) strides[to] = step;
        step *= s[from];
    }
    return strides;
}

// Puts `channel` on c and the others, outer ones first, on n, h, w.
inline placement place_axes(joint_axis const& channel, std::vector<joint_axis> const& others) {
    static constexpr std::array<std::size_t, 3> slots{0, 2, 3};
    placement p;
    p[1] = channel;
    std::size_t const skip = others.size() > 1 ? 3 - others.size() : 2;
    for (std::size_t i = 0; i < others.size(); ++i) p[slots[skip + i]] = others[i];
    return p;
}

class arrangement {
public:
    arrangement(std::vector<joint_axis> const& axes, std::int64_t element_bytes) : axes_(axes), bytes_(element_bytes) {}

    placement best() {
        for (std::size_t j = 0; j < axes_.size(); ++j) {
            auto others = axes_;
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(j));
            consider(place_axes(axes_[j], others));
            if (axes_.size() > 3) continue;
            for (auto d : divisors(axes_[j].size)) split(j, d, axes_[j].size / d, axes_[j].size / d);
            overlap(j);
        }
        return best_;
    }

private:
    // Axis j as `count` channels of `length` elements that begin `step` apart.
    void split(std::size_t j, std::int64_t count, std::int64_t length, std::int64_t step) {
        joint_axis channel{count, axes_[j].strides};
        for (auto& s : channel.strides) s *= step;
        auto others = axes_;
        others[j].size = length;
        consider(place_axes(channel, others));
    }
    // Lengths without useful divisors: neighbouring channels share elements, which are computed twice.
    void overlap(std::size_t j) {
        for (std::int64_t const count : {bm1684x::lanes, 2 * bm1684x::lanes, 16 * bm1684x::lanes}) {
            std::int64_t const step = axes_[j].size / count;
            if (step >= 16) split(j, count, axes_[j].size - (count - 1) * step, step);
        }
    }
    void consider(placement const& p) {
        double const cost = cost_of(p, bytes_);
        if (best_[1] && cost >= cost_) return;
        best_ = p, cost_ = cost;
    }

    std::vector<joint_axis> const& axes_;
    std::int64_t bytes_;
    placement best_{};
    double cost_ = 0;
};

} // namespace detail

TPU_CONVERT_INLINE std::vector<joint_axis> joint_axes(shape const& out, std::vector<shape> const& in) {
    std::vector<std::vector<std::int64_t>> strides{detail::aligned_strides(out, out)};
    for (auto const& s : in) strides.push_back(detail::aligned_strides(s, out));
    std::vector<joint_axis> axes;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i] == 1) continue;
        joint_axis next{out[i], {}};
        for (auto const& s : strides) next.strides.push_back(s[i]);
        bool even = !axes.empty();
        for (std::size_t t = 0; even && t < next.strides.size(); ++t)
            even = axes.back().strides[t] == next.strides[t] * next.size;
        if (even) {
            axes.back().size *= next.size;
            axes.back().strides = next.strides;
        } else {
            axes.push_back(std::move(next));
        }
    }
    if (axes.empty()) axes.push_back({1, std::vector<std::int64_t>(strides.size(), 0)});
    return axes;
}

TPU_CONVERT_INLINE broadcast_views arrange(std::string const& name, std::vector<joint_axis> const& axes,
                                           std::int64_t element_bytes) {
    if (axes.size() > 4)
        throw model_error{error_code::lowering_missing, name,
                          "its operands repeat along " + std::to_string(axes.size()) +
                              " separate groups of axes; kernels on bm1684x have four (expand an operand before it)"};
    detail::placement const p = detail::arrangement(axes, element_bytes).best();
    broadcast_views v{detail::view_of(p, 0), {}};
    for (std::size_t t = 1; t < axes[0].strides.size(); ++t) v.in.push_back(detail::view_of(p, t));
    return v;
}

} // namespace tpu_convert::bm1684x_lowering
