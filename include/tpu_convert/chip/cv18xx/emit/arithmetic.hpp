// Element-wise commands on 8-bit integers and on bf16.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/cv18xx/commands.hpp>
#include <tpu_convert/chip/cv18xx/emit/operand.hpp>
#include <tpu_convert/core/fixed_string.hpp>
#include <tpu_convert/op/fused_relu.hpp>

namespace tpu_convert::cv18xx_emit {

namespace detail {

// Of all operands, used or not: the old result of a sum is read by those of the third.
template <class Command>
void set_sizes(Command& c, dims4 const& d) {
    c.template set<"opd1_n">(d[0]), c.template set<"opd1_c">(d[1]), c.template set<"opd1_h">(d[2]);
    c.template set<"opd1_w">(d[3]), c.template set<"opd2_n">(d[0]), c.template set<"opd2_c">(d[1]);
    c.template set<"opd2_h">(d[2]), c.template set<"opd2_w">(d[3]);
    c.template set<"short_opd1_str">(cv18xx_generation::layout::free);
    c.template set<"short_opd2_str">(cv18xx_generation::layout::free);
}

template <class Chip, fixed_string Op>
typename Chip::commands::tensor element_command(local_tensor const& dst, local_tensor const& x, unsigned operands) {
    typename Chip::commands::tensor c;
    c.template select<Op>();
    set_types(c, dst.type), set_result(c, dst), set_first(c, broadcast_to(x, dst.dims));
    c.template set<"tsk_opd_num">(operands);
    set_sizes(c, dst.dims);
    return c;
}

} // namespace detail

template <class Chip>
void copy(builder<Chip>& b, local_tensor const& dst, local_tensor const& x) {
    if (b.measuring()) return;
    auto const c = detail::element_command<Chip, "tensor.copy">(dst, x, 1);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x)});
}

template <fixed_string Op, class Chip>
void with_constant(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, double value) {
    if (b.measuring()) return;
    auto c = detail::element_command<Chip, Op>(dst, x, 2);
    set_constant(c, value, dst.type);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x)});
}
template <fixed_string Op, class Chip>
void with_tensor(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, local_tensor const& y) {
    if (b.measuring()) return;
    auto c = detail::element_command<Chip, Op>(dst, x, 2);
    set_second(c, broadcast_to(y, dst.dims));
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x), read_of<Chip>(y)});
}

// dst = x * y (or a constant) * multiplier / 2^(31 + shift), two roundings.
struct doubled {
    std::int64_t multiplier, shift;
    bool relu = false;

    template <class Command>
    void set(Command& c) const {
        c.template set<"opt_chl_quan">(1), c.template set<"quan_m">(multiplier), c.template set<"opt_res_shift">(shift);
        c.template set<"opt_relu_typ">(relu);
    }
};
// Divided by 2^shift, halves up.
struct shifted {
    std::int64_t shift;

    template <class Command>
    void set(Command& c) const { c.template set<"opt_res_shift">(shift); }
};
template <class Chip, class Scale = doubled>
void product(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, local_tensor const& y, Scale const& by) {
    if (b.measuring()) return;
    auto c = detail::element_command<Chip, "tensor.mul">(dst, x, 2);
    set_second(c, broadcast_to(y, dst.dims));
    by.set(c);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x), read_of<Chip>(y)});
}
template <class Chip, class Scale = doubled>
void product(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, std::int64_t y, Scale const& by) {
    if (b.measuring()) return;
    auto c = detail::element_command<Chip, "tensor.mul">(dst, x, 2);
    set_constant(c, static_cast<double>(y), dst.type);
    by.set(c);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x)});
}

// A sum of products with constants, kept in 16 bits as two planes of bytes: low and high, which lies behind the low one.
template <class Chip>
class sum_of_products {
public:
    sum_of_products(builder<Chip>& b, local_tensor const& dst)
        : b_(b), dst_(dst), low_(b.scratch(dst.dims, dtype::i8, dst.layout)),
          high_(b.scratch(dst.dims, dtype::i8, dst.layout)) {
        if (dst.address < high_.address) low_ = dst;
    }

