// Boxes with captions drawn over an image.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <vector>

namespace tpu_convert {

struct captioned_box {
    double left = 0, top = 0, right = 0, bottom = 0; // pixels
    std::string caption;
    std::size_t colour = 0; // any number; equal numbers have equal colours
};

struct image_size {
    int width = 0, height = 0;
};
image_size size_of_image(std::filesystem::path const& file);

// The image with the boxes, encoded as `suffix` (".jpg", ".png", ".bmp") says.
std::vector<std::byte> draw_boxes(std::filesystem::path const& file, std::span<captioned_box const> boxes,
                                  std::string_view suffix);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/io/draw.inl>
#endif
