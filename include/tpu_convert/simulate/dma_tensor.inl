// The functions of the tensor DMA.
#pragma once
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/dma_tensor.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE stride4 dense_dma_strides(dma_tensor_command const& c, std::uint64_t address, extent4 const& s,
                                             memory_sizes const& m) {
    std::uint64_t const local_end = c.windows.local_base + std::uint64_t{m.lanes} * m.lane_bytes;
    std::uint64_t const plane = std::uint64_t{s.h} * s.w;
    if (address < c.windows.local_base || address >= local_end) return {plane * s.c, plane, s.w, 1};
    return packed_strides(address - c.windows.local_base, s, bytes_of(c.type), m, true);
}

} // namespace detail

TPU_CONVERT_INLINE void run_dma_tensor(machine_memory& m, dma_tensor_command c) {
    if (c.function > 4)
        throw model_error{error_code::machine_fault, "DMA_tensor",
                          "the machine does not execute function " + std::to_string(c.function)};
    extent4 const& s = c.source_size;
    if (c.same_shape && c.function != 3) c.target_size = c.function == 1 ? extent4{s.c, s.n, s.h, s.w} : s;
    if (c.function == 3) { // a broadcast looks at the bit of its first lane alone
        std::uint64_t const lane = (c.target - c.windows.local_base) / m.sizes().lane_bytes;
        c.mask = lane < 64 && (c.mask >> lane & 1) ? ~lane_mask{0} : 0;
    }
    if (c.function == 3) c.target_size = {s.n, c.target_size.c, s.h, s.w};
    if (!c.strided) {
        c.source_stride = detail::dense_dma_strides(c, c.source, c.source_size, m.sizes());
        c.target_stride = detail::dense_dma_strides(c, c.target, c.target_size, m.sizes());
    }
    if (c.function != 0) c.source_stride.w = c.target_stride.w = 1;
    std::uint32_t const bytes = bytes_of(c.type);
    dma_side target = make_side(c.windows, m.sizes(), c.target, bytes, c.target_size, c.target_stride);
    if (c.fill) {
        open_target(m, target);
        return fill_elements(m, target, c.constant, c.mask);
    }
    dma_side source = make_side(c.windows, m.sizes(), c.source, bytes, c.source_size, c.source_stride);
    if (c.function == 3) source.where.c = c.target_size.c, source.where.c_stride = 0;
    open_source(m, source), open_target(m, target);
    (c.function == 1 ? move_transposed : move_elements)(m, source, target, c.mask);
}

} // namespace tpu_convert::simulate
