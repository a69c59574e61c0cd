// Operators that move values without a computation, as slices, concatenations, permutes and constants.
#pragma once
#include <algorithm>
#include <cmath>
#include <numeric>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/composed/registry.hpp>
#include <utility>

namespace tpu_convert::op {

TPU_CONVERT_INLINE void transpose::compose(attributes const& a, composition& c) {
    formula const f{c};
    c.result(f.swapped(c.operand(0), a.dim0, a.dim1));
}

TPU_CONVERT_INLINE void swap_channel::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    f.require(f.rank(x) >= 2, "there is no channel axis");
    std::vector<term> channels;
    for (auto const i : a.channel_order) {
        f.require(i >= 0 && i < f.dim(x, 1),
                  "channel_order " + to_string(a.channel_order) + " names a channel that is not there");
        channels.push_back(f.part(x, 1, i, i + 1));
    }
    f.require(!channels.empty(), "channel_order is empty");
    c.result(f.joined(std::move(channels), 1));
}

TPU_CONVERT_INLINE void swap_dim_inner::compose(attributes const& a, composition& c) {
    formula const f{c};
    term x = c.operand(0);
    f.require(std::ssize(a.offset) <= f.rank(x), "offset has more entries than there are axes");
    for (std::int64_t axis = 0; axis < std::ssize(a.offset); ++axis) {
        auto const first = a.offset[static_cast<std::size_t>(axis)];
        if (first != 0) x = f.joined({f.part(x, axis, first, f.dim(x, axis)), f.part(x, axis, 0, first)}, axis);
    }
    c.result(x);
}

TPU_CONVERT_INLINE void pack::compose(attributes const& a, composition& c) {
    formula const f{c};
    std::vector<term> parts;
    for (std::size_t i = 0; i < c.operand_count(); ++i) {
        f.require(c.has(i) && f.dims(c.operand(i)) == f.dims(c.operand(0)), "the tensors have not one shape");
        parts.push_back(c.operand(i));
    }
    auto const axis = normal_axis(a.axis, f.dims(parts[0]).size() + 1);
    f.require(axis >= 0 && axis <= f.rank(parts[0]), "there is no axis " + std::to_string(a.axis));
    c.result(f.stacked(std::move(parts), axis));
}

TPU_CONVERT_INLINE void unpack::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    for (std::int64_t i = 0; i < f.dim(x, a.axis); ++i) c.result(f.at(x, a.axis, i));
}

// Gathered element by element; strides of the result must fill it without gaps.
TPU_CONVERT_INLINE void copy_strided::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    shape const& extent = a.extent;
    auto const count = element_count(extent), size = element_count(f.dims(x));
    f.require(a.input_stride.size() == extent.size() && a.output_stride == dense_strides(extent),
              "output_stride must be that of a result without gaps, input_stride of as many axes");
    std::int64_t last = 0;
    for (std::size_t i = 0; i < extent.size(); ++i) {
        f.require(extent[i] > 0 && extent[i] <= size && a.input_stride[i] >= 0 && a.input_stride[i] <= size,
                  "shape and input_stride must lie within the input");
        last += (extent[i] - 1) * a.input_stride[i];
    }
    f.require(last < size && count <= std::int64_t{1} << 24, "the strides lead out of the input");
    std::vector<double> from(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) {
        std::int64_t at = 0, rest = i;
        for (std::size_t k = extent.size(); k-- > 0; rest /= extent[k]) at += rest % extent[k] * a.input_stride[k];
        from[static_cast<std::size_t>(i)] = static_cast<double>(at);
    }
    c.result(f.shaped(f.rows(f.shaped(x, {size}), c.constant({count}, std::move(from), dtype::i32)), extent));
}

TPU_CONVERT_INLINE void mesh_grid::compose(attributes const& a, composition& c) {
    formula const f{c};
    auto const n = c.operand_count();
    auto const axis_of = [&](std::size_t i) { return a.is_reverse ? n - 1 - i : i; };
    shape grid(n);
    for (std::size_t i = 0; i < n; ++i) {
        f.require(c.has(i), "a list is missing");
        grid[axis_of(i)] = element_count(f.dims(c.operand(i)));
    }
    for (std::size_t i = 0; i < n; ++i) {
        shape line(n, 1);
        line[axis_of(i)] = grid[axis_of(i)];
        c.result(f.spread(f.shaped(c.operand(i), line), grid));
    }
}

