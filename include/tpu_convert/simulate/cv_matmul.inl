// 8-bit integers with the 32-bit multiplier and bias of 32 bits in four planes of bytes; bf16 with float32 sums, rounded toward
// zero each.
#pragma once
#include <algorithm>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/cv_matmul.hpp>
#include <tpu_convert/simulate/truncating_mode.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE std::vector<std::int32_t> load_cv_bias(machine_memory& m, cv_matmul_command const& c) {
    std::vector<std::int32_t> bias(std::size_t{c.result.size.c} * c.result.size.w);
    if (!c.has_bias) return bias;
    cv_operand const planes{cv_type::i8, false, false, c.bias, {4, c.result.size.c, 1, c.result.size.w}};
    std::vector<std::int32_t> const bytes = load_integers(m, planes);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bias[i % bias.size()] = static_cast<std::int32_t>(static_cast<std::uint32_t>(bias[i % bias.size()]) |
                                                          static_cast<std::uint32_t>(bytes[i]) << 8 * (i / bias.size()));
    return bias;
}

TPU_CONVERT_INLINE void check_cv_matmul(cv_matmul_command const& c) {
    bool const floats = c.result.type == cv_type::bf16 && !c.has_bias;
    if ((!floats && (c.result.type != cv_type::i8 || !c.wide_multiplier)) || c.partial_sums != 0 || c.adds_result)
        throw model_error{error_code::not_built_yet, "TIU matmul",
                          "the machine does products of 8-bit integers with a 32-bit multiplier and of bf16 without bias, "
                          "none with partial sums"};
    if (c.left.size.n != c.result.size.n || c.right.size.n != c.inner || c.right.size.c != c.result.size.c ||
        c.inner > c.left.size.c * c.left.size.w)
        throw model_error{error_code::machine_fault, "TIU matmul", "the sizes of the matrices do not fit each other"};
}

TPU_CONVERT_INLINE void run_cv_matmul_floats(machine_memory& m, cv_matmul_command const& c) {
    std::vector<float> const left = load_floats(m, c.left), right = load_floats(m, c.right);
    std::size_t const columns = std::size_t{c.result.size.c} * c.result.size.w;
    std::size_t const pitch = std::size_t{c.left.size.c} * c.left.size.w;
    std::vector<float> y(c.result.size.n * columns);
    truncating_mode const truncating;
    for (std::size_t r = 0; r < c.result.size.n; ++r)
        for (std::size_t w = 0; w < c.left.size.w; ++w)
            for (std::size_t k = w; k < c.inner; k += c.left.size.w) // channels innermost
                for (std::size_t i = 0; i < columns; ++i) y[r * columns + i] += left[r * pitch + k] * right[k * columns + i];
    if (c.relu)
        for (float& v : y) v = std::max(v, 0.0f);
    store_floats(m, c.result, y);
}

} // namespace detail

TPU_CONVERT_INLINE void run_cv_matmul(machine_memory& m, cv_matmul_command const& c) {
    detail::check_cv_matmul(c);
    if (c.result.type == cv_type::bf16) return detail::run_cv_matmul_floats(m, c);
    std::vector<std::int32_t> const left = load_integers(m, c.left), right = load_integers(m, c.right),
                                    bias = detail::load_cv_bias(m, c);
    std::size_t const columns = bias.size(), pitch = std::size_t{c.left.size.c} * c.left.size.w;
    std::vector<std::int32_t> y(c.result.size.n * columns);
    for (std::size_t r = 0; r < c.result.size.n; ++r) {
        std::int32_t* const row = y.data() + r * columns;
        for (std::size_t k = 0; k < c.inner; ++k)
            for (std::size_t i = 0; i < columns; ++i) row[i] += left[r * pitch + k] * right[k * columns + i];
        for (std::size_t i = 0; i < columns; ++i) {
            std::int64_t v = multiplied(std::int64_t{row[i]} + bias[i], c.multiplier, c.right_shift);
            if (c.relu) v = std::max<std::int64_t>(v, 0);
            row[i] = static_cast<std::int32_t>(std::clamp<std::int64_t>(v, -(1 << 30), 1 << 30));
        }
    }
    store_integers(m, c.result, y);
}

} // namespace tpu_convert::simulate
