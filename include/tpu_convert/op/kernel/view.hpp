// Copies between strided views: what all movement operators come down to.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/shape.hpp>
#include <vector>

namespace tpu_convert::kernel {

// A loop nest over the same elements of several tensors: dims, and for each tensor its strides.
struct nest {
    shape dims;
    std::vector<shape> strides;
};

// Axes of size 1 dropped and neighbours joined where every tensor allows it; at least one axis is left.
nest merged(nest const& n);

// Strides of a dense operand of shape s as it is broadcast to `dims`: 0 along repeated axes.
shape broadcast_strides(shape const& s, shape const& dims);

// Calls f(offsets) for each position of the leading axes dims[0 .. axes), offsets of each tensor in elements.
template <class F>
void walk(nest const& n, std::size_t axes, F&& f) {
    std::vector<std::int64_t> at(axes, 0), offsets(n.strides.size(), 0);
    for (std::size_t i = 0; i < axes; ++i)
        if (n.dims[i] == 0) return;
    for (;;) {
        f(std::span<std::int64_t const>(offsets));
        std::size_t i = axes;
        for (; i-- > 0;) {
            for (std::size_t k = 0; k < offsets.size(); ++k) offsets[k] += n.strides[k][i];
            if (++at[i] < n.dims[i]) break;
            for (std::size_t k = 0; k < offsets.size(); ++k) offsets[k] -= n.strides[k][i] * n.dims[i];
            at[i] = 0;
        }
        if (i == static_cast<std::size_t>(-1)) return;
    }
}

template <class T>
void copy_row(T* to, std::int64_t to_stride, T const* from, std::int64_t from_stride, std::int64_t n) {
    if (to_stride == 1 && from_stride == 1) std::copy_n(from, n, to);
    else if (to_stride == 1 && from_stride == 0) std::fill_n(to, n, *from);
    else if (to_stride == 1 && from_stride == 2)
        for (std::int64_t i = 0; i < n; ++i) to[i] = from[2 * i];
    else
        for (std::int64_t i = 0; i < n; ++i) to[i * to_stride] = from[i * from_stride];
}

// Transposition in square tiles, so that both sides stay in cache: rows are contiguous in `from`, columns in `to`.
template <class T>
void transpose(T* to, std::int64_t to_stride, T const* from, std::int64_t from_stride, std::int64_t rows, std::int64_t columns) {
    constexpr std::int64_t tile = 16;
    for (std::int64_t r = 0; r < rows; r += tile)
        for (std::int64_t c = 0; c < columns; c += tile)
            for (std::int64_t i = r; i < std::min(r + tile, rows); ++i)
                for (std::int64_t j = c; j < std::min(c + tile, columns); ++j) to[i * to_stride + j] = from[i + j * from_stride];
}

// to[sum i_k to_strides_k] = from[sum i_k from_strides_k] for all positions i below dims.
template <class T>
void copy_view(shape const& dims, T* to, shape const& to_strides, T const* from, shape const& from_strides) {
    nest n = merged({dims, {to_strides, from_strides}});
    std::size_t const last = n.dims.size() - 1;
    if (n.strides[0][last] == 1 && n.strides[1][last] != 1)
        for (std::size_t i = 0; i < last; ++i) {
            if (n.strides[1][i] != 1) continue;
            for (auto* list : {&n.dims, &n.strides[0], &n.strides[1]}) std::rotate(list->begin() + static_cast<std::ptrdiff_t>(i),
                list->begin() + static_cast<std::ptrdiff_t>(i) + 1, list->begin() + static_cast<std::ptrdiff_t>(last));
            walk(n, last - 1, [&](auto at) {
                transpose(to + at[0], n.strides[0][last - 1], from + at[1], n.strides[1][last], n.dims[last - 1], n.dims[last]);
            });
            return;
        }
    walk(n, last, [&](auto at) { copy_row(to + at[0], n.strides[0][last], from + at[1], n.strides[1][last], n.dims[last]); });
}

} // namespace tpu_convert::kernel

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/kernel/view.inl>
#endif
