// Operands of emitted commands: local tensors or constants, and the codes that commands use for them.
#pragma once
#include <cmath>
#include <cstdint>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/lower/constant_bits.hpp>
#include <tpu_convert/lower/kernel_builder.hpp>
#include <tpu_convert/lower/local_tensor.hpp>

namespace tpu_convert::bm1684x_emit {

using builder = kernel_builder<bm1684x>;

using tpu_convert::constant_bits; // as the fields *_addr hold them

// A tensor in local memory, or one value for all elements.
struct operand {
    local_tensor tensor{};
    double value = 0;
    bool constant = false;

    operand(local_tensor const& t) : tensor(t) {}
    operand(double v) : value(v), constant(true) {}
};

inline local_access read_of(local_tensor const& t) { return {t.address, local_end<bm1684x>(t), false}; }
inline local_access write_of(local_tensor const& t) { return {t.address, local_end<bm1684x>(t), true}; }

inline unsigned stride_code(local_tensor const& t) {
    switch (t.layout) {
    case local_layout::aligned: return bm1684x::layout::aligned;
    case local_layout::compact: return bm1684x::layout::compact;
    default: return bm1684x::layout::free;
    }
}

// The same data seen with other dims; stride 0 where a dimension of one is repeated.
inline local_tensor broadcast_to(local_tensor t, dims4 const& dims) {
    for (int i = 0; i < 4; ++i) {
        if (t.dims[i] == dims[i]) continue;
        t.strides[i] = 0;
        t.dims[i] = dims[i];
        t.layout = local_layout::strided;
    }
    return t;
}

// The same bits read as another type of the same size.
inline local_tensor as_type(local_tensor t, dtype type) {
    t.type = type;
    return t;
}

// Whole numbers of the same length: for copies.
inline local_tensor as_bits(local_tensor const& t) {
    return as_type(t, t.bytes() == 1 ? dtype::i8 : t.bytes() == 2 ? dtype::i16 : dtype::i32);
}

// Free-stride form, for windows on a tensor.
inline local_tensor strided(local_tensor t) {
    t.layout = local_layout::strided;
    return t;
}

// Rows [first, first + count) of the h axis, every step-th.
inline local_tensor rows_of(local_tensor t, std::int64_t first, std::int64_t count, std::int64_t step = 1) {
    t.address += first * t.strides[2] * t.bytes();
    t.dims[2] = count;
    t.strides[2] *= step;
    return strided(t);
}
inline local_tensor columns_of(local_tensor t, std::int64_t first, std::int64_t count, std::int64_t step = 1) {
    t.address += first * t.strides[3] * t.bytes();
    t.dims[3] = count;
    t.strides[3] *= step;
    return strided(t);
}

} // namespace tpu_convert::bm1684x_emit
