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
        if (bytes_of(t) == 4) return copy_halves(p, to, to_base, from, from_base);
        transfer<Chip>(p, t, to.dims, global_side(to, to_base, t), global_side(from, from_base, t), {});
    }
    static void fill(out& p, dtype t, view const& to, std::uint64_t base, std::uint32_t bits) {
        using namespace cv18xx_emit;
        if (bytes_of(t) > 2)
            throw model_error{error_code::lowering_missing, "Pad",
                              "the chip fills elements of one or two bytes; keep this operator in BF16 (--quantize_table)"};
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
    // Elements of four bytes are two of two.
    static void copy_halves(out& p, view to, std::uint64_t to_base, view from, std::uint64_t from_base) {
        bool const runs = to.dims[3] == 1 || (to.strides[3] == 1 && from.strides[3] == 1);
        for (view* v : {&to, &from}) {
            if (!runs && v->dims[0] == 1) {
                for (int i : {0, 1, 2}) v->dims[i] = v->dims[i + 1], v->strides[i] = v->strides[i + 1];
                v->dims[3] = 1;
            }
            v->offset *= 2;
            for (auto& s : v->strides) s *= 2;
        }
        if (to.dims[3] > 1 && !runs) { // no axis is free
            std::int64_t const count = to.dims[0];
            to.dims[0] = from.dims[0] = 1;
            for (view* v : {&to, &from})
                for (auto& s : v->strides) s /= 2;
            to.offset /= 2, from.offset /= 2;
            for (std::int64_t i = 0; i < count; ++i, to.offset += to.strides[0], from.offset += from.strides[0])
                copy_halves(p, to, to_base, from, from_base);
            return;
        }
        for (view* v : {&to, &from}) v->dims[3] *= 2, v->strides[3] = 1;
        copy(p, dtype::u16, to, to_base, from, from_base);
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
