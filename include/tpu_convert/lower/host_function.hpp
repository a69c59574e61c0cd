// A function that the chip's runtime executes on the processor, between two streams of commands.
#pragma once
#include <cstdint>
#include <string>
#include <tpu_convert/core/shape.hpp>
#include <utility>
#include <variant>
#include <vector>

namespace tpu_convert {

using host_argument = std::pair<std::string, std::variant<float, bool, std::int32_t, std::string>>;

// It reads the node's operands and writes its results.
struct host_function {
    std::string name;
    std::vector<host_argument> arguments;
    // Which operands, and the shapes that it sees of them; neither given: all, with their own.
    std::vector<std::size_t> operands{};
    std::vector<shape> shapes{};
};

} // namespace tpu_convert
