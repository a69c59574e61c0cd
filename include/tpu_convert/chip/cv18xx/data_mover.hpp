// Data movement on the CV18xx family: TDMA commands.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/arithmetic.hpp>
#include <tpu_convert/chip/cv18xx/emit/transfer.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <tpu_convert/schedule/data_mover.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct data_mover<Chip> {
    using out = program<Chip>;

    static void load(out& p, local_tensor const& to, view const& from, std::uint64_t base) {
        using namespace cv18xx_emit;
        transfer<Chip>(p, to.type, to.dims, local_side(to), global_side(from, base, to.type), {write_of<Chip>(to)});
    }
    static void store(out& p, view const& to, std::uint64_t base, local_tensor const& from) {
        using namespace cv18xx_emit;
        transfer<Chip>(p, from.type, from.dims, global_side(to, base, from.type), local_side(from), {read_of<Chip>(from)});
    }
    static void copy(out& p, dtype t, view const& to, std::uint64_t to_base, view const& from, std::uint64_t from_base) {
        using namespace cv18xx_emit;
        transfer<Chip>(p, t, to.dims, global_side(to, to_base, t), global_side(from, from_base, t), {});
    }
    static void fill(out& p, dtype t, view const& to, std::uint64_t base, std::uint32_t bits) {
        using namespace cv18xx_emit;
        transfer<Chip>::fill(p, t, to.dims, global_side(to, base, t), bits);
    }
    // Channels stay in their lanes.
    static local_tensor local_window(kernel_builder<Chip>& b, local_tensor const& from, box const& held, box const& wanted) {
        if (held == wanted) return from;
        local_tensor part = from;
        for (int i : {0, 2, 3}) part.address += (wanted.begin[i] - held.begin[i]) * from.strides[i] * from.bytes();
        part.dims = wanted.size, part.layout = local_layout::strided;
        local_tensor const made = b.scratch(wanted.size, from.type, from.layout);
        cv18xx_emit::copy(b, made, part);
        return made;
    }
    struct gather_addresses {
        std::uint64_t table, index, target;
    };
    static void gather(out&, dtype, gather_plan const&, gather_addresses) {
        throw model_error{error_code::lowering_missing, "Gather", "the chip has no gather command"};
    }
    static void scatter(out&, dtype, gather_plan const&, gather_addresses) {
        throw model_error{error_code::lowering_missing, "ScatterND", "the chip has no scatter command"};
    }
};

} // namespace tpu_convert
