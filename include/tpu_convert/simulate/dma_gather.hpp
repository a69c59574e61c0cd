// DMA gather and scatter of rows along h by a list of indices.
#pragma once
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/dma_side.hpp>
#include <tpu_convert/simulate/rows.hpp>

namespace tpu_convert::simulate {

struct dma_gather_command {
    bool scatter = false, strided = true;
    precision type = precision::i8;
    std::uint32_t constant = 0; // gathered where the index is out of range
    std::uint64_t source = 0, target = 0, index = 0;
    extent4 source_size, target_size, index_size;
    stride4 source_stride, target_stride, index_stride;
    dma_windows windows;
};

void run_dma_gather(machine_memory& m, dma_gather_command const& c);

template <class Chip, class Command>
dma_gather_command read_dma_gather(Command const& c, bool scatter) {
    auto const u = [](std::uint64_t v) { return static_cast<std::uint32_t>(v); };
    dma_gather_command r;
    r.scatter = scatter, r.strided = c.template get<"stride_enable">();
    r.type = checked_precision(c.template get<"src_data_format">());
    r.constant = u(c.template get<"constant_value">());
    r.source = c.template get<"src_start_addr_l32">() | c.template get<"src_start_addr_h8">() << 32;
    r.target = c.template get<"dst_start_addr_l32">() | c.template get<"dst_start_addr_h8">() << 32;
    r.index = c.template get<"index_start_addr_l32">() | c.template get<"index_start_addr_h8">() << 32;
    r.source_size = {1, u(c.template get<"src_csize">()), u(c.template get<"src_hsize">()), u(c.template get<"src_wsize">())};
    r.target_size = {1, u(c.template get<"dst_csize">()), u(c.template get<"dst_hsize">()), u(c.template get<"dst_wsize">())};
    r.index_size = {1, u(c.template get<"index_csize">()), u(c.template get<"index_hsize">()), 1};
    r.source_stride = {0, c.template get<"src_cstride">(), c.template get<"src_hstride">(), 1};
    r.target_stride = {0, c.template get<"dst_cstride">(), c.template get<"dst_hstride">(), 1};
    r.index_stride = {0, c.template get<"index_cstride">(), c.template get<"index_hstride">(), 1};
    r.windows = windows_of<Chip>();
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/dma_gather.inl>
#endif
