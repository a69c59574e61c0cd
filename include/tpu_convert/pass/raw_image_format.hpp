// How raw images are given to a file that takes them.
#pragma once
#include <cstdint>
#include <string>

namespace tpu_convert {

// Where a pixel's two colour differences lie, if there are any: each in a plane, or side by side.
enum class chroma_order : std::uint8_t { none, planes, uv, vu };

// How the file's user gives images, as bytes.
struct raw_image_format {
    std::string pixel_format;       // rgb, bgr, gray, rgba; empty: as the network's own preprocessing says
    bool packed = false;            // channels are the last axis
    std::int64_t row_alignment = 1; // bytes that rows are rounded up to
    std::int64_t plane_alignment = 1;
    chroma_order chroma = chroma_order::none;
};

} // namespace tpu_convert
