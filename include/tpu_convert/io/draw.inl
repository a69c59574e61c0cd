// Drawing through OpenCV.
#pragma once
#include <algorithm>
#include <array>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/decode_image.hpp>
#include <tpu_convert/io/draw.hpp>

namespace tpu_convert {

namespace detail {

// Neighbouring numbers are far apart on the wheel of hues.
TPU_CONVERT_INLINE cv::Scalar colour_of(std::size_t number) {
    cv::Mat const hue(1, 1, CV_8UC3, cv::Scalar(static_cast<double>(number * 67 % 180), 200, 230));
    cv::Mat bgr;
    cv::cvtColor(hue, bgr, cv::COLOR_HSV2BGR);
    auto const c = bgr.at<cv::Vec3b>(0, 0);
    return cv::Scalar(c[0], c[1], c[2]);
}

// OpenCV draws outside of the image too, but not with any number.
TPU_CONVERT_INLINE cv::Point corner(double x, double y, cv::Mat const& image) {
    return cv::Point(static_cast<int>(std::clamp(x, -1.0, image.cols + 1.0)),
                     static_cast<int>(std::clamp(y, -1.0, image.rows + 1.0)));
}

TPU_CONVERT_INLINE void draw_box(cv::Mat& image, captioned_box const& b) {
    auto const colour = colour_of(b.colour);
    int const line = std::max(1, std::min(image.cols, image.rows) / 250);
    double const size = 0.4 + 0.1 * line;
    cv::Point const from = corner(b.left, b.top, image), to = corner(b.right, b.bottom, image);
    cv::rectangle(image, from, to, colour, line);
    int below = 0;
    auto const text = cv::getTextSize(b.caption, cv::FONT_HERSHEY_SIMPLEX, size, std::max(1, line / 2), &below);
    int const height = text.height + below + 2 * line;
    cv::Point const plate(std::clamp(from.x, 0, std::max(0, image.cols - text.width)),
                          from.y >= height ? from.y - height : from.y);
    cv::rectangle(image, plate, plate + cv::Point(text.width + 2 * line, height), colour, cv::FILLED);
    cv::putText(image, b.caption, plate + cv::Point(line, height - below), cv::FONT_HERSHEY_SIMPLEX, size,
                cv::Scalar(0, 0, 0), std::max(1, line / 2), cv::LINE_AA);
}

} // namespace detail

TPU_CONVERT_INLINE image_size size_of_image(std::filesystem::path const& file) {
    auto const image = detail::decode_image(file, 3);
    return {image.cols, image.rows};
}

TPU_CONVERT_INLINE std::vector<std::byte> draw_boxes(std::filesystem::path const& file, std::span<captioned_box const> boxes,
                                                     std::string_view suffix) {
    try {
        auto image = detail::decode_image(file, 3);
        for (std::size_t i = boxes.size(); i-- > 0;) detail::draw_box(image, boxes[i]); // the first lies on top
        std::vector<std::uint8_t> encoded;
        cv::imencode(std::string(suffix), image, encoded, {cv::IMWRITE_JPEG_QUALITY, 92});
        auto const bytes = std::as_bytes(std::span{encoded});
        return {bytes.begin(), bytes.end()};
    } catch (cv::Exception const& e) {
        throw model_error{error_code::file_damaged, file.string(), "OpenCV cannot draw on the image: " + e.err};
    }
}

} // namespace tpu_convert
