// A whole file as read-only memory.
#pragma once
#include <filesystem>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/model_file/blob.hpp>

namespace tpu_convert {

// The blob keeps the mapping alive. A missing, unreadable or irregular file is a model_error.
blob map_file(std::filesystem::path const& path);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/mapped_file.inl>
#endif
