// Operands of an element-wise operator as four axes, those that repeat among them.
#pragma once
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/lower/view.hpp>
#include <vector>

namespace tpu_convert {

struct broadcast_views {
    view out;
    std::vector<view> in; // 1 where the operand is repeated, but for channels: they repeat by stride 0
};

// Without rearrangement: axes in the order n, c, h, w, so that a tile can be shared with a convolution.
broadcast_views plane_views(std::string const& name, shape const& out, std::vector<shape> const& in);

// The part of an operand that a part of the result needs.
box broadcast_box(view const& in, box const& out);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/lower/plane_views.inl>
#endif
