// ONNX operators on parts of images: windows that are moved, summed or put together, grids of places.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/import/onnx_ops/window.hpp>
#include <tpu_convert/op/composed/deform_conv2d.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// (sum of |x|^p)^(1/p)
inline results import_lp_pool(context& c) {
    steps const f{c};
    auto const w = pool_window(c);
    auto const p = static_cast<double>(c.integer("p", 2));
    if (p < 1) throw unsupported{"attribute 'p' is below 1"};
    operand const magnitude = f("Abs", {c.in(0)});
    operand const power = p == 1 ? magnitude : f("Pow", {magnitude, f.number(p)});
    operand const sum = sum_of_windows(c, power, w);
    return {p == 1 ? sum : f("Pow", {sum, f.number(1 / p)})};
}

// Overlapping blocks are added: a transposed convolution in which each element of a block has a filter with a single 1.
inline results import_col2im(context& c) {
    steps const f{c};
    auto const image = c.known_integers(1, "image_shape"), block = c.known_integers(2, "block_shape");
    auto const axes = block.size();
    if (c.in(0).dims.size() != 3 || image.size() != axes || axes == 0) throw unsupported{"its operands do not fit each other"};
    auto w = window_of(c, block);
    w.pads = each_axis(c, "pads", 2 * axes, 0);
    auto const count = bounded_count(block, 4096);
    if (!count || c.in(0).dims[1] % *count) throw unsupported{"blocks of shape " + to_string(block)};
    auto const channels = c.in(0).dims[1] / *count;
    shape dims{c.in(0).dims[0] * channels, *count}, filter{*count, 1}, result{c.in(0).dims[0], channels};
    std::vector<std::int64_t> more;
    for (std::size_t i = 0; i < axes; ++i) {
        auto const room = image[i] + w.pads[i] + w.pads[axes + i] - (w.kernel[i] - 1) * w.dilations[i] - 1;
        if (room < 0) throw unsupported{"blocks of shape " + to_string(block) + " in an image of shape " + to_string(image)};
        dims.push_back(room / w.strides[i] + 1), filter.push_back(block[i]), result.push_back(image[i]);
        more.push_back(room % w.strides[i]);
    }
    if (product(dims, 2, std::ssize(dims)) != c.in(0).dims[2]) throw unsupported{"the number of blocks does not fit the image"};
    std::vector<double> ones(static_cast<std::size_t>(*count * *count), 0);
    for (std::int64_t i = 0; i < *count; ++i) ones[static_cast<std::size_t>(i * *count + i)] = 1;
    operand const y = f("ConvTranspose", {f.shaped(c.in(0), dims), f.reals(filter, ones)},
                        {{"strides", w.strides}, {"dilations", w.dilations}, {"pads", w.pads}, {"output_padding", more}});
    return {f.shaped(y, result)};
}

// Cut or padded around the middle; what is odd goes behind.
inline results import_center_crop_pad(context& c) {
    steps const f{c};
    operand x = c.in(0);
    auto const sizes = c.known_integers(1, "shape");
    std::vector<std::int64_t> all, pads(2 * x.dims.size(), 0);
    for (std::size_t i = 0; i < x.dims.size(); ++i) all.push_back(static_cast<std::int64_t>(i));
    auto const axes = c.integers("axes", all);
    if (axes.size() != sizes.size()) throw unsupported{"'shape' does not fit 'axes'"};
    for (std::size_t k = 0; k < axes.size(); ++k) {
        auto const axis = checked_axis(axes[k], x.dims.size()), size = x.dims[static_cast<std::size_t>(axis)];
        auto const more = sizes[k] - size;
        if (sizes[k] < 0) throw unsupported{"'shape' has a negative size"};
        if (more < 0) x = f.part(x, axis, -more / 2, -more / 2 + sizes[k]);
        if (more <= 0) continue;
        pads[static_cast<std::size_t>(axis)] = more / 2;
        pads[x.dims.size() + static_cast<std::size_t>(axis)] = more - more / 2;
    }
    return {f("Pad", {x, c.known_vector(pads)})};
}

// Places (x, y, 1) or (x, y, z, 1) of a regular grid, times theta.
inline results import_affine_grid(context& c) {
    steps const f{c};
    auto const size = c.known_integers(1, "size");
    auto const axes = std::ssize(size) - 2;
    bool const align = c.integer("align_corners", 0) != 0;
    if (axes < 2 || axes > 3 || c.in(0).dims != shape{size[0], axes, axes + 1})
        throw unsupported{"theta of shape " + to_string(c.in(0).dims) + " does not fit 'size' " + to_string(size)};
    shape const grid(size.begin() + 2, size.end());
    auto const count = bounded_count(grid, std::int64_t{1} << 24);
    if (!count) throw unsupported{"a grid of shape " + to_string(grid)};
    auto const strides = dense_strides(grid);
    std::vector<double> places;
    for (std::int64_t i = 0; i < *count; ++i) {
        for (std::size_t k = grid.size(); k-- > 0;) {
            auto const at = static_cast<double>(i / strides[k] % grid[k]), n = static_cast<double>(grid[k]);
            places.push_back(!align ? (2 * at + 1) / n - 1 : grid[k] == 1 ? -1 : 2 * at / (n - 1) - 1);
        }
        places.push_back(1);
    }
    operand const y = f.mat_mul(f.reals({1, *count, axes + 1}, places), f.transpose(c.in(0), {0, 2, 1}));
    shape result{size[0]};
    result.insert(result.end(), grid.begin(), grid.end());
    result.push_back(axes);
    return {f.shaped(y, result)};
}

inline results import_deform_conv(context& c) {
    operand const &x = c.in(0), &filter = c.in(1);
    if (x.dims.size() != 4 || filter.dims.size() != 4) throw unsupported{"images of two axes can be read"};
    auto const w = window_of(c, {filter.dims[2], filter.dims[3]});
    op::deform_conv2d::attributes a;
    a.kernel_shape = w.kernel, a.strides = w.strides, a.dilations = w.dilations;
    a.pads = each_axis(c, "pads", 4, 0);
    a.group = c.integer("group", 1), a.deform_group = c.integer("offset_group", 1);
    a.use_mask = c.has(4);
    return {c.emit<op::deform_conv2d>(a, {x, filter, c.in(2), c.optional_in(4), c.optional_in(3)})};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> patch_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"AffineGrid", import_affine_grid},
        {"CenterCropPad", import_center_crop_pad},
        {"Col2Im", import_col2im},
        {"DeformConv", import_deform_conv},
        {"LpPool", import_lp_pool},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
