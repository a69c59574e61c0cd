// A chip's file, of whichever kind.
#pragma once
#include <filesystem>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/model_file/bmodel/file.hpp>
#include <tpu_convert/model_file/cvimodel/file.hpp>
#include <variant>

namespace tpu_convert {

using any_file = std::variant<bmodel::file, cvimodel::file>;

void write(any_file const& file, std::filesystem::path const& path);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/any_file.inl>
#endif
