// Moves between global and local memory, and within either; a move within local memory may convert 8-bit integers and bf16 into
// each other. Commands have no stride along w: what is not contiguous there
// moves along h, element by element.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/cv18xx/commands.hpp>
#include <tpu_convert/chip/cv18xx/emit/operand.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/view.hpp>

namespace tpu_convert::cv18xx_emit {

struct transfer_side {
    bool local = false;
    std::uint64_t address = 0;
    dims4 strides{}; // bytes

    transfer_side moved(dims4 const& by) const {
        transfer_side s = *this;
        for (int i = 0; i < 4; ++i) s.address += static_cast<std::uint64_t>(by[i] * strides[i]);
        return s;
    }
    void swap_axes(int a, int b) { std::swap(strides[a], strides[b]); }
};

// Two sides of equal sizes, elements of one or two bytes.
template <class Chip>
class transfer {
public:
    transfer(program<Chip>& out, dtype t, dims4 const& dims, transfer_side to, transfer_side from,
             std::initializer_list<local_access> touched)
        : transfer(out, t, t, dims, to, from, touched) {}
    transfer(program<Chip>& out, dtype t, dtype source, dims4 const& dims, transfer_side to, transfer_side from,
             std::initializer_list<local_access> touched)
        : out_(out), wide_(bytes_of(t) == 2), from_wide_(bytes_of(source) == 2),
          signed_(t != dtype::u8 && source != dtype::u8), touched_(touched) {
        std::int64_t const bytes = static_cast<std::int64_t>(bytes_of(t));
        if (bytes > 2) throw model_error{error_code::lowering_missing, "", "elements of " + std::to_string(bytes) + " bytes"};
        fit(dims, to, from);
    }
    // bf16 to the numbers of their exponents in a table, within local memory.
    static void exponents(program<Chip>& out, dims4 const& dims, transfer_side const& to, transfer_side const& from,
                          std::initializer_list<local_access> touched) {
        transfer f(out, dtype::bf16);
        f.exponents_ = true, f.touched_ = touched;
        f.fit(dims, to, from);
    }
    static void fill(program<Chip>& out, dtype t, dims4 const& dims, transfer_side const& to, std::uint32_t bits) {
        transfer f(out, t);
        f.fill_ = bits, f.fills_ = true;
        f.fit(dims, to, to);
    }

private:
    static constexpr std::int64_t most = 65535, most_step = 65535;

    transfer(program<Chip>& out, dtype t) : out_(out), wide_(bytes_of(t) == 2), from_wide_(wide_) {}

    std::int64_t unit() const { return wide_ ? 2 : 1; }

