// Overlap and suppression.
#pragma once
#include <algorithm>
#include <tpu_convert/vision/boxes.hpp>

namespace tpu_convert::vision {

TPU_CONVERT_INLINE double box::area() const {
    return std::max(0.0, static_cast<double>(right) - left) * std::max(0.0, static_cast<double>(bottom) - top);
}

TPU_CONVERT_INLINE double overlap(box const& a, box const& b) {
    box const common{std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
                     std::min(a.bottom, b.bottom), 0, 0};
    double const both = common.area(), either = a.area() + b.area() - both;
    return either > 0 ? both / either : 0;
}

TPU_CONVERT_INLINE std::vector<box> suppress(std::vector<box> boxes, double limit) {
    std::stable_sort(boxes.begin(), boxes.end(), [](auto const& a, auto const& b) { return a.score > b.score; });
    std::vector<box> kept;
    for (auto const& b : boxes)
        if (std::none_of(kept.begin(), kept.end(), [&](auto const& k) { return k.label == b.label && overlap(k, b) > limit; }))
            kept.push_back(b);
    return kept;
}

} // namespace tpu_convert::vision
