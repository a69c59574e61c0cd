// Every family of detectors, once, and the passage from its name to its functions.
#pragma once
#include <string>
#include <string_view>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/type_list.hpp>
#include <tpu_convert/vision/yolov5.hpp>
#include <tpu_convert/vision/yolox.hpp>

namespace tpu_convert::vision {

using all_detectors = type_list<yolov5, yolox>;

struct detector_functions {
    std::string_view name;
    preprocess_options (*preprocessing)() = nullptr;
    detections (*decode)(std::span<tensor const>, decode_request const&) = nullptr;
};

// Throws usage for a name that is none of theirs.
inline detector_functions find_detector(std::string_view name) {
    detector_functions found;
    std::string names;
    for_each(all_detectors{}, [&]<class D>(std::type_identity<D>) {
        names += (names.empty() ? "" : ", ") + std::string(D::name);
        if (D::name == name) found = {D::name, &D::preprocessing, &D::decode};
    });
    if (!found.decode) throw model_error{error_code::usage, name, "there is no such family of detectors; there are " + names};
    return found;
}

} // namespace tpu_convert::vision
