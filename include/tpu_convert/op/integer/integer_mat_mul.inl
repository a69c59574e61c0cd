#pragma once
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/integer/integer_mat_mul.hpp>
#include <tpu_convert/op/kernel/integer.hpp>
#include <tpu_convert/op/kernel/view.hpp>

namespace tpu_convert::integer_kernel {

// A matrix [rows, columns] of whole numbers, stored the other way if turned, as dense rows.
inline std::vector<std::int16_t> integer_rows(float const* x, std::int64_t rows, std::int64_t columns, bool turned) {
    if (!turned) return kernel::as_integers(x, rows * columns);
    std::vector<std::int16_t> whole(static_cast<std::size_t>(rows * columns));
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; ++c)
            whole[static_cast<std::size_t>(r * columns + c)] = static_cast<std::int16_t>(x[c * rows + r]);
    return whole;
}

} // namespace tpu_convert::integer_kernel

namespace tpu_convert::op {

TPU_CONVERT_INLINE void integer_mat_mul::evaluate(attributes const& a, std::span<tensor const* const> in,
                                                  std::span<tensor> out) {
    std::array const shapes{in[0]->shape(), in[1]->shape()};
    auto const d = mat_mul::dimensions(shape_attributes(a), shapes);
    shape const batch = detail::broadcast(name, std::array{d.left_batch, d.right_batch});
    kernel::nest const n{batch, {kernel::broadcast_strides(batch, batch), kernel::broadcast_strides(d.left_batch, batch),
                                 kernel::broadcast_strides(d.right_batch, batch)}};
    std::vector<std::int32_t> sums(static_cast<std::size_t>(d.rows * d.columns));
    bool const turn_left = a.left_transpose && shapes[0].size() > 1, turn_right = !(a.right_transpose && shapes[1].size() > 1);
    kernel::walk(n, batch.size(), [&](auto at) {
        auto const left = integer_kernel::integer_rows(in[0]->data() + at[1] * d.rows * d.depth, d.rows, d.depth, turn_left);
        auto const right =
            integer_kernel::integer_rows(in[1]->data() + at[2] * d.depth * d.columns, d.columns, d.depth, turn_right);
        kernel::integer_product(d.rows, d.columns, d.depth, left.data(), right.data(), sums.data());
        float* y = out[0].data() + at[0] * d.rows * d.columns;
        for (std::size_t i = 0; i < sums.size(); ++i) {
            std::size_t const column = i % static_cast<std::size_t>(d.columns);
            std::int64_t const biased = static_cast<std::int32_t>(
                static_cast<std::uint32_t>(sums[i]) + static_cast<std::uint32_t>(a.bias.empty() ? 0 : a.bias[column]));
            y[i] = static_cast<float>(a.apply(biased, column));
        }
    });
}

} // namespace tpu_convert::op