TPU_CONVERT_INLINE void concat_volume::compose(attributes const& a, composition& c) {
    formula const f{c};
    f.require(c.operand_count() == 2 && f.dims(c.operand(0)) == f.dims(c.operand(1)) && f.rank(c.operand(0)) == 4,
              "two images of one shape are needed");
    term const left = c.operand(0), right = c.operand(1);
    auto const width = f.dim(left, 3);
    f.require(a.max_disp > 0 && a.max_disp <= width, "max_disp must lie within the image's width");
    std::vector<term> planes;
    for (std::int64_t d = 0; d < a.max_disp; ++d) {
        term const moved = f.padded(f.part(right, 3, 0, width - d), {0, 0, 0, d, 0, 0, 0, 0});
        planes.push_back(f.joined({left, moved}, 1));
    }
    c.result(f.stacked(std::move(planes), 2));
}

TPU_CONVERT_INLINE void insert::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    auto const size = f.dim(x, a.axis), axis = f.axis_in(x, a.axis);
    f.require(a.offset >= 0 && a.offset <= size, "offset " + std::to_string(a.offset) + " lies outside the axis");
    std::vector<term> parts;
    if (a.offset > 0) parts.push_back(f.part(x, axis, 0, a.offset));
    parts.push_back(c.operand(1));
    if (a.offset < size) parts.push_back(f.part(x, axis, a.offset, size));
    c.result(f.joined(std::move(parts), axis));
}

TPU_CONVERT_INLINE void concat_slice::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const old = c.operand(0), fresh = c.operand(1);
    f.require(f.rank(old) == f.rank(fresh) && f.dim(fresh, a.axis) <= f.dim(old, a.axis),
              "the second tensor is longer than the first");
    auto const size = f.dim(old, a.axis), count = f.dim(fresh, a.axis);
    if (count == size) return c.result(fresh);
    c.result(f.joined({f.part(old, a.axis, count, size), fresh}, f.axis_in(old, a.axis)));
}

TPU_CONVERT_INLINE void dtype_cast::compose(attributes const&, composition& c) { c.result(c.operand(0)); }

TPU_CONVERT_INLINE void randn_like::compose(attributes const&, composition& c) {
    formula const f{c};
    c.result(f.shaped(c.operand(1), f.dims(c.operand(0))));
}

TPU_CONVERT_INLINE void view_as::compose(attributes const&, composition& c) {
    c.result(c.make<reshape>({.new_shape = c.known_integers(1, "the shape")}, {c.operand(0)}));
}

TPU_CONVERT_INLINE void repeat::compose(attributes const&, composition& c) {
    formula const f{c};
    auto const times = c.known_integers(1, "the numbers of repetitions");
    term x = c.operand(0);
    f.require(std::ssize(times) >= f.rank(x), "there are fewer numbers than axes");
    shape dims = f.dims(x);
    dims.insert(dims.begin(), times.size() - dims.size(), 1);
    for (auto const t : times) f.require(t >= 0 && t <= 1 << 20, "a number of repetitions is negative or above 2^20");
    c.result(c.make<tile>({.repeats = times}, {f.shaped(x, dims)}));
}

namespace composing {

// first, first + step... before last.
inline void compose_range(composition& c, double first, double last, double step) {
    formula const f{c};
    f.require(step != 0, "the step is 0");
    double const count = std::max(0.0, std::ceil((last - first) / step));
    f.require(count <= 1 << 28, "the range has more than 2^28 numbers");
    c.result(f.ramp(static_cast<std::int64_t>(count), 0, 1, first, step));
}

inline double scalar_operand(composition const& c, std::size_t i, std::string_view what, double otherwise) {
    if (!c.has(i)) return otherwise;
    auto const values = c.known(i, what);
    if (values.size() != 1) detail::bad_shape(c.name(), std::string(what) + " is not one number");
    return values[0];
}

} // namespace composing

