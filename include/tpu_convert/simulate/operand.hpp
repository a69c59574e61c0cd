// Tensors in local memory as TIU commands see them: layouts by code, and walks over the rows of several operands at once.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/memory.hpp>

namespace tpu_convert::simulate {

struct extent4 {
    std::uint32_t n = 1, c = 1, h = 1, w = 1;
};

// In elements.
struct stride4 {
    std::uint64_t n = 0, c = 0, h = 0, w = 0;
};

struct local_operand {
    std::uint64_t address = 0;
    std::uint32_t bytes = 1; // of an element
    extent4 size;
    stride4 stride;

    footprint covers() const {
        return {space::local,     address,          bytes,           size.n, size.c, size.h, size.w, stride.n * bytes,
                stride.c * bytes, stride.h * bytes, stride.w * bytes};
    }
};

constexpr std::uint64_t round_up(std::uint64_t v, std::uint64_t to) { return (v + to - 1) / to * to; }

// Rows of channels that a lane holds when channel 0 is in the operand's start lane.
constexpr std::uint64_t channel_rows(std::uint64_t address, std::uint32_t c, memory_sizes const& m) {
    return (address / m.lane_bytes + c + m.lanes - 1) / m.lanes;
}

enum class layout_code : unsigned { aligned = 0, compact = 1, per_channel = 2, free = 3, shared = 4, row_aligned = 6 };

constexpr stride4 packed_strides(std::uint64_t address, extent4 const& s, std::uint32_t bytes, memory_sizes const& m,
                                 bool aligned) {
    std::uint64_t const plane = std::uint64_t{s.h} * s.w, unit = m.vector_bytes / bytes;
    std::uint64_t const c = aligned ? round_up(plane, unit) : plane;
    return {c * channel_rows(address, s.c, m), c, s.w, 1};
}

constexpr stride4 row_aligned_strides(std::uint64_t address, extent4 const& s, std::uint32_t bytes, memory_sizes const& m) {
    std::uint64_t const h = round_up(s.w, m.vector_bytes / bytes), c = h * s.h;
    return {c * channel_rows(address, s.c, m), c, h, 1};
}

// The layout with code `code`; `given` are the strides of the command's fields, for code 3.
constexpr stride4 strides_by_code(unsigned code, std::uint64_t address, extent4 const& s, std::uint32_t bytes,
                                  memory_sizes const& m, stride4 const& given = {}) {
    switch (static_cast<layout_code>(code)) {
    case layout_code::aligned:
        return packed_strides(address, s, bytes, m, true);
    case layout_code::compact:
        return packed_strides(address, s, bytes, m, false);
    case layout_code::per_channel:
        return {0, 1, 0, 0};
    case layout_code::free:
        return given;
    case layout_code::shared:
        return {0, 0, round_up(s.w, m.vector_bytes / bytes), 1};
    case layout_code::row_aligned:
        return row_aligned_strides(address, s, bytes, m);
    }
    throw model_error{error_code::machine_fault, "",
                      "an operand has layout code " + std::to_string(code) + ", which the chip does not have"};
}

// Byte address of (n, c, 0, 0) in the operand's lane.
inline std::byte* row_start(machine_memory& m, local_operand const& o, std::uint32_t n, std::uint32_t c) {
    auto const& s = m.sizes();
    std::uint64_t const q = o.address / s.lane_bytes + c;
    return m.local() + q % s.lanes * s.lane_bytes + o.address % s.lane_bytes +
           o.bytes * (n * o.stride.n + q / s.lanes * o.stride.c);
}

// Calls visit(pointers, count, n, c) for stretches of elements whose step in operand k is operands[k].stride.w elements. Planes
// without gaps come in one piece.
template <std::size_t K, class F>
void for_each_stretch(machine_memory& m, std::array<local_operand const*, K> const& operands, F&& visit) {
    extent4 const s = operands[0]->size;
    bool merge = true;
    for (auto const* o : operands) merge = merge && (s.h == 1 || o->stride.h == o->stride.w * s.w);
    std::uint32_t const rows = merge ? 1 : s.h;
    std::uint64_t const count = merge ? std::uint64_t{s.h} * s.w : s.w;
    for (std::uint32_t n = 0; n < s.n; ++n)
        for (std::uint32_t c = 0; c < s.c; ++c) {
            std::array<std::byte*, K> at;
            for (std::size_t k = 0; k < K; ++k) at[k] = row_start(m, *operands[k], n, c);
            for (std::uint32_t h = 0; h < rows; ++h) {
                visit(at, count, n, c);
                for (std::size_t k = 0; k < K; ++k) at[k] += operands[k]->stride.h * operands[k]->bytes;
            }
        }
}

} // namespace tpu_convert::simulate
