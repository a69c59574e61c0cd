// What a network has become, before it is packed into a file.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <tpu_convert/chip/concepts.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/lower/host_function.hpp>
#include <tpu_convert/lower/program.hpp>
#include <tpu_convert/model_file/any_file.hpp>
#include <vector>

namespace tpu_convert {

struct compiled_tensor {
    std::string name;
    dtype type = dtype::f32;
    shape dims;
    std::uint64_t address = 0;
    double scale = 0; // 0: not quantized
    std::int64_t zero_point = 0;

    std::uint64_t bytes() const { return static_cast<std::uint64_t>(element_count(dims)) * bytes_of(type); }
};

struct host_step {
    host_function function;
    std::vector<compiled_tensor> inputs, outputs;
};
// Commands, or a function of the processor.
struct compiled_step {
    command_segment commands;
    std::unique_ptr<host_step> host;
};

struct compiled_network {
    std::string name;
    std::vector<compiled_tensor> inputs, outputs;
    std::vector<compiled_step> steps; // one after the other
    std::vector<std::byte> weights;
    std::uint64_t activations_address = 0, activation_bytes = 0;
};

// Specialised for each kind of file: static any_file pack<Chip>(compiled_network).
template <model_container Container>
struct file_packer;

} // namespace tpu_convert
