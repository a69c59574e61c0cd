// The commands of a .cvimodel file, where they are stored plainly.
#pragma once
#include <cstddef>
#include <span>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/cvimodel/file.hpp>

namespace tpu_convert::cvimodel {

inline std::span<std::byte const> command_bytes(section const& s) {
    if (s.compressed || s.encrypted)
        throw model_error{error_code::not_built_yet, s.name, "compressed and encrypted command sections are not built yet"};
    return s.bytes.bytes();
}

inline std::span<std::byte const> command_bytes(file const& f, routine const& r) {
    auto const* const s = f.find(r.commands);
    if (!s) throw model_error{error_code::file_damaged, r.commands, "a routine names this section, which the file does not have"};
    return command_bytes(*s);
}

} // namespace tpu_convert::cvimodel
