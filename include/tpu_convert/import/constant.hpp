// Values known at import: weights as float, integers and truth values exactly as 64-bit integers.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <vector>

namespace tpu_convert {

struct constant {
    dtype type = dtype::f32;
    shape dims;
    std::shared_ptr<tensor const> reals; // of a floating type
    std::vector<std::int64_t> integers;  // of any other type
    bool nibbles = false;                // stored in 4 bits each
};
using constant_ptr = std::shared_ptr<constant const>;

// The product of the dimensions if none is negative and it is at most `limit`.
std::optional<std::int64_t> bounded_count(shape const& dims, std::int64_t limit);

constant_ptr make_integers(std::vector<std::int64_t> values, shape dims, dtype type = dtype::i64);
constant_ptr make_reals(tensor values, dtype type = dtype::f32);

std::vector<double> doubles_of(constant const& c);
// Reals are cut toward zero; what is out of the type's range is clamped.
std::vector<std::int64_t> integers_of(constant const& c);
// As the reference computes: one float for each element.
std::shared_ptr<tensor const> floats_of(constant const& c);

// To and from the type that operators fold with. The constant's type decides what the doubles become.
constant_tensor to_fold(constant const& c);
constant_ptr from_fold(constant_tensor const& values, dtype type);

// The same elements under another shape of as many.
constant_ptr reshape_constant(constant const& c, shape dims);

// As ONNX Cast does: toward zero to integers, != 0 to truth values, rounded to the narrower float.
constant_ptr cast_constant(constant const& c, dtype to);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/import/constant.inl>
#endif
