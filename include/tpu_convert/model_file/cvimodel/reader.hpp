// Reads a .cvimodel file. Whatever is wrong with its bytes is a model_error.
#pragma once
#include <filesystem>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/model_file/cvimodel/file.hpp>

namespace tpu_convert::cvimodel {

// Weights and streams stay in the mapped file.
file read(std::filesystem::path const& path);
// The same from memory; `name` stands in errors.
file read(blob const& bytes, std::string const& name);
// By its first bytes.
bool is_cvimodel(blob const& bytes);

} // namespace tpu_convert::cvimodel

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/cvimodel/reader.inl>
#endif
