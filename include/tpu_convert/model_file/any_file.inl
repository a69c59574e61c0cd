#pragma once
#include <tpu_convert/model_file/any_file.hpp>
#include <tpu_convert/model_file/bmodel/writer.hpp>
#include <tpu_convert/model_file/cvimodel/writer.hpp>

namespace tpu_convert {

TPU_CONVERT_INLINE void write(any_file const& file, std::filesystem::path const& path) {
    if (auto const* b = std::get_if<bmodel::file>(&file)) bmodel::write(*b, path);
    else cvimodel::write(std::get<cvimodel::file>(file), path);
}

} // namespace tpu_convert
