// The error type of the whole program: a stable code, the node or file it is about, and one sentence.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tpu_convert {

// Stable codes, printed as TC<number>. Never renumber; add at the end of a group.
enum class error_code : std::uint16_t {
    usage = 100,            // unknown option, missing or malformed argument
    unknown_tensor = 101,   // a tensor name given by the user does not exist
    chip_unknown = 102,
    chip_mismatch = 103,    // suffix, chip and quantization do not go together
    not_built_yet = 104,    // option, operator or chip that this version does not have
    file_missing = 200,
    file_suffix = 201,
    file_damaged = 202,     // truncated, malformed or hostile content
    file_write = 203,       // disk full, no permission
    file_too_large = 204,
    model_invalid = 300,    // well-formed file, impossible network
    shape_mismatch = 301,
    operator_unsupported = 302,
    attribute_invalid = 303,
    input_mismatch = 304,   // test inputs do not fit the network
    lowering_missing = 400, // operator has no kernel on the chip
    memory_exceeded = 401,  // smallest tile does not fit local memory
    encoding = 402,         // value does not fit a command field
    machine_fault = 500,    // bad stream: undecodable, deadlock, access out of range
    machine_hazard = 501,   // race or read of memory never written
    compare_failed = 600,
    internal = 900,
};

class model_error : public std::runtime_error {
public:
    model_error(error_code code, std::string_view subject, std::string const& sentence)
        : std::runtime_error(subject.empty() ? sentence : std::string(subject) + ": " + sentence), code_(code) {}

    error_code code() const { return code_; }
    // "TC302 conv1: ..." as the program prints it.
    std::string line() const { return "TC" + std::to_string(static_cast<int>(code_)) + " " + what(); }

private:
    error_code code_;
};

} // namespace tpu_convert
