// ONNX operators whose result's shape depends on values: computed at import, of known operands only.
#pragma once
#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/import/onnx_tensor.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

inline results import_compress(context& c) {
    steps const f{c};
    operand x = c.in(0);
    if (!c.has("axis")) x = f.shaped(x, {element_count(x.dims)});
    auto const axis = c.has("axis") ? checked_axis(c.integer("axis"), x.dims.size()) : 0;
    std::vector<std::int64_t> picks;
    auto const kept = c.known_integers(1, "condition");
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (kept[i]) picks.push_back(static_cast<std::int64_t>(i));
    return {f("Gather", {x, c.known_vector(picks)}, {{"axis", std::int64_t{axis}}})};
}

// Ones on a diagonal.
inline results import_eye_like(context& c) {
    shape const dims = c.in(0).dims;
    if (dims.size() != 2 || !bounded_count(dims, 1 << 24)) throw unsupported{"its input has the shape " + to_string(dims)};
    auto const type = c.has("dtype") ? dtype_of_onnx(c.integer("dtype")) : c.in(0).type;
    if (!type) throw unsupported{"attribute 'dtype' is no number"};
    constant_tensor values{dims};
    auto const k = c.integer("k", 0);
    for (std::int64_t i = 0; i < dims[0]; ++i)
        if (i + k >= 0 && i + k < dims[1]) values[i * dims[1] + i + k] = 1;
    return {c.known(from_fold(values, *type))};
}

// The first elements of each sequence in reverse order, by gathering.
inline results import_reverse_sequence(context& c) {
    operand const& x = c.in(0);
    auto const time = static_cast<std::size_t>(checked_axis(c.integer("time_axis", 0), x.dims.size()));
    auto const batch = static_cast<std::size_t>(checked_axis(c.integer("batch_axis", 1), x.dims.size()));
    auto const lengths = c.known_integers(1, "sequence_lens");
    if (std::ssize(lengths) != x.dims[batch]) throw unsupported{"'sequence_lens' does not fit its input"};
    auto const strides = dense_strides(x.dims);
    std::vector<std::int64_t> from;
    for (std::int64_t i = 0; i < element_count(x.dims); ++i) {
        auto const t = i / strides[time] % x.dims[time],
                   n = lengths[static_cast<std::size_t>(i / strides[batch] % x.dims[batch])];
        from.push_back(t < n ? n - 1 - t : t);
    }
    return {steps{c}("GatherElements", {x, c.known(make_integers(std::move(from), x.dims))},
                     {{"axis", static_cast<std::int64_t>(time)}})};
}

// By elimination, the largest pivot of each column.
inline double determinant(std::vector<double> m, std::size_t n) {
    double product = 1;
    for (std::size_t k = 0; k < n; ++k) {
        std::size_t best = k;
        for (std::size_t r = k + 1; r < n; ++r)
            if (std::abs(m[r * n + k]) > std::abs(m[best * n + k])) best = r;
        if (m[best * n + k] == 0) return 0;
        if (best != k) {
            std::swap_ranges(m.begin() + static_cast<std::ptrdiff_t>(k * n), m.begin() + static_cast<std::ptrdiff_t>((k + 1) * n),
                             m.begin() + static_cast<std::ptrdiff_t>(best * n));
            product = -product;
        }
        product *= m[k * n + k];
        for (std::size_t r = k + 1; r < n; ++r) {
            double const factor = m[r * n + k] / m[k * n + k];
            for (std::size_t j = k; j < n; ++j) m[r * n + j] -= factor * m[k * n + j];
        }
    }
    return product;
}

inline results import_det(context& c) {
    auto const values = c.known_reals(0, "X");
    shape dims = c.in(0).dims;
    if (dims.size() < 2 || dims.back() != dims[dims.size() - 2] || dims.back() > 256)
        throw unsupported{"its input is no square matrix"};
    auto const n = static_cast<std::size_t>(dims.back());
    dims.resize(dims.size() - 2);
    constant_tensor out{dims};
    for (std::int64_t i = 0; i < out.size(); ++i) {
        auto const at = values.begin() + i * static_cast<std::ptrdiff_t>(n * n);
        out[i] = determinant({at, at + static_cast<std::ptrdiff_t>(n * n)}, n);
    }
    return {c.known(from_fold(out, c.in(0).type))};
}

