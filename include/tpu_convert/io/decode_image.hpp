// Image files as OpenCV's matrices, for the files of this folder that use OpenCV.
#pragma once
#include <cstddef>
#include <filesystem>
#include <opencv2/core.hpp>
#include <tpu_convert/core/config.hpp>

namespace tpu_convert::detail {

// Bytes; one channel is grey, three are BGR, four RGBA.
cv::Mat decode_image(std::filesystem::path const& file, std::size_t channels);

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/io/image.inl>
#endif
