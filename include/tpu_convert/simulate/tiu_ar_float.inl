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

[[gnu::always_inline]] inline bool same_bits(float a, float b) {
    return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
}

// 1 where the comparison holds, 0 elsewhere; the selected constant is put in afterwards. A NaN is less than anything but
// itself; 0 and -0 differ.
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void greater_kernel(float* r, float const* a, float const* b, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) r[i] = flushed(a[i]) > flushed(b[i]) ? 1.0f : 0.0f;
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void equal_kernel(float* r, float const* a, float const* b, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) r[i] = same_bits(flushed(a[i]), flushed(b[i])) ? 1.0f : 0.0f;
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void less_kernel(float* r, float const* a, float const* b, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) r[i] = !(flushed(a[i]) >= flushed(b[i]) || same_bits(a[i], b[i])) ? 1.0f : 0.0f;
}

TPU_CONVERT_INLINE bool is_select(ar_op op) {
    return op == ar_op::select_greater || op == ar_op::select_equal || op == ar_op::select_less;
}

TPU_CONVERT_INLINE binary_kernel float_kernel(ar_op op) {
    switch (op) {
    case ar_op::add:
        return add_kernel;
    case ar_op::sub:
        return sub_kernel;
    case ar_op::mul:
        return mul_kernel;
    case ar_op::max:
        return max_kernel;
    case ar_op::min:
        return min_kernel;
    case ar_op::sub_abs:
        return sub_abs_kernel;
    case ar_op::abs:
        return abs_kernel;
    case ar_op::mac:
        return mul_kernel;
    case ar_op::select_greater:
        return greater_kernel;
    case ar_op::select_equal:
        return equal_kernel;
    case ar_op::select_less:
        return less_kernel;
    default:
        throw model_error{error_code::machine_fault, "AR",
                          "sub-operation " + std::to_string(static_cast<unsigned>(op)) + " does not exist for float operands"};
    }
}

} // namespace detail

TPU_CONVERT_INLINE void run_ar_float(machine_memory& m, ar_command const& c) {
    detail::float_source a, b;
    alignas(64) float result[chunk];
    bool const binary = c.op != ar_op::abs, adds = c.op == ar_op::mac, selects = detail::is_select(c.op);
    a.prepare(m, c.source[0]);
    if (binary) b.prepare(m, c.source[1]);
    if (adds) m.reads(c.result.covers());
    m.writes(c.result.covers());
    binary_kernel const kernel = c.op == ar_op::div ? nullptr : detail::float_kernel(c.op);
    bool const picks = c.op == ar_op::max || c.op == ar_op::min || c.op == ar_op::abs || selects;
    alignas(64) float old[chunk], sum[chunk];
    float third = 0;
    float_loader(c.type)(&third, reinterpret_cast<std::byte const*>(&c.source[2].constant), 0, 1);
    float_store const store = picks ? exact_storer(c.type) : float_storer(c.type);
    std::array<local_operand const*, 3> const operands{&c.result, c.source[0].is_constant ? &c.result : &c.source[0].where,
                                                       c.source[1].is_constant || !binary ? &c.result : &c.source[1].where};
    std::uint64_t const step = c.result.stride.w;
    for_each_stretch(m, operands, [&](auto const& at, std::uint64_t count, std::uint32_t, std::uint32_t) {
        for (std::uint64_t i = 0; i < count; i += chunk) {
            std::size_t const n = std::min<std::uint64_t>(chunk, count - i);
            std::byte* const target = at[0] + i * step * c.result.bytes;
            a.fetch(at[1], i, n);
            if (binary) b.fetch(at[2], i, n);
            if (kernel)
                kernel(result, a.buffer, b.buffer, n);
            else
                div_kernel(result, a.buffer, b.buffer, n, c.mode + 1);
            if (selects)
                for (std::size_t k = 0; k < n; ++k) result[k] = result[k] != 0 ? third : 0.0f;
            if (adds) { // the product is rounded to the type before it is added
                std::uint32_t product[chunk];
                store(reinterpret_cast<std::byte*>(product), 1, result, n);
                float_loader(c.type)(result, reinterpret_cast<std::byte const*>(product), 1, n);
                float_loader(c.type)(old, target, step, n), add_kernel(sum, result, old, n);
            }
            store(target, step, adds ? sum : result, n);
        }
    });
}

} // namespace tpu_convert::simulate
