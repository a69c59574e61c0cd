// What the chips of the CV18xx family share: lanes of 32 KiB with 16-byte units, addresses, and how commands are told apart.
#pragma once
#include <concepts>
#include <cstdint>
#include <tpu_convert/chip/concepts.hpp>
#include <tpu_convert/chip/cv18xx/commands/forward.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/isa/engine.hpp>

namespace tpu_convert {

struct cv18xx_rules;

struct cv18xx_generation {
    static constexpr std::int64_t cores = 1;
    static constexpr model_container container = model_container::cvimodel;

    using integer_rules = cv18xx_rules;
    static constexpr bool computes_in(dtype t) { return t == dtype::bf16; }
    static constexpr dtype precision_beside_integers = dtype::bf16;
    static constexpr bool has_zero_points = false;
    static constexpr std::int64_t lane_memory_bytes = 32 * 1024;
    static constexpr std::int64_t banks = 8;
    static constexpr std::int64_t bank_bytes = lane_memory_bytes / banks;
    static constexpr std::int64_t eu_bytes = 16; // width of a lane's vector unit, alignment of aligned tensors

    // Commands hold addresses of local memory as lane * lane_memory_bytes + offset. Addresses of global memory have the number of
    // a region (a base register) in bits 40 to 42.
    static constexpr std::uint64_t static_bytes = 0; // there is no table memory
    static constexpr std::uint64_t global_alignment = 16;
    static constexpr unsigned region_shift = 40;
    struct region {
        static constexpr unsigned shared = 0, weights = 1, own = 2, first_io = 3, count = 8;
    };
    static constexpr std::uint64_t weights_address = std::uint64_t{region::weights} << region_shift;
    static constexpr std::uint64_t activations_address(std::uint64_t) { return std::uint64_t{region::own} << region_shift; }

    static constexpr std::int64_t elements_per_lane(dtype t) { return eu_bytes / static_cast<std::int64_t>(bytes_of(t)); }
    static constexpr std::int64_t ic_parallel(dtype t) { return bytes_of(t) == 1 ? 2 : 1; }

    // How the chips' image units store images: bytes that rows and planes are rounded up to.
    static constexpr std::int64_t image_row_bytes = 64, image_plane_bytes = 64;

    struct layout {
        static constexpr unsigned aligned = 0, compact = 1, per_channel = 2, free = 3;
    };
    struct element_format { // of the fields src_fmt and dst_fmt
        static constexpr unsigned eight_bits = 1, bf16 = 2;
    };
    struct direction { // of the field trans_dir
        static constexpr unsigned load = 0, store = 1, global = 2, local = 3;
    };
    static constexpr unsigned command_id_bits = 16;
};

template <class T>
concept cv18xx_chip = std::derived_from<T, cv18xx_generation>;

// CV182x, CV181x and CV180x.
struct cv182x_generation : cv18xx_generation {
    using commands = cv182x_layout::command_names;
    using tiu_commands = commands::tiu_commands;
    using gdma_commands = commands::gdma_commands;
    static constexpr std::uint64_t global_base = 0;
    static constexpr std::int64_t most_stride = 31; // of windows
    struct stream_rules {
        static constexpr isa::selector tiu{{{{5, 4}, {9, 5}}}};
        static constexpr isa::selector gdma{{{{32, 3}}}};
    };
};

} // namespace tpu_convert