    // Axes n and h may change places, lanes are counted along c.
    void fit(dims4 d, transfer_side to, transfer_side from) {
        bool const runs = d[3] == 1 || (to.strides[3] == unit() && from.strides[3] == (from_wide_ ? 2 : 1));
        if (!runs) {
            if (d[2] != 1 && d[0] != 1) return each(d, 0, to, from);
            if (d[2] != 1) std::swap(d[0], d[2]), to.swap_axes(0, 2), from.swap_axes(0, 2);
            std::swap(d[2], d[3]), to.swap_axes(2, 3), from.swap_axes(2, 3);
        }
        if (d[2] > 1 && std::max(to.strides[2], from.strides[2]) > most_step) {
            if (d[0] != 1) return each(d, 0, to, from);
            std::swap(d[0], d[2]), to.swap_axes(0, 2), from.swap_axes(0, 2);
        }
        for (int i : {0, 1, 2, 3})
            if (d[i] > most / (i == 3 ? unit() : 1)) return pieces(d, i, to, from);
        emit(d, to, from);
    }
    void each(dims4 d, int axis, transfer_side const& to, transfer_side const& from) {
        std::int64_t const count = d[axis];
        d[axis] = 1;
        dims4 at{};
        for (at[axis] = 0; at[axis] < count; ++at[axis]) fit(d, to.moved(at), from.moved(at));
    }
    void pieces(dims4 d, int axis, transfer_side const& to, transfer_side const& from) {
        std::int64_t const whole = d[axis], step = axis == 3 ? 32768 / unit() : 32768;
        dims4 at{};
        for (; at[axis] < whole; at[axis] += step) {
            d[axis] = std::min(step, whole - at[axis]);
            fit(d, to.moved(at), from.moved(at));
        }
    }
    void emit(dims4 const& d, transfer_side const& to, transfer_side const& from) {
        using direction = typename Chip::direction;
        typename Chip::commands::tdma c;
        c.template set<"trans_dir">(to.local ? (from.local ? direction::local : direction::load)
                                             : from.local || fills_ ? direction::store : direction::global);
        auto const format = [](bool wide) { return wide ? Chip::element_format::bf16 : Chip::element_format::eight_bits; };
        c.template set<"src_fmt">(format(from_wide_)), c.template set<"dst_fmt">(format(wide_));
        c.template set<"int8_sign">(signed_), c.template set<"mv_lut_idx">(exponents_);
        c.template set<"src_n">(d[0]), c.template set<"src_c">(d[1]), c.template set<"src_h">(d[2]);
        c.template set<"src_w">(d[3]), c.template set<"dst_c">(d[1]), c.template set<"dst_h">(d[2]);
        c.template set<"dst_w">(d[3]);
        c.template set<"dst_n_stride">(to.strides[0]), c.template set<"dst_c_stride_low">(to.strides[1] & 0xFFFF);
        c.template set<"dst_c_stride_high">(to.strides[1] >> 16), c.template set<"dst_h_stride">(step(d, to));
        c.template set<"src_n_stride">(from.strides[0]), c.template set<"src_c_stride_low">(from.strides[1] & 0xFFFF);
        c.template set<"src_c_stride_high">(from.strides[1] >> 16), c.template set<"src_h_stride">(step(d, from));
        std::uint64_t const target = device_address(to), source = device_address(from);
        c.template set<"dst_base_addr_low">(target & 0xFFFF'FFFF), c.template set<"dst_base_addr_high">(target >> 32);
        c.template set<"dst_base_reg_sel">(region_of(to));
        if (fills_) c.template select<"tdma.fill">(), c.template set<"const_val">(fill_);
        else {
            c.template set<"src_base_addr_low">(source & 0xFFFF'FFFF), c.template set<"src_base_addr_high">(source >> 32);
            c.template set<"src_base_reg_sel">(region_of(from));
        }
        out_.gdma(c, touched_);
    }
    static std::int64_t step(dims4 const& d, transfer_side const& s) { return d[2] == 1 ? 0 : s.strides[2]; }
    static std::uint64_t device_address(transfer_side const& s) {
        return s.local ? s.address : (s.address & ((std::uint64_t{1} << Chip::region_shift) - 1)) + Chip::global_base;
    }
    static std::uint64_t region_of(transfer_side const& s) { return s.local ? 0 : s.address >> Chip::region_shift; }

    program<Chip>& out_;
    bool wide_, from_wide_, signed_ = true, fills_ = false, exponents_ = false;
    std::uint32_t fill_ = 0;
    std::initializer_list<local_access> touched_{};
};

inline transfer_side local_side(local_tensor const& t) {
    transfer_side s{true, static_cast<std::uint64_t>(t.address), t.strides};
    for (auto& x : s.strides) x *= t.bytes();
    return s;
}
inline transfer_side global_side(view const& v, std::uint64_t base, dtype t) {
    auto const bytes = static_cast<std::int64_t>(bytes_of(t));
    transfer_side s{false, base + static_cast<std::uint64_t>(v.offset * bytes), v.strides};
    for (auto& x : s.strides) x *= bytes;
    return s;
}

} // namespace tpu_convert::cv18xx_emit
