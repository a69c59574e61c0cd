// What the shape rules of the operators share.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/shape.hpp>
#include <vector>

namespace tpu_convert::detail {

[[noreturn]] void bad_shape(std::string_view op, std::string const& why);
[[noreturn]] void bad_attribute(std::string_view op, std::string const& why);

// The axis counted from the front, checked.
std::size_t axis_of(std::string_view op, std::int64_t axis, std::size_t rank);
// Many of them; `keep[i]` of the answer says whether axis i is listed. No axes: all are.
std::vector<bool> axis_set(std::string_view op, std::vector<std::int64_t> const& axes, std::size_t rank);

// NumPy's rule, aligned on the right; operands that are not given take no part.
shape broadcast(std::string_view op, std::span<shape const> in);

// Sliding windows over spatial axes; pads are all beginnings, then all ends; empty dilations are ones.
struct window_rule {
    std::vector<std::int64_t> const& kernel;
    std::vector<std::int64_t> const& strides;
    std::vector<std::int64_t> const& pads;
    std::vector<std::int64_t> dilations;
    bool ceil_mode = false;
};
shape window_output(std::string_view op, std::span<std::int64_t const> spatial, window_rule const& rule);

// A requested shape with 0 (as in the input) and -1 (what remains) filled in.
shape reshaped(std::string_view op, shape const& from, std::vector<std::int64_t> const& wanted);

// A slice of one axis as first element, step and count.
struct slice_range {
    std::int64_t first, step, count;
};
// One for each axis of the input; axes without a slice are whole.
std::vector<slice_range> slice_ranges(std::string_view op, shape const& in, std::vector<std::int64_t> const& offset,
                                      std::vector<std::int64_t> const& ends, std::vector<std::int64_t> const& steps,
                                      std::vector<std::int64_t> const& axes);

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/infer.inl>
#endif
