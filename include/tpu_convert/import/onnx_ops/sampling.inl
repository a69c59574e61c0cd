// ONNX operators that read images at computed places, as the operators of these names.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/op/composed/grid_sampler.hpp>
#include <tpu_convert/op/composed/roi_align.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

inline std::int64_t sampling_mode(std::string const& mode) {
    if (mode == "bilinear" || mode == "linear") return 0;
    if (mode == "nearest") return 1;
    if (mode == "bicubic" || mode == "cubic") return 2;
    throw unsupported{"attribute 'mode' is '" + mode + "'"};
}

inline results import_grid_sample(context& c) {
    shape const &x = c.in(0).dims, &grid = c.in(1).dims;
    auto const rank = x.size();
    if ((rank != 4 && rank != 5) || grid.size() != rank || grid.back() != static_cast<std::int64_t>(rank - 2) || grid[0] != x[0])
        throw unsupported{"grid " + to_string(grid) + " of an input " + to_string(x) + "; images and volumes can be read"};
    auto const padding = c.text("padding_mode", "zeros");
    return {c.emit<op::grid_sampler>({.mode = sampling_mode(c.text("mode", "bilinear")),
                                      .padding_mode = padding == "border" ? 1 : padding == "reflection" ? 2 : 0,
                                      .align_corners = c.integer("align_corners", 0) != 0},
                                     {c.in(0), c.in(1)})};
}

// Regions come with the number of their image in front.
inline results import_roi_align(context& c) {
    steps const f{c};
    operand const &x = c.in(0), &regions = c.in(1);
    auto const ratio = c.integer("sampling_ratio", 0);
    if (x.dims.size() != 4 || regions.dims.size() != 2 || ratio < 1 || ratio > 64 || c.text("mode", "avg") != "avg")
        throw unsupported{"'sampling_ratio' is " + std::to_string(ratio) +
                          "; averages of a fixed number of samples can be computed"};
    bool const half = c.opset() >= 16 && c.text("coordinate_transformation_mode", "half_pixel") == "half_pixel";
    operand const image = f.shaped(f.typed(c.in(2), dtype::f32), {regions.dims[0], 1});
    return {c.emit<op::roi_align>({.mode = "Avg",
                                   .output_height = c.integer("output_height", 1),
                                   .output_width = c.integer("output_width", 1),
                                   .sampling_ratio = ratio,
                                   .spatial_scale = c.real("spatial_scale", 1),
                                   .align_corners = half},
                                  {x, f.concat({image, regions}, 1)})};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> sampling_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"GridSample", import_grid_sample},
        {"RoiAlign", import_roi_align},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
