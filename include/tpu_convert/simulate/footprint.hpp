// The bytes that one operand of a command covers: a four-dimensional grid of elements in one of the machine's memories.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace tpu_convert::simulate {

enum class space : std::uint8_t { local, fixed, global };

// Strides are in bytes and not negative. In local memory, channel c lies in lane (start lane + c) mod lanes at row (start lane
// + c) div lanes, and the channel stride goes from row to row; elsewhere the address is linear in all four.
struct footprint {
    space where = space::local;
    std::uint64_t address = 0; // local: lane * lane bytes + offset in the lane; fixed: offset; global: address as in the file
    std::uint32_t bytes = 1;   // of one element
    std::uint32_t n = 1, c = 1, h = 1, w = 1;
    std::uint64_t n_stride = 0, c_stride = 0, h_stride = 0, w_stride = 0;

    bool empty() const { return n == 0 || c == 0 || h == 0 || w == 0 || bytes == 0; }
};

// Contiguous runs of a footprint inside one (n, channel): `count` runs of `bytes`, `stride` apart.
struct run_pattern {
    std::uint64_t bytes, count, stride; // innermost
    std::uint64_t outer_count, outer_stride;
};

// Dimensions that touch each other are merged, broadcast ones (stride 0) count once.
constexpr run_pattern pattern_of(footprint const& f) {
    run_pattern p{f.bytes, 1, 0, 1, 0};
    std::array<std::array<std::uint64_t, 2>, 2> const dims{{{f.w, f.w_stride}, {f.h, f.h_stride}}};
    for (auto const& [count, stride] : dims) {
        if (count == 1 || stride == 0) continue;
        if (p.count == 1 && p.outer_count == 1 && stride == p.bytes)
            p.bytes *= count;
        else if (p.count == 1)
            p.count = count, p.stride = stride;
        else
            p.outer_count = count, p.outer_stride = stride;
    }
    return p;
}

// Bytes from the first to one past the last of one (n, channel).
constexpr std::uint64_t plane_extent(footprint const& f) { return (f.h - 1) * f.h_stride + (f.w - 1) * f.w_stride + f.bytes; }

} // namespace tpu_convert::simulate
