// Evaluation of element-wise bodies, block by block, with broadcasting.
#pragma once
#include <array>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/op/expression.hpp>
#include <tpu_convert/op/fused_relu.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::kernel {

inline constexpr std::int64_t block = 2048;

template <class T>
TPU_CONVERT_WIDE void apply_relu(fused_relu const& relu, T* y, std::int64_t n) {
    if (!relu.active) return;
    T const limit = static_cast<T>(relu.limit);
    if (relu.limit > 0)
        for (std::int64_t i = 0; i < n; ++i) {
            T const positive = y[i] < T(0) ? T(0) : y[i];
            y[i] = positive > limit ? limit : positive;
        }
    else
        for (std::int64_t i = 0; i < n; ++i) y[i] = y[i] < T(0) ? T(0) : y[i];
}

template <class Body, std::size_t Arity, class T, class A>
TPU_CONVERT_WIDE void evaluate_block(A const& a, std::array<T const*, Arity> const& x, T* y, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) {
        T v[Arity];
        for (std::size_t k = 0; k < Arity; ++k) v[k] = x[k][i];
        y[i] = Body::template evaluate<T>(a, v);
    }
}

// A row whose operands advance by 1 or stay: those that stay are spread over a block first.
template <class Body, std::size_t Arity, class T, class A>
void evaluate_row(A const& a, std::array<T const*, Arity> x, std::array<bool, Arity> const& stays, T* y, std::int64_t n,
                  std::array<std::vector<T>, Arity>& spread) {
    for (std::size_t k = 0; k < Arity; ++k) {
        if (!stays[k]) continue;
        spread[k].assign(static_cast<std::size_t>(std::min(n, block)), *x[k]);
        x[k] = spread[k].data();
    }
    for (std::int64_t i = 0; i < n; i += block) {
        auto const m = std::min(block, n - i);
        evaluate_block<Body, Arity, T>(a, x, y + i, m);
        apply_relu(fused_relu_of(a), y + i, m);
        for (std::size_t k = 0; k < Arity; ++k)
            if (!stays[k]) x[k] += m;
    }
}

// Operands that are not given are null and count as 0.
template <class Body, std::size_t Arity, class T, class A>
void evaluate_elementwise(A const& a, std::array<T const*, Arity> x, std::array<shape, Arity> const& shapes, T* y,
                          shape const& dims) {
    static constexpr T zero{};
    nest n{dims, {dense_strides(dims)}};
    for (std::size_t k = 0; k < Arity; ++k) {
        n.strides.push_back(x[k] ? broadcast_strides(shapes[k], dims) : shape(dims.size(), 0));
        if (!x[k]) x[k] = &zero;
    }
    n = merged(n);
    std::size_t const last = n.dims.size() - 1;
    if (n.dims[last] == 0) return;
    std::array<bool, Arity> stays;
    for (std::size_t k = 0; k < Arity; ++k) stays[k] = n.strides[k + 1][last] == 0;
    std::array<std::vector<T>, Arity> spread;
    Body::visit(a, [&]<class Chosen>(std::type_identity<Chosen>) {
        walk(n, last, [&](auto at) {
            auto row = x;
            for (std::size_t k = 0; k < Arity; ++k) row[k] += at[k + 1];
            evaluate_row<Chosen, Arity, T>(a, row, stays, y + at[0], n.dims[last], spread);
        });
    });
}

} // namespace tpu_convert::kernel
