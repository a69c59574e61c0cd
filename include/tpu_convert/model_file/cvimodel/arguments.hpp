// Arguments of functions that the runtime executes on the processor, as a routine of a .cvimodel file holds them.
#pragma once
#include <cstddef>
#include <span>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/lower/host_function.hpp>
#include <vector>

namespace tpu_convert::cvimodel {

std::vector<std::byte> pack_arguments(std::vector<host_argument> const& arguments);
// Throws file_damaged. Arrays are passed over.
std::vector<host_argument> read_arguments(std::span<std::byte const> bytes, std::string_view function);

} // namespace tpu_convert::cvimodel

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/cvimodel/arguments.inl>
#endif
