#pragma once
#include <tpu_convert/chip/bm1684x/emit/reduce.hpp>

namespace tpu_convert::bm1684x_emit {

namespace detail {

inline window window_over(dims4 const& d, reduced_axes axes) {
    window w;
    if (axes.h) w.kernel_h = d[2];
    if (axes.w) w.kernel_w = d[3];
    return w;
}

// The largest divisor of n up to its root.
inline std::int64_t middle_divisor(std::int64_t n) {
    std::int64_t best = 1;
    for (std::int64_t d = 2; d * d <= n; ++d)
        if (n % d == 0) best = d;
    return best;
}

// Windows on consecutive elements along h or w.
inline local_tensor part_of(local_tensor const& t, bool along_h, std::int64_t first, std::int64_t count) {
    return along_h ? rows_of(t, first, count) : columns_of(t, first, count);
}

} // namespace detail

TPU_CONVERT_INLINE void reduce_max(builder& b, local_tensor const& dst, local_tensor const& x, reduced_axes axes) {
    max_pool(b, dst, x, detail::window_over(x.dims, axes));
}

// Where rows are contiguous the sum goes in two steps, which loses fewer bits of long rows.
TPU_CONVERT_INLINE void reduce_sum(builder& b, local_tensor const& dst, local_tensor const& x, reduced_axes axes, double factor) {
    constexpr std::int64_t long_row = 64;
    std::int64_t const length = axes.length(x.dims), outer = detail::middle_divisor(length);
    bool const contiguous = axes.w && (axes.h || x.dims[2] == 1);
    if (!contiguous || length < long_row || outer < 4 || outer > length / 4) {
        sum_pool(b, dst, x, detail::window_over(x.dims, axes), factor);
        return;
    }
    auto const mark = b.mark();
    dims4 const folded{x.dims[0], x.dims[1], outer, length / outer};
    local_tensor const y = make_local<bm1684x>(x.address, folded, x.type);
    local_tensor const partial = b.scratch({x.dims[0], x.dims[1], outer, 1}, x.type);
    sum_pool(b, partial, y, detail::window_over(folded, {false, true}), 1);
    sum_pool(b, dst, partial, detail::window_over(partial.dims, {true, false}), factor);
    b.release(mark);
}

TPU_CONVERT_INLINE void reduce_product(builder& b, local_tensor const& dst, local_tensor const& x, reduced_axes axes) {
    local_tensor left = strided(x);
    for (bool const along_h : {false, true}) {
        if (along_h ? !axes.h : !axes.w) continue;
        std::int64_t length = left.dims[along_h ? 2 : 3];
        while (length > 1) {
            std::int64_t const half = length / 2;
            local_tensor const front = detail::part_of(left, along_h, 0, half);
            mul(b, front, front, detail::part_of(left, along_h, length - half, half));
            length -= half;
        }
        left = detail::part_of(left, along_h, 0, 1);
    }
    copy(b, dst, left);
}

// After step s each element holds the sum of the last 2 s elements up to it.
TPU_CONVERT_INLINE void running_sum(builder& b, local_tensor const& dst, local_tensor const& x, local_tensor const& spare,
                                    reduced_axes axes) {
    bool const along_h = axes.h;
    std::int64_t const length = axes.length(x.dims);
    local_tensor from = x, to = spare;
    for (std::int64_t s = 1; s < length; s *= 2) {
        using detail::part_of;
        add(b, part_of(to, along_h, s, length - s), part_of(from, along_h, s, length - s), part_of(from, along_h, 0, length - s));
        copy(b, part_of(to, along_h, 0, s), part_of(from, along_h, 0, s));
        std::swap(from, to);
    }
    copy(b, dst, from);
}

} // namespace tpu_convert::bm1684x_emit
