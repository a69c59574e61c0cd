// Reads a .bmodel file. Whatever is wrong with its bytes is a model_error.
#pragma once
#include <filesystem>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/model_file/bmodel/file.hpp>

namespace tpu_convert::bmodel {

// Weights and streams stay in the mapped file.
file read(std::filesystem::path const& path);
// The same from memory; `name` stands in errors. The bytes start at a multiple of 8.
file read(blob const& bytes, std::string const& name);

} // namespace tpu_convert::bmodel

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/bmodel/reader.inl>
#endif
