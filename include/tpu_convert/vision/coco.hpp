// Names of the 80 classes of the COCO data set, in the order of detectors' outputs.
#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace tpu_convert::vision {

inline constexpr std::array<std::string_view, 80> coco_names{
    "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat", "traffic light", "fire hydrant",
    "stop sign", "parking meter", "bench", "bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe",
    "backpack", "umbrella", "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball", "kite", "baseball bat",
    "baseball glove", "skateboard", "surfboard", "tennis racket", "bottle", "wine glass", "cup", "fork", "knife", "spoon", "bowl",
    "banana", "apple", "sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut", "cake", "chair", "couch",
    "potted plant", "bed", "dining table", "toilet", "tv", "laptop", "mouse", "remote", "keyboard", "cell phone", "microwave",
    "oven", "toaster", "sink", "refrigerator", "book", "clock", "vase", "scissors", "teddy bear", "hair drier", "toothbrush"};

// "class 7" where a detector has another number of classes.
inline std::string class_name(std::size_t label, std::size_t classes) {
    return classes == coco_names.size() && label < classes ? std::string(coco_names[label]) : "class " + std::to_string(label);
}

} // namespace tpu_convert::vision
