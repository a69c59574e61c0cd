// Compressed weights of the CV18xx: blocks of 16 bytes in Golomb-Rice codes of an order that each block chooses.
#pragma once
#include <cstddef>
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/memory.hpp>
#include <vector>

namespace tpu_convert::simulate {

// The first `count` bytes of what lies compressed at an address of global memory.
std::vector<std::uint8_t> unpacked_bytes(machine_memory& m, std::uint64_t address, std::size_t count);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/cv_unpack.inl>
#endif
