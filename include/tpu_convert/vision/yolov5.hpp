// YOLOv5: one tensor of decoded boxes, or the three heads before their sigmoid.
#pragma once
#include <array>
#include <tpu_convert/vision/rows.hpp>

namespace tpu_convert::vision {

struct yolov5 {
    static constexpr std::string_view name = "yolov5";
    // Width and height of the three anchors of each head, from stride 8 on.
    static constexpr std::array<std::array<double, 6>, 3> anchors{{{10, 13, 16, 30, 33, 23}, {30, 61, 62, 45, 59, 119},
                                                                   {116, 90, 156, 198, 373, 326}}};

    static preprocess_options preprocessing();
    static detections decode(std::span<tensor const> outputs, decode_request const& r);
};
static_assert(detector<yolov5>);

} // namespace tpu_convert::vision

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/vision/yolov5.inl>
#endif
