// The command buffer of a .cvimodel: records of both engines in one sequence, each an 8-byte head and a descriptor.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/isa/engine.hpp>
#include <vector>

namespace tpu_convert::cv18xx {

struct record_sizes {
    std::uint8_t magic = 0;
    std::size_t tiu_bytes = 0, tdma_bytes = 0;
};

// Descriptors of each engine, and the engines in the order of the records.
struct command_buffer {
    std::vector<std::byte> tiu, gdma;
    std::vector<isa::engine> order;
};

command_buffer split_records(std::span<std::byte const> bytes, record_sizes const& sizes);
std::vector<std::byte> join_records(command_buffer const& buffer, record_sizes const& sizes);

template <class Chip>
constexpr record_sizes record_sizes_of() {
    return {Chip::record_magic, Chip::commands::conv::bytes, Chip::commands::tdma::bytes};
}

} // namespace tpu_convert::cv18xx

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/cv18xx/command_buffer.inl>
#endif
