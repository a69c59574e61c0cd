// What a family of detectors does with a tensor for its boxes: how images enter, and how outputs are read.
#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/preprocess.hpp>
#include <tpu_convert/vision/boxes.hpp>
#include <vector>

namespace tpu_convert::vision {

struct detections {
    std::vector<box> boxes; // in pixels of the network's input, before suppression
    std::size_t classes = 0;
};

// Height and width of the network's input, and the lowest score that a box may have.
struct decode_request {
    std::int64_t height = 0, width = 0;
    float threshold = 0;
};

template <class T>
concept detector = requires(std::span<tensor const> outputs, decode_request const& r) {
    { T::name } -> std::convertible_to<std::string_view>;
    { T::preprocessing() } -> std::same_as<preprocess_options>; // without resize_dims: the network's
    { T::decode(outputs, r) } -> std::same_as<detections>;      // throws input_mismatch if no form of output fits
};

} // namespace tpu_convert::vision
