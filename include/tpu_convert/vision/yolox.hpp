// YOLOX: one tensor of rows, whose boxes count from the cells of three grids.
#pragma once
#include <tpu_convert/vision/rows.hpp>

namespace tpu_convert::vision {

struct yolox {
    static constexpr std::string_view name = "yolox";

    static preprocess_options preprocessing();
    static detections decode(std::span<tensor const> outputs, decode_request const& r);
};
static_assert(detector<yolox>);

} // namespace tpu_convert::vision

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/vision/yolox.inl>
#endif
