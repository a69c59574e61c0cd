#pragma once
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/isa/command.hpp>

namespace tpu_convert::isa {

TPU_CONVERT_INLINE void throw_does_not_fit(std::string_view command, field_info const& f, std::uint64_t value,
                                           bool negative) {
    std::string const number = negative ? std::to_string(static_cast<std::int64_t>(value)) : std::to_string(value);
    throw model_error{error_code::encoding, command,
                      "field " + std::string(f.name) + " has " + std::to_string(f.width) + " bits and cannot hold " + number};
}

TPU_CONVERT_INLINE void throw_no_sub_op(std::string_view command, field_info const& f, std::uint64_t value) {
    throw model_error{error_code::encoding, command,
                      "field " + std::string(f.name) + " cannot be " + std::to_string(value) +
                          ": the command has no such sub-operation"};
}

} // namespace tpu_convert::isa
