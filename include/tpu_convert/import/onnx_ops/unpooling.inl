// Poolings that no operator has: with gaps in the window, with positions, and backwards.
#pragma once
#include <limits>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// Zeros with the elements at the positions that the pooling noted.
inline results import_max_unpool(context& c) {
    steps const f{c};
    shape const& dims = c.in(0).dims;
    auto const kernel = c.integers("kernel_shape");
    auto const axes = kernel.size();
    if (axes + 2 != dims.size()) throw unsupported{"'kernel_shape' does not fit the shape " + to_string(dims)};
    auto const strides = c.integers("strides", std::vector<std::int64_t>(axes, 1));
    auto const pads = c.integers("pads", std::vector<std::int64_t>(2 * axes, 0));
    shape own(dims.begin(), dims.begin() + 2);
    for (std::size_t i = 0; i < axes; ++i)
        own.push_back((dims[i + 2] - 1) * strides.at(i) + kernel[i] - pads.at(i) - pads.at(axes + i));
    shape const out = c.has(2) ? c.known_integers(2, "output_shape") : own;
    auto const total = bounded_count(out, std::int64_t{1} << 28);
    if (!total || out.size() != dims.size()) throw unsupported{"its result would have the shape " + to_string(out)};
    // Positions count in the shape that the pooling had seen; a larger result is padded at the end of each axis.
    auto const seen = element_count(own), n = element_count(dims);
    operand const flat = f("ScatterElements", {f.filled({seen}, 0), f.shaped(c.in(1), {n}), f.shaped(c.in(0), {n})});
    std::vector<std::int64_t> ends(2 * out.size(), 0);
    for (std::size_t i = 0; i < out.size(); ++i) ends[out.size() + i] = out[i] - own[i];
    operand const y = f.shaped(flat, own);
    return {out == own ? y : f("Pad", {y, context::known_vector(ends)})};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> unpooling_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"MaxUnpool", import_max_unpool},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
