// How operands of an element-wise operator lie in the lanes: axes that repeat alike are merged, and cut where lanes fill best.
#pragma once
#include <array>
#include <string>
#include <tpu_convert/chip/bm1684x/lowering/placement.hpp>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <tpu_convert/lower/plane_views.hpp>
#include <vector>

namespace tpu_convert::bm1684x_lowering {

// Sizes in commands have 16 bits.
inline constexpr std::int64_t size_limit = 65535, channel_limit = 65472;

inline std::array<cut_rule, 4> free_cuts() {
    cut_rule const size{true, 1, size_limit}, channels{true, 1, channel_limit};
    return {size, channels, size, size};
}

// Axes of dense tensors aligned on the right, merged where all of them go on evenly.
std::vector<joint_axis> joint_axes(shape const& out, std::vector<shape> const& in);
// The cheapest assignment of axes to n, c, h, w.
broadcast_views arrange(std::string const& name, std::vector<joint_axis> const& axes, std::int64_t element_bytes);

} // namespace tpu_convert::bm1684x_lowering

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/bm1684x/lowering/broadcast_view.inl>
#endif
