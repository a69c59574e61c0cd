// Sums, means, limits, norms and products of bf16 along axes.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/interpolation.hpp>
#include <tpu_convert/chip/cv18xx/lowering/reduced_axes.hpp>
#include <tpu_convert/chip/cv18xx/lowering/table_operand.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/reduce.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::reduce, Chip> {
    static kernel_plan<Chip> plan(op::reduce::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        auto p = reducing_plan<Chip>(
            c, tpu_convert::detail::axis_set(op::reduce::name, a.axes, c.operands[0]->dims.size()), 1);
        if (a.mode == reduce_mode::l2) add_tables(p, tabulate([](void const*, double x) { return std::sqrt(x); }, nullptr));
        p.emit = [mode = a.mode](kernel_builder<Chip>& b, tile const& t) {
            local_tensor const &x = t.inputs[0], &y = t.outputs[0];
            if (mode == reduce_mode::max) return largest_of_plane(b, y, x);
            if (mode == reduce_mode::min) return smallest(b, y, x);
            if (mode == reduce_mode::prod) return multiply(b, y, x);
            if (mode == reduce_mode::l1) return of_changed(b, y, x, [&](auto const& z) { absolute(b, z, x); });
            if (mode == reduce_mode::sum) return sum_plane(b, y, x, 1);
            if (mode == reduce_mode::mean) return sum_plane(b, y, x, 1.0 / static_cast<double>(x.dims[2] * x.dims[3]));
            local_tensor const sum = b.scratch(y.dims, y.type);
            of_changed(b, sum, x, [&](auto const& z) { cv18xx_emit::with_tensor<"tensor.mul">(b, z, x, x); });
            cv18xx_emit::by_exponent<"tensor.mul">(b, y, sum, t.inputs[1]);
        };
        return p;
    }

private:
    static local_tensor like(kernel_builder<Chip>& b, local_tensor const& x) { return b.scratch(x.dims, x.type, x.layout); }
    template <class Change>
    static void of_changed(kernel_builder<Chip>& b, local_tensor const& y, local_tensor const& x, Change change) {
        local_tensor const changed = like(b, x);
        change(changed);
        cv18xx_lowering::sum_plane(b, y, changed, 1);
    }
    static void absolute(kernel_builder<Chip>& b, local_tensor const& z, local_tensor const& x) {
        cv18xx_emit::with_constant<"tensor.mul">(b, z, x, -1);
        cv18xx_emit::with_tensor<"tensor.max">(b, z, z, x);
    }
    static void smallest(kernel_builder<Chip>& b, local_tensor const& y, local_tensor const& x) {
        local_tensor const minus = like(b, x);
        cv18xx_emit::with_constant<"tensor.mul">(b, minus, x, -1);
        cv18xx_lowering::largest_of_plane(b, y, minus);
        cv18xx_emit::with_constant<"tensor.mul">(b, y, y, -1);
    }
    // The second half is multiplied into the first, again and again.
    static void multiply(kernel_builder<Chip>& b, local_tensor const& y, local_tensor const& x) {
        local_tensor const all = like(b, x);
        cv18xx_emit::copy(b, all, x);
        local_tensor left = all;
        for (std::size_t axis : {2, 3})
            while (left.dims[axis] > 1) {
                std::int64_t const whole = left.dims[axis], half = whole / 2;
                local_tensor const first = cv18xx_emit::part_of(left, axis, 0, 1, half);
                cv18xx_emit::with_tensor<"tensor.mul">(b, first, first,
                                                       cv18xx_emit::part_of(left, axis, whole - half, 1, half));
                left = cv18xx_emit::part_of(left, axis, 0, 1, whole - half);
            }
        cv18xx_emit::copy(b, y, left);
    }
};

} // namespace tpu_convert
