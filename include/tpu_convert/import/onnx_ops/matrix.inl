// ONNX products of matrices.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/mat_mul.hpp>
#include <tpu_convert/op/mul_const.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

inline operand multiplied(context& c, operand const& x, double by) {
    if (by == 1) return x;
    op::mul_const::attributes a;
    a.const_val = by;
    return c.emit<op::mul_const>(a, {x});
}

inline results import_mat_mul(context& c) { return {c.emit<op::mat_mul>({}, {c.in(0), c.in(1), operand{}})}; }

// alpha A B + beta C, A and B transposed where asked. alpha goes into a constant B; C into the bias if it is one row.
inline results import_gemm(context& c) {
    if (c.in(0).dims.size() != 2 || c.in(1).dims.size() != 2) throw unsupported{"its operands are not matrices"};
    op::mat_mul::attributes a;
    a.left_transpose = c.integer("transA", 0) != 0;
    a.right_transpose = c.integer("transB", 0) != 0;
    double const alpha = c.real("alpha", 1.0), beta = c.real("beta", 1.0);
    bool const early = c.in(1).value != nullptr;
    operand const right = early ? multiplied(c, c.in(1), alpha) : c.in(1);
    operand addend;
    if (c.has(2) && beta != 0) addend = multiplied(c, c.in(2), beta);
    auto const columns = right.dims[a.right_transpose ? 0 : 1];
    bool const row =
        addend.value && element_count(addend.dims) == columns && (addend.dims.empty() || addend.dims.back() == columns);
    if (row && (early || alpha == 1))
        return {c.emit<op::mat_mul>(a, {c.in(0), right, reshaped(c, addend, {columns})})};
    operand product = c.emit<op::mat_mul>(a, {c.in(0), right, operand{}});
    if (!early) product = multiplied(c, product, alpha);
    if (!addend.given()) return {product};
    return {c.emit<op::add>({}, {product, addend})};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> matrix_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Gemm", import_gemm},
        {"MatMul", import_mat_mul},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