TPU_CONVERT_INLINE void range::compose(attributes const&, composition& c) {
    auto const value = [&](std::size_t i, char const* what, double d) { return composing::scalar_operand(c, i, what, d); };
    composing::compose_range(c, value(0, "the start", 0), value(1, "the limit", 0), value(2, "the step", 1));
}

TPU_CONVERT_INLINE void arange::compose(attributes const&, composition& c) {
    auto const value = [&](std::size_t i, char const* what, double d) { return composing::scalar_operand(c, i, what, d); };
    composing::compose_range(c, value(0, "the start", 0), value(1, "the end", 0), value(2, "the step", 1));
}

TPU_CONVERT_INLINE void slice_axis::compose(attributes const&, composition& c) {
    auto const value = [&](std::size_t i, char const* what, double d) {
        return static_cast<std::int64_t>(std::clamp(composing::scalar_operand(c, i, what, d), -0x1p40, 0x1p40));
    };
    c.result(c.make<slice>({.offset = {value(2, "the start", 0)},
                            .steps = {value(3, "the step", 1)},
                            .ends = {value(4, "the end", 0x1p40)},
                            .axes = {value(1, "the axis", 0)}}, {c.operand(0)}));
}

TPU_CONVERT_INLINE void strided_slice::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    auto const starts = c.known_integers(1, "the starts"), ends = c.known_integers(2, "the ends"),
               steps = c.known_integers(3, "the strides");
    f.require(starts.size() == ends.size() && starts.size() == steps.size() && std::ssize(starts) <= f.rank(x),
              "starts, ends and strides do not fit the axes");
    f.require(a.ellipsis_mask == 0 && a.new_axis_mask == 0, "ellipsis_mask and new_axis_mask are not supported");
    slice::attributes part;
    shape kept;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        bool const one = a.shrink_axis_mask >> i & 1;
        auto const size = f.dims(x)[i], step = one ? 1 : steps[i];
        f.require(step != 0, "a stride is 0");
        auto const first = a.begin_mask >> i & 1 ? (step > 0 ? 0 : size - 1) : starts[i];
        bool const open = a.end_mask >> i & 1;
        auto const end = one ? (first == -1 ? size : first + 1) : open ? (step > 0 ? size : -size - 1) : ends[i];
        part.offset.push_back(first), part.ends.push_back(end), part.steps.push_back(step);
        part.axes.push_back(static_cast<std::int64_t>(i));
    }
    term const cut = c.make<slice>(std::move(part), {x});
    for (std::size_t i = 0; i < f.dims(cut).size(); ++i)
        if (i >= starts.size() || !(a.shrink_axis_mask >> i & 1)) kept.push_back(f.dims(cut)[i]);
    c.result(f.shaped(cut, kept));
}

TPU_CONVERT_INLINE void trilu::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    auto const rows = f.dim(x, -2), columns = f.dim(x, -1);
    std::vector<double> inside;
    for (std::int64_t i = 0; i < rows * columns; ++i) {
        auto const off = i % columns - i / columns;
        inside.push_back(a.upper ? off >= a.diagonal : off <= a.diagonal);
    }
    c.result(f.where(c.constant({rows, columns}, std::move(inside)), x, f.number(0)));
}

TPU_CONVERT_INLINE void shape_of::compose(attributes const& a, composition& c) {
    auto const& dims = c.dims(c.operand(0));
    auto const r = detail::slice_ranges(name, shape{std::ssize(dims)}, {a.start.value_or(0)}, {a.end.value_or(std::ssize(dims))},
                                        {a.step.value_or(1)}, {})[0];
    std::vector<double> sizes;
    for (std::int64_t i = 0; i < r.count; ++i)
        sizes.push_back(static_cast<double>(dims[static_cast<std::size_t>(r.first + i * r.step)]));
    c.result(c.constant(shape{r.count}, std::move(sizes)));
}

TPU_CONVERT_INLINE void size::compose(attributes const& a, composition& c) {
    auto const& dims = c.dims(c.operand(0));
    auto const n = a.axis ? dims[detail::axis_of(name, *a.axis, dims.size())] : element_count(dims);
    c.result(c.constant(shape{}, std::vector<double>{static_cast<double>(n)}));
}

} // namespace tpu_convert::op
