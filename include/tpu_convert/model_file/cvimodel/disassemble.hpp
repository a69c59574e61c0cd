// The commands of a .cvimodel file as text.
#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/isa/engine.hpp>
#include <tpu_convert/model_file/cvimodel/file.hpp>

namespace tpu_convert::cvimodel {

// A line for each command, as text pieces, engine by engine in each section of commands. A chip that this version does not have
// is an error, and so are compressed and encrypted sections.
void disassemble(file const& f, std::optional<isa::engine> only, std::function<void(std::string_view)> const& print);

} // namespace tpu_convert::cvimodel

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/cvimodel/disassemble.inl>
#endif
