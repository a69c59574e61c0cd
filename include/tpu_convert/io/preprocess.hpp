// How images become a network's input: the attributes of top.Input, and the arithmetic that they stand for.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <vector>

namespace tpu_convert {

struct preprocess_options {
    std::string pixel_format = "bgr";     // rgb, bgr, gray, rgba
    std::string channel_format = "nchw";  // nchw, nhwc, none: no image
    std::vector<std::int64_t> resize_dims; // height and width; empty: the network's
    bool keep_aspect_ratio = false;
    std::string keep_ratio_mode = "letterbox"; // or short_side_scale
    std::int64_t pad_value = 0;
    std::string pad_type = "center";      // or normal: the image lies at the top left
    std::vector<double> mean{0, 0, 0}, scale{1, 1, 1};

    std::size_t channels() const { return pixel_format == "gray" ? 1 : pixel_format == "rgba" ? 4 : 3; }
};

namespace detail {

struct image_layout {
    std::int64_t batch, channels, height, width;
    bool channels_last;
};
// Three dimensions are a batch of images without a channel axis.
image_layout layout_of(preprocess_options const& options, shape const& dims);

} // namespace detail

// Whether a tensor of this shape can be an image, or a batch of them.
bool takes_images(preprocess_options const& options, shape const& dims);
// Throws attribute_invalid if the options do not fit an input of this shape.
void check_preprocess(preprocess_options const& options, shape const& dims, std::string const& input);

// As attributes of top.Input; `dims` gives resize_dims if there are none.
attribute_map preprocess_attributes(preprocess_options const& options, shape const& dims);
// Attributes that are absent keep their defaults.
preprocess_options preprocess_from(attribute_map const& attributes);

// Where an image of `width` x `height` pixels lies, resized, in a letterbox of `box_width` x `box_height`.
struct letterbox_place {
    int width = 0, height = 0, left = 0, top = 0;
};
letterbox_place place_in_letterbox(int width, int height, int box_width, int box_height, preprocess_options const& options);

bool is_image_name(std::filesystem::path const& file);
// Decode, resize, cut the centre, order the channels, (x - mean) * scale in float: a tensor of shape `dims`.
// One image is repeated over the batch; otherwise there must be one for each.
tensor load_images(std::span<std::filesystem::path const> files, preprocess_options const& options, shape const& dims);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/io/image.inl>
#include <tpu_convert/io/preprocess.inl>
#endif
