// Evaluation of element-wise bodies, block by block, with broadcasting.
#pragma once
#include <algorithm>
#include <array>
#include <span>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/op/expression.hpp>
#include <tpu_convert/op/fused_relu.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <type_traits>
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

// The loop over a body, with the attributes' type erased: all that is compiled for each body.
template <class T>
using block_function = void (*)(void const* attributes, T const* const* x, T* y, std::int64_t n);

template <class Body, std::size_t Arity, class T, class A>
inline void block_loop(A const& a, T const* const* x, T* y, std::int64_t n) {
    std::array<T const*, Arity> from;
    std::copy_n(x, Arity, from.begin());
    for (std::int64_t i = 0; i < n; ++i) {
        T v[Arity];
        for (std::size_t k = 0; k < Arity; ++k) v[k] = from[k][i];
        y[i] = Body::template evaluate<T>(a, v);
    }
}
template <class Body, std::size_t Arity, class A>
TPU_CONVERT_WIDE void float_block(void const* a, float const* const* x, float* y, std::int64_t n) {
    block_loop<Body, Arity>(*static_cast<A const*>(a), x, y, n);
}
template <class Body, std::size_t Arity, class A>
void double_block(void const* a, double const* const* x, double* y, std::int64_t n) {
    block_loop<Body, Arity>(*static_cast<A const*>(a), x, y, n);
}
template <class Body, std::size_t Arity, class T, class A>
constexpr block_function<T> block_of() {
    if constexpr (std::is_same_v<T, float>)
        return float_block<Body, Arity, A>;
    else
        return double_block<Body, Arity, A>;
}

// What the rows of one evaluation have in common.
template <class T>
struct row_job {
    block_function<T> f;
    void const* attributes;
    fused_relu relu;
    std::vector<T const*> x;
    std::vector<shape> shapes;
};

// A row whose operands advance by 1 or stay: those that stay are spread over a block first.
template <class T>
void evaluate_row(row_job<T> const& job, std::vector<T const*>& x, std::vector<std::vector<T>>& spread, T* y, std::int64_t n) {
    for (std::size_t k = 0; k < x.size(); ++k) {
        if (spread[k].empty()) continue;
        std::fill_n(spread[k].data(), std::min(n, block), *x[k]);
        x[k] = spread[k].data();
    }
    for (std::int64_t i = 0; i < n; i += block) {
        auto const m = std::min(block, n - i);
        job.f(job.attributes, x.data(), y + i, m);
        apply_relu(job.relu, y + i, m);
        for (std::size_t k = 0; k < x.size(); ++k)
            if (spread[k].empty()) x[k] += m;
    }
}

// Operands that are not given are null and count as 0.
template <class T>
void evaluate_rows(row_job<T> job, T* y, shape const& dims) {
    static constexpr T zero{};
    nest n{dims, {dense_strides(dims)}};
    for (std::size_t k = 0; k < job.x.size(); ++k) {
        n.strides.push_back(job.x[k] ? broadcast_strides(job.shapes[k], dims) : shape(dims.size(), 0));
        if (!job.x[k]) job.x[k] = &zero;
    }
    n = merged(n);
    std::size_t const last = n.dims.size() - 1;
    if (n.dims[last] == 0) return;
    std::vector<std::vector<T>> spread(job.x.size());
    for (std::size_t k = 0; k < spread.size(); ++k)
        if (n.strides[k + 1][last] == 0) spread[k].resize(static_cast<std::size_t>(std::min(n.dims[last], block)));
    std::vector<T const*> row(job.x.size());
    walk(n, last, [&](auto at) {
        for (std::size_t k = 0; k < row.size(); ++k) row[k] = job.x[k] + at[k + 1];
        evaluate_row(job, row, spread, y + at[0], n.dims[last]);
    });
}

// The loop for a body with the choices that these attributes make.
template <class Body, std::size_t Arity, class T, class A>
block_function<T> chosen_block(A const& a) {
    return Body::visit(a, []<class Chosen>(std::type_identity<Chosen>) { return block_of<Chosen, Arity, T, A>(); });
}

// One loop over any body of `arity` operands.
template <class Tensor>
void evaluate_elementwise(block_function<typename Tensor::value_type> f, void const* attributes, fused_relu relu,
                          std::size_t arity, std::span<Tensor const* const> in, Tensor& out) {
    row_job<typename Tensor::value_type> job{f, attributes, relu, {}, {}};
    for (std::size_t i = 0; i < arity; ++i) {
        Tensor const* const x = i < in.size() ? in[i] : nullptr;
        job.x.push_back(x ? x->data() : nullptr);
        job.shapes.push_back(x ? x->shape() : shape{});
    }
    evaluate_rows(std::move(job), out.data(), out.shape());
}

} // namespace tpu_convert::kernel
