// Products of matrices by plain loops.
#pragma once
#include <algorithm>
#include <cstdint>

namespace tpu_convert::kernel {

struct matrix_sizes {
    std::int64_t rows, columns, depth;
    bool left_transpose = false, right_transpose = false;
};

// y[rows, columns] = left[rows, depth] right[depth, columns]; a transposed operand is stored the other way.
template <class T>
void matrix_product(matrix_sizes const& m, T const* left, T const* right, T* y) {
    for (std::int64_t i = 0; i < m.rows; ++i) {
        T* row = y + i * m.columns;
        std::fill_n(row, m.columns, T(0));
        for (std::int64_t k = 0; k < m.depth; ++k) {
            T const a = m.left_transpose ? left[k * m.rows + i] : left[i * m.depth + k];
            if (m.right_transpose)
                for (std::int64_t j = 0; j < m.columns; ++j) row[j] += a * right[j * m.depth + k];
            else
                for (std::int64_t j = 0; j < m.columns; ++j) row[j] += a * right[k * m.columns + j];
        }
    }
}

} // namespace tpu_convert::kernel
