// Boxes of detected objects: how much two of them overlap, and which of many that overlap are kept.
#pragma once
#include <cstddef>
#include <tpu_convert/core/config.hpp>
#include <vector>

namespace tpu_convert::vision {

// Corners in pixels; `label` is the number of the class.
struct box {
    float left = 0, top = 0, right = 0, bottom = 0;
    float score = 0;
    std::size_t label = 0;

    // Of a box turned inside out: 0.
    double area() const;
};

// Intersection over union; 0 if both are empty.
double overlap(box const& a, box const& b);

// Non-maximum suppression: from the best score down, a box is dropped if it overlaps a kept one of its class by more than
// `limit`. The answer is ordered by score; equal scores keep their order.
std::vector<box> suppress(std::vector<box> boxes, double limit);

} // namespace tpu_convert::vision

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/vision/boxes.inl>
#endif