    void start(local_tensor const& x, std::int64_t multiplier) {
        if (b_.measuring()) return;
        auto c = detail::element_command<Chip, "tensor.mul">(low_, x, 2);
        set_constant(c, static_cast<double>(multiplier), dtype::i8), set_planes(c, true);
        b_.out().tiu(c, {write_of<Chip>(low_), write_of<Chip>(high_), read_of<Chip>(x)});
    }
    // The result, in 8 bits, is (sum so far + x * multiplier) / 2^shift, halves up.
    void finish(local_tensor const& x, std::int64_t multiplier, std::int64_t shift, bool relu) {
        if (b_.measuring()) return;
        auto c = detail::element_command<Chip, "tensor.mac">(low_, x, 2);
        set_constant(c, static_cast<double>(multiplier), dtype::i8), set_planes(c, false);
        c.template set<"opt_res_add">(1), c.template set<"opt_res_shift">(shift), c.template set<"opt_relu_typ">(relu);
        b_.out().tiu(c, {write_of<Chip>(low_), read_of<Chip>(high_), read_of<Chip>(x)});
        if (low_.address != dst_.address) copy(b_, dst_, low_);
    }

private:
    template <class Command>
    void set_planes(Command& c, bool wide) const {
        c.template set<"opt_res0_seg">(wide ? 0 : 1);
        c.template set<"res0_b_str">(high_.address - low_.address);
    }

    builder<Chip>& b_;
    local_tensor dst_, low_, high_;
};

// dst += x * y in bf16, rounded once.
template <class Chip>
void add_product(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, local_tensor const& y) {
    if (b.measuring()) return;
    auto c = detail::element_command<Chip, "tensor.mac">(dst, x, 2);
    set_second(c, broadcast_to(y, dst.dims));
    c.template set<"opt_res_add">(1), c.template set<"opt_left_shift">(0);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x), read_of<Chip>(y)});
}

template <class Chip>
void add_product(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, double y) {
    if (b.measuring()) return;
    auto c = detail::element_command<Chip, "tensor.mac">(dst, x, 2);
    set_constant(c, y, dst.type);
    c.template set<"opt_res_add">(1), c.template set<"opt_left_shift">(0);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x)});
}

// dst = table(x); the table's 256 entries, of the result's type, lie in each lane. Of bf16 the low byte of each x is looked up.
template <class Chip>
void look_up(builder<Chip>& b, local_tensor const& dst, local_tensor const& table, local_tensor const& x) {
    if (b.measuring()) return;
    auto c = detail::element_command<Chip, "tensor.lut">(dst, x, 2);
    c.template set<"short_res0_str">(0), c.template set<"short_opd0_str">(0), c.template set<"short_opd1_str">(0);
    c.template set<"short_opd2_str">(0);
    if constexpr (Chip::commands::tensor::template has<"tens_lookup">) // a layout that marks it twice
        c.template set<"tens_lookup">(1);
    c.template set<"opd1_addr">(table.address);
    c.template set<"opd1_n">(1), c.template set<"opd1_c">(Chip::lanes), c.template set<"opd1_h">(16 * dst.bytes());
    c.template set<"opd1_w">(16 / dst.bytes()), c.template set<"opt_opd2_seg">(dst.type == dtype::bf16);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(table), read_of<Chip>(x)});
}

// Bounds that are narrower than the type's; `low` is done already where a ReLU is fused.
template <class Chip>
void apply_bounds(builder<Chip>& b, local_tensor const& t, std::int64_t lowest, std::int64_t highest) {
    if (lowest > lowest_of(t.type) && lowest != 0) with_constant<"tensor.max">(b, t, t, static_cast<double>(lowest));
    if (highest < highest_of(t.type)) with_constant<"tensor.min">(b, t, t, static_cast<double>(highest));
}

// max(t, 0) and min(t, limit) if the limit is positive, of bf16.
template <class Chip>
void apply_relu(builder<Chip>& b, local_tensor const& t, fused_relu relu) {
    if (relu.active) with_constant<"tensor.max">(b, t, t, 0);
    if (relu.active && relu.limit > 0) with_constant<"tensor.min">(b, t, t, relu.limit);
}

} // namespace tpu_convert::cv18xx_emit
