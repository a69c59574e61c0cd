// Operands of emitted commands: local tensors as addresses, sizes and strides in bytes.
#pragma once
#include <cstdint>
#include <tpu_convert/chip/cv18xx/chip.hpp>
#include <tpu_convert/lower/constant_bits.hpp>
#include <tpu_convert/lower/kernel_builder.hpp>
#include <tpu_convert/lower/local_tensor.hpp>

namespace tpu_convert::cv18xx_emit {

template <class Chip>
using builder = kernel_builder<Chip>;

template <class Chip>
local_access read_of(local_tensor const& t) { return {t.address, local_end<Chip>(t), false}; }
template <class Chip>
local_access write_of(local_tensor const& t) { return {t.address, local_end<Chip>(t), true}; }

// A tensor of one byte for each element, of 16 bits for bf16.
template <class Command>
void set_types(Command& c, dtype t) {
    c.template set<"opd_typ">(t == dtype::bf16);
    c.template set<"opt_res0_sign">(1);
    c.template set<"opt_opd0_sign">(1);
}

template <class Command>
void set_result(Command& c, local_tensor const& t) {
    c.template set<"res0_addr">(t.address);
    c.template set<"res0_n">(t.dims[0]), c.template set<"res0_c">(t.dims[1]);
    c.template set<"res0_h">(t.dims[2]), c.template set<"res0_w">(t.dims[3]);
    c.template set<"short_res0_str">(cv18xx_generation::layout::free);
    c.template set<"res0_n_str">(t.strides[0] * t.bytes()), c.template set<"res0_c_str">(t.strides[1] * t.bytes());
    c.template set<"res0_h_str">(t.strides[2] * t.bytes()), c.template set<"res0_w_str">(t.strides[3] * t.bytes());
}
template <class Command>
void set_first(Command& c, local_tensor const& t) {
    c.template set<"opd0_addr">(t.address);
    c.template set<"opd0_n">(t.dims[0]), c.template set<"opd0_c">(t.dims[1]);
    c.template set<"opd0_h">(t.dims[2]), c.template set<"opd0_w">(t.dims[3]);
    c.template set<"short_opd0_str">(cv18xx_generation::layout::free);
    c.template set<"opd0_n_str">(t.strides[0] * t.bytes()), c.template set<"opd0_c_str">(t.strides[1] * t.bytes());
    c.template set<"opd0_h_str">(t.strides[2] * t.bytes()), c.template set<"opd0_w_str">(t.strides[3] * t.bytes());
}
template <class Command>
void set_second(Command& c, local_tensor const& t) {
    c.template set<"opd1_addr">(t.address);
    c.template set<"opd1_n">(t.dims[0]), c.template set<"opd1_c">(t.dims[1]);
    c.template set<"opd1_h">(t.dims[2]), c.template set<"opd1_w">(t.dims[3]);
    c.template set<"short_opd1_str">(cv18xx_generation::layout::free);
    c.template set<"opd1_n_str">(t.strides[0] * t.bytes()), c.template set<"opd1_c_str">(t.strides[1] * t.bytes());
    c.template set<"opd1_h_str">(t.strides[2] * t.bytes()), c.template set<"opd1_w_str">(t.strides[3] * t.bytes());
}
template <class Command>
void set_constant(Command& c, double value, dtype t) {
    c.template set<"opt_opd1_const">(1);
    c.template set<"opd1_addr">(constant_bits(value, t));
}

// The same data seen with other dims; stride 0 where a dimension of one is repeated.
inline local_tensor broadcast_to(local_tensor t, dims4 const& dims) {
    for (int i = 0; i < 4; ++i) {
        if (t.dims[i] == dims[i]) continue;
        t.strides[i] = 0, t.dims[i] = dims[i], t.layout = local_layout::strided;
    }
    return t;
}

// Of an axis, the places first, first + step...
inline local_tensor part_of(local_tensor t, std::size_t axis, std::int64_t first, std::int64_t step, std::int64_t count) {
    t.address += first * t.strides[axis] * t.bytes();
    t.dims[axis] = count, t.strides[axis] *= step, t.layout = local_layout::strided;
    return t;
}

} // namespace tpu_convert::cv18xx_emit
