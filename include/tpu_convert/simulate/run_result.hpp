// What running a file gives, and what else can be read from the machine's memory.
#pragma once
#include <cstdint>
#include <string>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/io/npz.hpp>
#include <vector>

namespace tpu_convert::simulate {

// A tensor that lies in global memory when the net has run.
struct memory_tensor {
    std::string name;
    dtype type = dtype::f32;
    shape dims;
    std::uint64_t address = 0;
};

struct run_result {
    npz outputs;
    std::vector<std::string> hazards;
    std::uint64_t commands = 0;
};

} // namespace tpu_convert::simulate
