// Tensor arithmetic on float types: operands widen to float32, the result is rounded once.
#pragma once
#include <algorithm>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/float_math.hpp>
#include <tpu_convert/simulate/tiu_ar_float.hpp>

namespace tpu_convert::simulate {

namespace detail {

struct float_source {
    float_load load = nullptr;
    std::uint64_t step = 1, bytes = 4;
    bool constant = false;
    alignas(64) float buffer[chunk];

    void prepare(machine_memory& m, ar_source const& s) {
        load = float_loader(s.type), constant = s.is_constant, step = s.where.stride.w, bytes = s.where.bytes;
        if (constant)
            load(buffer, reinterpret_cast<std::byte const*>(&s.constant), 0, chunk);
        else
            m.reads(s.where.covers());
    }
    void fetch(std::byte const* from, std::size_t first, std::size_t count) {
        if (!constant) load(buffer, from + first * step * bytes, step, count);
    }
};

TPU_CONVERT_INLINE binary_kernel float_kernel(ar_op op) {
    switch (op) {
    case ar_op::add: return add_kernel;
    case ar_op::sub: return sub_kernel;
    case ar_op::mul: return mul_kernel;
    case ar_op::max: return max_kernel;
    case ar_op::min: return min_kernel;
    case ar_op::sub_abs: return sub_abs_kernel;
    default:
        throw model_error{error_code::machine_fault, "AR",
                          "sub-operation " + std::to_string(static_cast<unsigned>(op)) + " does not exist for float operands"};
    }
}

} // namespace detail

TPU_CONVERT_INLINE void run_ar_float(machine_memory& m, ar_command const& c) {
    detail::float_source a, b;
    alignas(64) float result[chunk];
    a.prepare(m, c.source[0]), b.prepare(m, c.source[1]);
    m.writes(c.result.covers());
    binary_kernel const kernel = c.op == ar_op::div ? nullptr : detail::float_kernel(c.op);
    bool const picks = c.op == ar_op::max || c.op == ar_op::min;
    float_store const store = picks ? exact_storer(c.type) : float_storer(c.type);
    std::array<local_operand const*, 3> const operands{&c.result, c.source[0].is_constant ? &c.result : &c.source[0].where,
                                                       c.source[1].is_constant ? &c.result : &c.source[1].where};
    std::uint64_t const step = c.result.stride.w;
    for_each_stretch(m, operands, [&](auto const& at, std::uint64_t count, std::uint32_t, std::uint32_t) {
        for (std::uint64_t i = 0; i < count; i += chunk) {
            std::size_t const n = std::min<std::uint64_t>(chunk, count - i);
            a.fetch(at[1], i, n), b.fetch(at[2], i, n);
            if (kernel)
                kernel(result, a.buffer, b.buffer, n);
            else
                div_kernel(result, a.buffer, b.buffer, n, c.mode + 1);
            store(at[0] + i * step * c.result.bytes, step, result, n);
        }
    });
}

} // namespace tpu_convert::simulate
