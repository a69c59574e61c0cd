// What several groups of importer functions use.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/op/reshape.hpp>

namespace tpu_convert::onnx_import::detail {

using results = std::vector<operand>;

// The same elements; nothing is added if the shape is the same.
inline operand reshaped(context& c, operand const& x, shape const& to) {
    if (x.dims == to) return x;
    if (x.value) return c.known(reshape_constant(*x.value, to));
    op::reshape::attributes a;
    a.new_shape = to;
    return c.emit<op::reshape>(a, {x});
}

// An axis counted from the front; `rank` may be one more for operators that name gaps between axes.
inline std::int64_t checked_axis(std::int64_t axis, std::size_t rank) {
    auto const n = normal_axis(axis, rank);
    if (n < 0 || n >= static_cast<std::int64_t>(rank))
        throw unsupported{"axis " + std::to_string(axis) + " does not exist in rank " + std::to_string(rank)};
    return n;
}

// Product of the dimensions first to last - 1.
inline std::int64_t product(shape const& dims, std::int64_t first, std::int64_t last) {
    std::int64_t n = 1;
    for (auto i = first; i < last; ++i) n *= dims[static_cast<std::size_t>(i)];
    return n;
}

} // namespace tpu_convert::onnx_import::detail
