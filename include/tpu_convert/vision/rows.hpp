// Rows of a detector's output: centre, size, objectness, then a score for each class.
#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/vision/detector.hpp>

namespace tpu_convert::vision {

inline constexpr std::int64_t first_class = 5; // the column

struct scored_label {
    float score = 0;
    std::size_t label = 0;
};

// The best class; its score is the product of `sharpen`ed objectness and class score. The first of equal classes wins.
template <class F>
scored_label best_class(float const* row, std::int64_t stride, std::int64_t columns, F&& sharpen) {
    std::int64_t best = first_class;
    for (std::int64_t c = first_class; c < columns; ++c)
        if (row[c * stride] > row[best * stride]) best = c;
    return {sharpen(row[4 * stride]) * sharpen(row[best * stride]), static_cast<std::size_t>(best - first_class)};
}

inline box around(double x, double y, double width, double height, scored_label const& s) {
    return {static_cast<float>(x - width / 2), static_cast<float>(y - height / 2), static_cast<float>(x + width / 2),
            static_cast<float>(y + height / 2), s.score, s.label};
}

inline bool is_finite(box const& b) {
    return std::isfinite(b.left) && std::isfinite(b.top) && std::isfinite(b.right) && std::isfinite(b.bottom);
}

// Many rows: the last axis has the columns, the axes before the rows' have size 1.
inline bool is_row_list(tensor const& t) {
    if (t.rank() < 2 || t.shape().back() <= first_class) return false;
    auto const rows = t.dim(t.rank() - 2);
    return rows > 1 && t.size() == rows * t.shape().back();
}

[[noreturn]] inline void no_such_form(std::string_view family, std::span<tensor const> outputs, std::string const& forms) {
    std::string shapes;
    for (auto const& t : outputs) shapes += (shapes.empty() ? "" : ", ") + to_string(t.shape());
    throw model_error{error_code::input_mismatch, family,
                      "the outputs " + shapes + " are not of this family, which has " + forms};
}

} // namespace tpu_convert::vision
