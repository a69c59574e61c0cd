// Images through OpenCV.
#pragma once
#include <algorithm>
#include <cctype>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/decode_image.hpp>
#include <tpu_convert/io/preprocess.hpp>

namespace tpu_convert {

namespace detail {

TPU_CONVERT_INLINE cv::Mat decode_image(std::filesystem::path const& file, std::size_t channels) {
    auto const mode = channels == 1 ? cv::IMREAD_GRAYSCALE : channels == 3 ? cv::IMREAD_COLOR : cv::IMREAD_UNCHANGED;
    if (!std::filesystem::is_regular_file(file))
        throw model_error{error_code::file_missing, file.string(), "cannot read the image"};
    cv::Mat image = cv::imread(file.string(), mode);
    if (image.empty()) throw model_error{error_code::file_damaged, file.string(),
                                         "this is no image that can be decoded (jpg, png, bmp)"};
    if (channels != 4) return image;
    if (image.depth() != CV_8U) image.convertTo(image, CV_8U, 1.0 / 256);
    auto const conversion = image.channels() == 4 ? cv::COLOR_BGRA2RGBA : image.channels() == 3 ? cv::COLOR_BGR2RGBA
        : cv::COLOR_GRAY2RGBA;
    cv::cvtColor(image, image, conversion);
    return image;
}

// What the image does not cover has the pad value.
TPU_CONVERT_INLINE cv::Mat letterbox(cv::Mat const& image, cv::Size to, preprocess_options const& o) {
    auto const p = place_in_letterbox(image.cols, image.rows, to.width, to.height, o);
    cv::Mat resized, out(to, image.type(), cv::Scalar::all(static_cast<double>(o.pad_value)));
    cv::resize(image, resized, cv::Size(p.width, p.height));
    resized.copyTo(out(cv::Rect(p.left, p.top, p.width, p.height)));
    return out;
}

// The smallest size of the same aspect ratio around `to`; the centre is kept.
TPU_CONVERT_INLINE cv::Mat short_side_scale(cv::Mat const& image, cv::Size to) {
    double const ratio = std::max(static_cast<double>(to.width) / image.cols, static_cast<double>(to.height) / image.rows);
    if (image.cols * ratio > 65536 || image.rows * ratio > 65536)
        throw model_error{error_code::input_mismatch, "", "the image is too narrow to be scaled by its short side"};
    cv::Size const size(std::max(to.width, static_cast<int>(image.cols * ratio)),
                        std::max(to.height, static_cast<int>(image.rows * ratio)));
    cv::Mat resized;
    cv::resize(image, resized, size);
    return resized(cv::Rect(cv::Point((size.width - to.width) / 2, (size.height - to.height) / 2), to));
}

TPU_CONVERT_INLINE cv::Mat fit_image(cv::Mat const& image, preprocess_options const& o, image_layout const& l) {
    cv::Size to(static_cast<int>(l.width), static_cast<int>(l.height));
    if (!o.resize_dims.empty()) to = cv::Size(static_cast<int>(o.resize_dims[1]), static_cast<int>(o.resize_dims[0]));
    cv::Mat fitted;
    if (!o.keep_aspect_ratio) cv::resize(image, fitted, to);
    else if (o.keep_ratio_mode == "short_side_scale") fitted = short_side_scale(image, to);
    else fitted = letterbox(image, to, o);
    cv::Rect const centre(to.width / 2 - static_cast<int>(l.width) / 2, to.height / 2 - static_cast<int>(l.height) / 2,
                          static_cast<int>(l.width), static_cast<int>(l.height));
    return fitted(centre);
}

// y = (x - mean) * scale, for every `step`th y.
TPU_CONVERT_SIMD inline void normalize_row(std::uint8_t const* x, std::int64_t n, float mean, float scale, float* y,
                                           std::int64_t step) {
    if (step == 1)
        for (std::int64_t i = 0; i < n; ++i) y[i] = (static_cast<float>(x[i]) - mean) * scale;
    else
        for (std::int64_t i = 0; i < n; ++i) y[i * step] = (static_cast<float>(x[i]) - mean) * scale;
}

// Image number n of the batch.
TPU_CONVERT_INLINE void normalize_image(cv::Mat const& image, preprocess_options const& o, image_layout const& l, std::int64_t n,
                                        tensor& out) {
    bool const swap = o.pixel_format == "rgb";
    cv::Mat plane;
    for (std::int64_t c = 0; c < l.channels; ++c) {
        auto const mean = static_cast<float>(o.mean[static_cast<std::size_t>(c)]);
        auto const scale = static_cast<float>(o.scale[static_cast<std::size_t>(c)]);
        cv::extractChannel(image, plane, static_cast<int>(swap ? l.channels - 1 - c : c));
        for (std::int64_t h = 0; h < l.height; ++h) {
            auto const at = l.channels_last ? (n * l.height + h) * l.width * l.channels + c
                                            : ((n * l.channels + c) * l.height + h) * l.width;
            normalize_row(plane.ptr<std::uint8_t>(static_cast<int>(h)), l.width, mean, scale, out.data() + at,
                          l.channels_last ? l.channels : 1);
        }
    }
}

} // namespace detail

TPU_CONVERT_INLINE bool is_image_name(std::filesystem::path const& file) {
    auto suffix = file.extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return suffix == ".jpg" || suffix == ".jpeg" || suffix == ".png" || suffix == ".bmp";
}

TPU_CONVERT_INLINE tensor load_images(std::span<std::filesystem::path const> files, preprocess_options const& o,
                                      shape const& dims) {
    auto const l = detail::layout_of(o, dims);
    auto const count = static_cast<std::int64_t>(files.size());
    if (count != 1 && count != l.batch)
        throw model_error{error_code::input_mismatch, files.empty() ? "" : files[0].string(),
                          std::to_string(count) + " images are given, the network takes " + std::to_string(l.batch)};
    tensor out{dims};
    for (std::int64_t n = 0; n < l.batch; ++n) {
        if (n >= count) { // the only image again
            std::copy_n(out.data(), out.size() / l.batch, out.data() + n * (out.size() / l.batch));
            continue;
        }
        auto const& file = files[static_cast<std::size_t>(n)];
        try {
            detail::normalize_image(detail::fit_image(detail::decode_image(file, o.channels()), o, l), o, l, n, out);
        } catch (cv::Exception const& e) {
            throw model_error{error_code::file_damaged, file.string(), "OpenCV cannot use the image: " + e.err};
        }
    }
    return out;
}

} // namespace tpu_convert
