// Tensor arithmetic of the TIU (AR): element by element, with broadcasting strides and constant operands.
#pragma once
#include <array>
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/operand.hpp>
#include <tpu_convert/simulate/rows.hpp>

namespace tpu_convert::simulate {

// Sub-operations, as tsk_eu_typ numbers them.
enum class ar_op : unsigned {
    mul = 0,
    bit_not = 1,
    add = 2,
    sub = 3,
    max = 4,
    min = 5,
    logic_shift = 6,
    bit_and = 7,
    bit_or = 8,
    bit_xor = 9,
    select_greater = 10,
    select_equal = 11,
    div = 12,
    select_less = 13,
    cast = 14,
    add_satu = 15,
    sub_satu = 16,
    mac = 18,
    copy = 19,
    mul_satu = 20,
    arith_shift = 21,
    rotate_shift = 22,
    mul_dhr = 23,
    eu_index = 24,
    lane_index = 25,
    abs = 26,
    sub_abs = 27,
    copy_mb = 28,
    first_one = 29,
    first_zero = 30
};

struct ar_source {
    local_operand where;
    std::uint32_t constant = 0; // the value itself, if is_constant
    precision type = precision::i8;
    bool is_constant = false;
    bool is_signed = false;
};

struct ar_command {
    ar_op op = ar_op::copy;
    local_operand result;
    precision type = precision::i8; // of the result
    std::array<ar_source, 3> source;
    unsigned mode = 0; // rounding, or Newton steps less one
    unsigned operands = 1;
};

void run_ar(machine_memory& m, ar_command const& c);

namespace detail {

template <class Command>
ar_source ar_operand(Command const& c, std::uint64_t prec, bool is_signed, bool is_constant, std::uint64_t address) {
    (void)c;
    ar_source s;
    s.type = checked_precision(prec), s.is_signed = is_signed, s.is_constant = is_constant;
    s.constant = static_cast<std::uint32_t>(address), s.where.address = address, s.where.bytes = bytes_of(s.type);
    return s;
}

} // namespace detail

template <class Command>
ar_command read_ar(Command const& c, memory_sizes const& m) {
    ar_command r;
    r.op = static_cast<ar_op>(c.template get<"tsk_eu_typ">());
    r.mode = static_cast<unsigned>(c.template get<"opd2_n_str">());
    r.operands = static_cast<unsigned>(c.template get<"tsk_opd_num">());
    extent4 const size{
        static_cast<std::uint32_t>(c.template get<"res0_n">()), static_cast<std::uint32_t>(c.template get<"res0_c">()),
        static_cast<std::uint32_t>(c.template get<"res0_h">()), static_cast<std::uint32_t>(c.template get<"res0_w">())};
    r.type = checked_precision(c.template get<"res0_prec">());
    r.result = {c.template get<"res0_addr">(), bytes_of(r.type), size, {}};
    r.result.stride =
        strides_by_code(static_cast<unsigned>(c.template get<"res0_str">()), r.result.address, size, r.result.bytes, m,
                        {c.template get<"res0_n_str">(), c.template get<"res0_c_str">(), c.template get<"res0_h_str">(),
                         c.template get<"res0_w_str">()});
    r.source[0] = detail::ar_operand(c, c.template get<"opd0_prec">(), c.template get<"opd0_sign">(),
                                     c.template get<"opd0_const">(), c.template get<"opd0_addr">());
    r.source[1] = detail::ar_operand(c, c.template get<"opd1_prec">(), c.template get<"opd1_sign">(),
                                     c.template get<"opd1_const">(), c.template get<"opd1_addr">());
    r.source[2] = detail::ar_operand(c, c.template get<"opd2_prec">(), c.template get<"opd2_sign">(),
                                     c.template get<"opd2_const">(), c.template get<"opd2_addr">());
    stride4 const given[2] = {{c.template get<"opd0_n_str">(), c.template get<"opd0_c_str">(), c.template get<"opd0_h_str">(),
                               c.template get<"opd0_w_str">()},
                              {c.template get<"opd1_n_str">(), c.template get<"opd1_c_str">(), c.template get<"opd1_h_str">(),
                               c.template get<"opd1_w_str">()}};
    unsigned const code[2] = {static_cast<unsigned>(c.template get<"opd0_str">()),
                              static_cast<unsigned>(c.template get<"opd1_str">())};
    for (int k = 0; k < 2; ++k) {
        auto& o = r.source[k].where;
        o.size = size;
        if (!r.source[k].is_constant) o.stride = strides_by_code(code[k], o.address, size, o.bytes, m, given[k]);
    }
    r.source[2].where.size = size;
    r.source[2].where.stride = {0, 1, 0, 0};
    return r;
}

// Its parts, in files of their own; declared here because each of those files may be included first.
void run_ar_cast(machine_memory& m, ar_command const& c);
void run_ar_float(machine_memory& m, ar_command const& c);
void run_ar_integer(machine_memory& m, ar_command const& c);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/tiu_ar.inl>
#endif
