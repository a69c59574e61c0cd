// Weights in the layouts that commands want.
#pragma once
#include <memory>
#include <tpu_convert/chip/bm1684x/emit/operand.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/lower/packed_weights.hpp>

namespace tpu_convert::bm1684x_lowering {

// Filters [oc][ic][kh][kw] as rows of one output channel: [ceil(ic / P)][kh * kw][P], P = ic_parallel, zeros where ic ends.
inline packed_bytes pack_filters(tensor const& w, std::int64_t oc, std::int64_t ic, std::int64_t taps, dtype t) {
    std::int64_t const p = bm1684x::ic_parallel(t), groups = (ic + p - 1) / p, row = groups * taps * p;
    std::size_t const size = bytes_of(t);
    auto bytes = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(oc * row) * size);
    for (std::int64_t o = 0; o < oc; ++o)
        for (std::int64_t i = 0; i < ic; ++i)
            for (std::int64_t k = 0; k < taps; ++k) {
                std::int64_t const at = o * row + ((i / p) * taps + k) * p + i % p;
                put(bytes->data() + static_cast<std::size_t>(at) * size, w[(o * ic + i) * taps + k], t);
            }
    return bytes;
}

// A right matrix [K, N] ([N, K] if transposed) as 1x1 filters, one for each column.
inline packed_bytes pack_columns(tensor const& right, std::int64_t columns, std::int64_t depth, bool transposed, dtype t) {
    if (transposed) return pack_filters(right, columns, depth, 1, t);
    tensor filters({columns, depth});
    for (std::int64_t n = 0; n < columns; ++n)
        for (std::int64_t k = 0; k < depth; ++k) filters[n * depth + k] = right[k * columns + n];
    return pack_filters(filters, columns, depth, 1, t);
}

} // namespace tpu_convert::bm1684x_lowering
