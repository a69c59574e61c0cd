// Preprocessing options as attributes.
#pragma once
#include <algorithm>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/preprocess.hpp>

namespace tpu_convert {

TPU_CONVERT_INLINE bool takes_images(preprocess_options const& options, shape const& dims) {
    if (options.channel_format == "none" || (dims.size() != 4 && dims.size() != 3)) return false;
    bool const last = options.channel_format == "nhwc";
    return dims.size() == 3 || (last ? dims[3] : dims[1]) <= 4;
}

namespace detail {

TPU_CONVERT_INLINE image_layout layout_of(preprocess_options const& options, shape const& dims) {
    bool const last = options.channel_format == "nhwc";
    if (dims.size() == 3) return {dims[0], 1, dims[1], dims[2], false};
    return last ? image_layout{dims[0], dims[3], dims[1], dims[2], true}
        : image_layout{dims[0], dims[1], dims[2], dims[3], false};
}

} // namespace detail

TPU_CONVERT_INLINE void check_preprocess(preprocess_options const& o, shape const& dims, std::string const& input) {
    auto const fail = [&](std::string const& why) { throw model_error{error_code::attribute_invalid, input, why}; };
    if (!takes_images(o, dims)) fail("an input of shape " + to_string(dims) + " takes no images; give it as npz or npy");
    auto const l = detail::layout_of(o, dims);
    auto const channels = static_cast<std::int64_t>(o.channels());
    if (l.channels != channels)
        fail("the network wants " + std::to_string(l.channels) + " channels, pixel format " + o.pixel_format + " has " +
             std::to_string(channels));
    if (o.mean.size() < o.channels() || o.scale.size() < o.channels())
        fail("mean and scale need " + std::to_string(channels) + " numbers each, they have " + std::to_string(o.mean.size()) +
             " and " +
             std::to_string(o.scale.size()));
    if (!o.resize_dims.empty() && o.resize_dims.size() != 2) fail("resize_dims must be height,width");
    if (!o.resize_dims.empty() && (o.resize_dims[0] < l.height || o.resize_dims[1] < l.width))
        fail("resize_dims " + to_string(o.resize_dims) + " are smaller than the network's " + std::to_string(l.height) + "," +
             std::to_string(l.width));
    if (o.resize_dims.size() == 2 && (o.resize_dims[0] > 32768 || o.resize_dims[1] > 32768))
        fail("resize_dims are larger than 32768");
    if (o.pad_value < 0 || o.pad_value > 255) fail("pad_value must be from 0 to 255");
}

TPU_CONVERT_INLINE attribute_map preprocess_attributes(preprocess_options const& o, shape const& dims) {
    auto const l = detail::layout_of(o, dims);
    return {{"do_preprocess", true},
            {"pixel_format", o.pixel_format},
            {"channel_format", o.channel_format},
            {"resize_dims", o.resize_dims.empty() ? std::vector<std::int64_t>{l.height, l.width} : o.resize_dims},
            {"keep_aspect_ratio", o.keep_aspect_ratio},
            {"keep_ratio_mode", o.keep_ratio_mode},
            {"pad_value", o.pad_value},
            {"pad_type", o.pad_type},
            {"mean", o.mean},
            {"scale", o.scale},
            {"yuv_type", std::string()}};
}

TPU_CONVERT_INLINE preprocess_options preprocess_from(attribute_map const& attributes) {
    preprocess_options o;
    auto const take = [&]<class T>(std::string_view name, T& into) {
        auto const found = attributes.find(name);
        if (found != attributes.end()) into = detail::restore_attribute<T>(name, found->second);
    };
    take("pixel_format", o.pixel_format);
    take("channel_format", o.channel_format);
    take("resize_dims", o.resize_dims);
    take("keep_aspect_ratio", o.keep_aspect_ratio);
    take("keep_ratio_mode", o.keep_ratio_mode);
    take("pad_value", o.pad_value);
    take("pad_type", o.pad_type);
    take("mean", o.mean);
    take("scale", o.scale);
    return o;
}

// The largest size of the same aspect ratio.
TPU_CONVERT_INLINE letterbox_place place_in_letterbox(int width, int height, int box_width, int box_height,
                                                      preprocess_options const& o) {
    double const ratio = std::min(static_cast<double>(box_width) / width, static_cast<double>(box_height) / height);
    letterbox_place p{std::max(1, static_cast<int>(width * ratio)), std::max(1, static_cast<int>(height * ratio)), 0, 0};
    if (o.pad_type == "center") p.left = (box_width - p.width) / 2, p.top = (box_height - p.height) / 2;
    return p;
}

} // namespace tpu_convert
