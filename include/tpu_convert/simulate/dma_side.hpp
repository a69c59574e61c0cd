// One side of a DMA movement: a grid of elements in local, static or global memory, walked row by row.
#pragma once
#include <cstddef>
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/memory.hpp>
#include <tpu_convert/simulate/operand.hpp>

namespace tpu_convert::simulate {

// Where the address windows of DMA commands begin.
struct dma_windows {
    std::uint64_t local_base = 0, fixed_base = 0, fixed_end = 0;
};

template <class Chip>
constexpr dma_windows windows_of() {
    return {Chip::local_base, Chip::static_base, Chip::static_base + Chip::static_bytes};
}

struct dma_side {
    footprint where;
    std::byte* base = nullptr; // of local memory, of static memory, or of the first element in global memory
};

// Strides in elements of `bytes`; the address is as the command holds it.
dma_side make_side(dma_windows const& windows, memory_sizes const& m, std::uint64_t address, std::uint32_t bytes,
                   extent4 const& size, stride4 const& stride);
// Checks and declares the access.
void open_source(machine_memory& m, dma_side& s);
void open_target(machine_memory& m, dma_side& s);

inline std::byte* row_of(dma_side const& s, memory_sizes const& m, std::uint64_t n, std::uint64_t c, std::uint64_t h) {
    footprint const& f = s.where;
    if (f.where != space::local) return s.base + n * f.n_stride + c * f.c_stride + h * f.h_stride;
    std::uint64_t const q = f.address / m.lane_bytes + c;
    return s.base + q % m.lanes * m.lane_bytes + f.address % m.lane_bytes + n * f.n_stride + q / m.lanes * f.c_stride +
           h * f.h_stride;
}

// A cleared bit protects that lane from being written.
using lane_mask = std::uint64_t;

// Walks the rows of a side in order n, c, h.
class row_walk {
public:
    row_walk(dma_side const& s, memory_sizes const& m) : s_(s), m_(m), at_(row_of(s, m, 0, 0, 0)) {}
    std::byte* at() const { return at_ + w_ * s_.where.w_stride; }
    std::uint64_t left() const { return s_.where.w - w_; }
    bool writable(lane_mask mask) const {
        return s_.where.where != space::local || (mask >> (s_.where.address / m_.lane_bytes + c_) % m_.lanes & 1);
    }
    void advance(std::uint64_t count) {
        w_ += count;
        if (w_ < s_.where.w) return;
        w_ = 0;
        if (++h_ == s_.where.h) {
            h_ = 0;
            if (++c_ == s_.where.c) c_ = 0, ++n_;
        }
        if (n_ < s_.where.n) at_ = row_of(s_, m_, n_, c_, h_);
    }

private:
    dma_side const& s_;
    memory_sizes const& m_;
    std::byte* at_;
    std::uint64_t w_ = 0;
    std::uint32_t n_ = 0, c_ = 0, h_ = 0;
};

namespace detail {

// Steps in bytes; a step of 0 on the source repeats one element.
void copy_row(std::byte* to, std::uint64_t to_step, std::byte const* from, std::uint64_t from_step, std::uint64_t count,
              std::uint32_t bytes);

} // namespace detail

// Elements in order from one side to the other; the counts are equal.
void move_elements(machine_memory& m, dma_side const& from, dma_side const& to, lane_mask mask);
// (n, c, h, w) to (c, n, h, w).
void move_transposed(machine_memory& m, dma_side const& from, dma_side const& to, lane_mask mask);
void fill_elements(machine_memory& m, dma_side const& to, std::uint32_t value, lane_mask mask);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/dma_side.inl>
#endif
