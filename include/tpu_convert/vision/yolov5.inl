// With s = sigmoid: x = (2 s(tx) - 0.5 + column) stride, w = (2 s(tw))^2 anchor; score = s(objectness) s(class).
#pragma once
#include <algorithm>
#include <cmath>
#include <tpu_convert/vision/yolov5.hpp>
#include <utility>

namespace tpu_convert::vision {

namespace detail {

// Where the elements of a head [1, 3 C, h, w] or [1, 3, h, w, C] lie.
struct head_layout {
    std::int64_t height = 0, width = 0, columns = 0;
    std::int64_t anchor_step = 0, cell_step = 0, column_step = 0;
    std::size_t level = 0; // 0 for stride 8
    double stride = 0;
};

TPU_CONVERT_INLINE bool read_layout(tensor const& t, decode_request const& r, head_layout& l) {
    if (t.rank() == 5 && t.dim(0) == 1 && t.dim(1) == 3) {
        l.height = t.dim(2), l.width = t.dim(3), l.columns = t.dim(4);
        l.cell_step = l.columns, l.column_step = 1;
    } else if (t.rank() == 4 && t.dim(0) == 1 && t.dim(1) % 3 == 0) {
        l.height = t.dim(2), l.width = t.dim(3), l.columns = t.dim(1) / 3;
        l.cell_step = 1, l.column_step = l.height * l.width;
    } else {
        return false;
    }
    l.anchor_step = l.height * l.width * l.columns;
    for (l.level = 0, l.stride = 8; l.level < yolov5::anchors.size(); ++l.level, l.stride *= 2)
        if (l.columns > first_class && static_cast<double>(l.height) * l.stride == static_cast<double>(r.height) &&
            static_cast<double>(l.width) * l.stride == static_cast<double>(r.width))
            return true;
    return false;
}

TPU_CONVERT_INLINE double logistic(double x) { return 1 / (1 + std::exp(-x)); }

TPU_CONVERT_INLINE void decode_head(tensor const& t, head_layout const& l, float threshold, std::vector<box>& boxes) {
    for (std::int64_t a = 0; a < 3; ++a)
        for (std::int64_t cell = 0; cell < l.height * l.width; ++cell) {
            float const* const row = t.data() + a * l.anchor_step + cell * l.cell_step;
            auto const best = best_class(row, l.column_step, l.columns, [](float x) { return static_cast<float>(logistic(x)); });
            if (!(best.score >= threshold)) continue;
            auto const at = [&](std::int64_t column) { return 2 * logistic(row[column * l.column_step]); };
            auto const* const anchor = yolov5::anchors[l.level].data() + 2 * a;
            double const x = (at(0) - 0.5 + static_cast<double>(cell % l.width)) * l.stride;
            double const y = (at(1) - 0.5 + static_cast<double>(cell / l.width)) * l.stride;
            if (auto const b = around(x, y, at(2) * at(2) * anchor[0], at(3) * at(3) * anchor[1], best); is_finite(b))
                boxes.push_back(b);
        }
}

// Rows whose boxes are in pixels already.
TPU_CONVERT_INLINE void decode_rows(tensor const& t, float threshold, std::vector<box>& boxes) {
    auto const columns = t.shape().back();
    for (std::int64_t i = 0; i < t.size(); i += columns) {
        float const* const row = t.data() + i;
        auto const best = best_class(row, 1, columns, [](float x) { return x; });
        if (!(best.score >= threshold)) continue;
        if (auto const b = around(row[0], row[1], row[2], row[3], best); is_finite(b)) boxes.push_back(b);
    }
}

} // namespace detail

TPU_CONVERT_INLINE preprocess_options yolov5::preprocessing() {
    preprocess_options o;
    o.pixel_format = "rgb", o.keep_aspect_ratio = true, o.pad_value = 114;
    o.scale = {1 / 255.0, 1 / 255.0, 1 / 255.0};
    return o;
}

TPU_CONVERT_INLINE detections yolov5::decode(std::span<tensor const> outputs, decode_request const& r) {
    detections found;
    std::array<bool, 3> seen{};
    for (auto const& t : outputs) { // a whole network's file may have the heads beside the decoded tensor
        if (!is_row_list(t)) continue;
        found.classes = static_cast<std::size_t>(t.shape().back() - first_class);
        detail::decode_rows(t, r.threshold, found.boxes);
        return found;
    }
    for (auto const& t : outputs) {
        detail::head_layout l;
        if (!detail::read_layout(t, r, l) || std::exchange(seen[l.level], true)) continue;
        found.classes = static_cast<std::size_t>(l.columns - first_class);
        detail::decode_head(t, l, r.threshold, found.boxes);
    }
    if (!std::all_of(seen.begin(), seen.end(), [](bool s) { return s; }))
        no_such_form(name, outputs, "one [1,boxes,5 + classes], or three heads [1,3 (5 + classes),h,w] of strides 8, 16 and 32");
    return found;
}

} // namespace tpu_convert::vision
