// The BM1684X: resources, address map, codes and the lists of its commands.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/chip/bm1684x/commands/forward.hpp>
#include <tpu_convert/chip/concepts.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/isa/engine.hpp>

namespace tpu_convert {

struct bm168x_rules;

struct bm1684x {
    static constexpr std::string_view name = "bm1684x", file_name = "BM1684X";
    static constexpr std::int64_t cores = 1;
    static constexpr model_container container = model_container::bmodel;

    using integer_rules = bm168x_rules;
    static constexpr bool computes_in(dtype t) { return t == dtype::f32 || t == dtype::f16 || t == dtype::bf16; }
    static constexpr dtype precision_beside_integers = dtype::f16;
    static constexpr bool has_zero_points = true;

    // Local memory: `lanes` slices, each of `banks` banks.
    static constexpr std::int64_t lanes = 64;
    static constexpr std::int64_t lane_memory_bytes = 256 * 1024;
    static constexpr std::int64_t banks = 16;
    static constexpr std::int64_t bank_bytes = lane_memory_bytes / banks;
    static constexpr std::int64_t eu_bytes = 64; // width of a lane's vector unit, alignment of aligned tensors
    static constexpr std::int64_t local_memory_bytes = lanes * lane_memory_bytes;

    // Address map as DMA commands see it. TIU commands hold offsets from local_base.
    static constexpr std::uint64_t local_base = 0x0800'0000;
    static constexpr std::uint64_t static_base = 0x0900'0000;
    static constexpr std::uint64_t static_bytes = 16 * 1024;
    static constexpr std::uint64_t l2_base = 0x1000'0000;
    static constexpr std::uint64_t l2_bytes = 0x1F'B000;
    static constexpr std::uint64_t global_base = 0x1'0000'0000;
    static constexpr std::uint64_t global_alignment = 4096; // of weights and tensors
    static constexpr unsigned global_address_bits = 40;
    static constexpr std::uint64_t weights_address = global_base;
    static constexpr std::uint64_t activations_address(std::uint64_t weight_bytes) {
        return global_base + (weight_bytes + global_alignment - 1) / global_alignment * global_alignment;
    }

    // Offsets of tables in static memory, in bytes.
    struct static_tables {
        static constexpr std::uint32_t exp_table = 0, exp_taylor = 1024, log_taylor = 1152, erf_taylor = 1408;
        static constexpr std::uint32_t serial_i32 = 1472, sin = 1728, cos = 1856, arcsin = 1984, tan = 2240;
        static constexpr std::uint32_t exp_f16 = 2368, exp_bf16 = 2432, log_f16 = 2496, log_bf16 = 2560;
        static constexpr std::uint32_t sin_f16 = 2624, sin_bf16 = 2688, cos_f16 = 2752, cos_bf16 = 2816, arctan = 2880;
        static constexpr std::uint32_t end = 3008;
    };

    // Timing.
    static constexpr double tiu_hertz = 1e9, gdma_hertz = 1e9;

    // Elements that one lane handles in a cycle.
    static constexpr std::int64_t elements_per_lane(dtype t) { return eu_bytes / static_cast<std::int64_t>(bytes_of(t)); }
    // Input channels that the multiplier array takes at once; convolution weights interleave as many.
    static constexpr std::int64_t ic_parallel(dtype t) { return bytes_of(t) == 4 ? 1 : elements_per_lane(t); }
    static constexpr std::int64_t macs_per_cycle(dtype t) {
        return bytes_of(t) == 4 ? 1024 : bytes_of(t) == 2 ? 8192 : 16384;
    }

    // Codes of the fields *_prec and src_data_format.
    struct precision {
        static constexpr unsigned i8 = 0, f16 = 1, f32 = 2, i16 = 3, i32 = 4, bf16 = 5, i4 = 6;
    };
    static constexpr unsigned precision_of(dtype t) {
        switch (t) {
        case dtype::f16: return precision::f16;
        case dtype::bf16: return precision::bf16;
        case dtype::i8:
        case dtype::u8:
        case dtype::boolean: return precision::i8;
        case dtype::i16:
        case dtype::u16: return precision::i16;
        case dtype::i32:
        case dtype::u32: return precision::i32;
        default: return precision::f32;
        }
    }
    // Codes of the fields *_str of short commands.
    struct layout {
        static constexpr unsigned aligned = 0, compact = 1, per_channel = 2, free = 3, shared = 4;
    };

    using commands = bm1684x_layout::command_names;
    using tiu_commands = commands::tiu_commands;
    using gdma_commands = commands::gdma_commands;

    // What tells commands apart, what ends a stream, and how it is padded.
    struct stream_rules {
        static constexpr isa::selector tiu{{{{0, 1}, {41, 4}, {45, 5}}}};
        static constexpr isa::selector gdma{{{{3, 1}, {32, 4}, {36, 3}}}};
        using tiu_end = commands::sys;
        using gdma_end = commands::dma_sys;
        static constexpr std::string_view tiu_end_op = "sys.end", gdma_end_op = "dma.sys.end";
        static constexpr std::int64_t alignment = 128;
    };
    static constexpr unsigned command_id_bits = 20;
};

static_assert(chip<bm1684x>);

} // namespace tpu_convert
