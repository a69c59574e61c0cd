// A function that the chip's runtime executes on the processor, between two streams of commands.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tpu_convert {

using host_argument = std::pair<std::string, std::variant<float, bool, std::int32_t, std::string>>;

// It reads the node's operands and writes its results.
struct host_function {
    std::string name;
    std::vector<host_argument> arguments;
};

} // namespace tpu_convert