// Distinct slices along the axis (elements of the flat input without one), with first positions, inverse and counts.
inline results import_unique(context& c) {
    auto const values = c.known_reals(0, "X");
    bool const flat = !c.has("axis");
    shape dims = flat ? shape{std::ssize(values)} : c.in(0).dims;
    auto const axis = flat ? 0 : static_cast<std::size_t>(checked_axis(c.integer("axis"), dims.size()));
    auto const step = dense_strides(dims)[axis], size = dims[axis],
               outer = std::ssize(values) / std::max<std::int64_t>(1, size * step);
    std::map<std::vector<double>, std::int64_t> known;
    std::vector<std::vector<double>> slices;
    std::vector<std::int64_t> first, inverse, counts, order;
    for (std::int64_t i = 0; i < size; ++i) {
        std::vector<double> slice;
        for (std::int64_t k = 0; k < outer * step; ++k)
            slice.push_back(values[static_cast<std::size_t>(k / step * size * step + i * step + k % step)]);
        auto const [place, is_new] = known.emplace(slice, std::ssize(first));
        if (is_new) first.push_back(i), counts.push_back(0), slices.push_back(slice);
        inverse.push_back(place->second);
        ++counts[static_cast<std::size_t>(place->second)];
    }
    if (c.integer("sorted", 1))
        for (auto const& [slice, k] : known) order.push_back(k);
    else
        for (std::int64_t k = 0; k < std::ssize(first); ++k) order.push_back(k);
    std::vector<std::int64_t> place(order.size()), firsts, sums;
    for (std::size_t k = 0; k < order.size(); ++k) {
        auto const from = static_cast<std::size_t>(order[k]);
        place[from] = static_cast<std::int64_t>(k);
        firsts.push_back(first[from]);
        sums.push_back(counts[from]);
    }
    for (auto& i : inverse) i = place[static_cast<std::size_t>(i)];
    operand const y = steps{c}("Gather", {reshaped(c, c.in(0), dims), c.known_vector(firsts)},
                               {{"axis", static_cast<std::int64_t>(axis)}});
    return {y, c.known_vector(firsts), c.known_vector(inverse), c.known_vector(sums)};
}

using box = std::array<double, 4>; // two opposite corners, the lesser first

inline double overlap(box const& a, box const& b) {
    double const high = std::min(a[2], b[2]) - std::max(a[0], b[0]), wide = std::min(a[3], b[3]) - std::max(a[1], b[1]);
    if (!(high > 0 && wide > 0)) return 0;
    auto const area = [](box const& x) { return (x[2] - x[0]) * (x[3] - x[1]); };
    return high * wide / (area(a) + area(b) - high * wide);
}

inline box box_of(double const* v, bool center) {
    if (center) return {v[0] - v[2] / 2, v[1] - v[3] / 2, v[0] + v[2] / 2, v[1] + v[3] / 2};
    return {std::min(v[0], v[2]), std::min(v[1], v[3]), std::max(v[0], v[2]), std::max(v[1], v[3])};
}

// Of each class, the boxes of highest score that overlap none that is kept.
inline results import_non_max_suppression(context& c) {
    for (std::size_t i = 0; i < 2; ++i)
        if (!c.in(i).value)
            throw unsupported{"its result's shape depends on values; cut the network before it with --output_names"};
    auto const boxes = c.known_reals(0, "boxes"), scores = c.known_reals(1, "scores");
    auto const most = c.has(2) ? c.known_integer(2, "max_output_boxes_per_class") : 0;
    double const threshold = c.has(3) ? c.known_real(3, "iou_threshold") : 0;
    double const least = c.has(4) ? c.known_real(4, "score_threshold") : -std::numeric_limits<double>::infinity();
    if (c.in(0).dims.size() != 3 || c.in(1).dims.size() != 3 || c.in(0).dims[2] != 4 || c.in(1).dims[2] != c.in(0).dims[1])
        throw unsupported{"boxes " + to_string(c.in(0).dims) + " do not fit scores " + to_string(c.in(1).dims)};
    auto const count = c.in(0).dims[1], classes = c.in(1).dims[1];
    std::vector<std::int64_t> chosen;
    for (std::int64_t row = 0; row < c.in(1).dims[0] * classes; ++row) {
        double const* score = scores.data() + row * count;
        std::vector<std::int64_t> order(static_cast<std::size_t>(count));
        std::iota(order.begin(), order.end(), std::int64_t{0});
        std::stable_sort(order.begin(), order.end(), [&](auto i, auto j) { return score[i] > score[j]; });
        std::vector<box> kept;
        for (auto const i : order) {
            if (std::ssize(kept) >= most || !(score[i] > least)) break;
            auto const b = box_of(boxes.data() + (row / classes * count + i) * 4, c.integer("center_point_box", 0) != 0);
            if (std::any_of(kept.begin(), kept.end(), [&](box const& k) { return overlap(k, b) > threshold; })) continue;
            kept.push_back(b);
            chosen.insert(chosen.end(), {row / classes, row % classes, i});
        }
    }
    auto const rows = std::ssize(chosen) / 3;
    return {c.known(make_integers(std::move(chosen), {rows, 3}))};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> known_value_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Compress", import_compress},
        {"Det", import_det},
        {"EyeLike", import_eye_like},
        {"NonMaxSuppression", import_non_max_suppression},
        {"ReverseSequence", import_reverse_sequence},
        {"Unique", import_unique},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
