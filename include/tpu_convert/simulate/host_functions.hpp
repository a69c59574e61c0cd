// Functions of the CV18xx's runtime that the machine executes: quant, softmax_cpu, argmax, embedding and cumsum.
#pragma once
#include <cstddef>
#include <span>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/lower/host_function.hpp>

namespace tpu_convert::simulate {

struct host_tensor {
    dtype type = dtype::f32;
    std::span<std::byte> bytes;
    shape dims;
};

// Throws not_built_yet for a function, or types, that the machine does not have.
void run_host_function(host_function const& f, std::span<host_tensor const> inputs, std::span<host_tensor const> outputs);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/host_functions.inl>
#endif
