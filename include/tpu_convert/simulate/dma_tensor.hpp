// DMA of tensors: copy, transpose of n and c, broadcast to lanes, collect and distribute over lanes.
#pragma once
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/dma_side.hpp>
#include <tpu_convert/simulate/rows.hpp>

namespace tpu_convert::simulate {

struct dma_tensor_command {
    unsigned function = 0; // 0 copy, 1 transpose, 2 collect, 3 broadcast, 4 distribute
    precision type = precision::i8;
    bool strided = false, same_shape = false, fill = false;
    std::uint32_t constant = 0;
    std::uint64_t source = 0, target = 0;
    extent4 source_size, target_size;
    stride4 source_stride, target_stride;
    lane_mask mask = ~lane_mask{0};
    dma_windows windows;
};

void run_dma_tensor(machine_memory& m, dma_tensor_command c);

template <class Chip, class Command>
dma_tensor_command read_dma_tensor(Command const& c) {
    auto const u = [](std::uint64_t v) { return static_cast<std::uint32_t>(v); };
    dma_tensor_command r;
    r.function = u(c.template get<"cmd_special_function">());
    r.type = checked_precision(c.template get<"src_data_format">());
    r.strided = c.template get<"stride_enable">(), r.same_shape = c.template get<"nchw_copy">();
    r.fill = c.template get<"fill_constant_en">(), r.constant = u(c.template get<"constant_value">());
    r.source = c.template get<"src_start_addr_l32">() | c.template get<"src_start_addr_h8">() << 32;
    r.target = c.template get<"dst_start_addr_l32">() | c.template get<"dst_start_addr_h8">() << 32;
    r.source_size = {u(c.template get<"src_nsize">()), u(c.template get<"src_csize">()), u(c.template get<"src_hsize">()),
                     u(c.template get<"src_wsize">())};
    r.target_size = {u(c.template get<"dst_nsize">()), u(c.template get<"dst_csize">()), u(c.template get<"dst_hsize">()),
                     u(c.template get<"dst_wsize">())};
    r.source_stride = {c.template get<"src_nstride">(), c.template get<"src_cstride">(), c.template get<"src_hstride">(),
                       c.template get<"src_wstride">()};
    r.target_stride = {c.template get<"dst_nstride">(), c.template get<"dst_cstride">(), c.template get<"dst_hstride">(),
                       c.template get<"dst_wstride">()};
    r.mask = c.template get<"localmem_mask_l32">() | c.template get<"localmem_mask_h32">() << 32;
    r.windows = windows_of<Chip>();
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/dma_tensor.inl>
#endif
