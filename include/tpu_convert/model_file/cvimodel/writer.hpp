// Writes a .cvimodel file: the same structs give the same bytes.
#pragma once
#include <filesystem>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/model_file/cvimodel/file.hpp>
#include <vector>

namespace tpu_convert::cvimodel {

void write(file const& model, std::filesystem::path const& path);
std::vector<std::byte> to_bytes(file const& model);

} // namespace tpu_convert::cvimodel

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/cvimodel/writer.inl>
#endif
