// Arrays at the border of a program: a user's array as the bytes of an input, the bytes of an output as an array.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/io/npz.hpp>
#include <vector>

namespace tpu_convert::simulate {

enum class input_rounding { half_away, half_even };

// A tensor of global memory. Inputs: stored = x * scale + zero_point; outputs: x = (stored - zero_point) * scale.
struct border_tensor {
    std::string name;
    dtype type = dtype::f32;
    shape dims;
    float scale = 1;
    double zero_point = 0;
};

// The array of that name; one array serves a program with one input whatever its name.
array const& input_array(npz const& inputs, std::string const& name, std::size_t inputs_of_program);
// An array of the tensor's own type is taken as it is stored (bfloat16: uint16 too, as numpy holds it). One of any other type
// holds real numbers: they are rounded to the tensor's type, or quantized if it has a scale; saturated.
// Throws input_mismatch for another count of elements, and for whole numbers that an integer without scale can't hold.
std::vector<std::byte> input_bytes(border_tensor const& t, array const& a, input_rounding rounding);
// As stored (`raw`), otherwise float32.
array output_array(border_tensor const& t, std::byte const* from, bool raw);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/program_arrays.inl>
#endif
