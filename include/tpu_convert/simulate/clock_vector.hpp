// Cycles of the commands that compute element by element: AR, CMP, LIN, RQ, DQ, SFU, VC, LAR.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/clock_charge.hpp>
#include <tpu_convert/simulate/tiu_ar.hpp>

namespace tpu_convert::simulate {

// Passes of the vector units over a tensor, after a start.
struct vector_work {
    local_shape result;
    double passes = 1, start_up = 0;
};

charge charge_vector(clock_figures const& f, vector_work const& w);

// The widest of an element's types says how many fit a vector.
template <class Command>
vector_work read_arithmetic_work(clock_figures const& f, Command const& c) {
    std::uint32_t bytes = element_bytes<"res0_prec">(c);
    if (!c.template get<"opd0_const">()) bytes = std::max(bytes, element_bytes<"opd0_prec">(c));
    bool const second = c.template get<"tsk_opd_num">() > 1 && !c.template get<"opd1_const">();
    if (second) bytes = std::max(bytes, element_bytes<"opd1_prec">(c));
    bool const divides = static_cast<ar_op>(c.template get<"tsk_eu_typ">()) == ar_op::div;
    return {result_shape(c, bytes), divides ? f.divide_passes : 1, f.start_up.arithmetic};
}

template <class Command>
vector_work read_compare_work(clock_figures const& f, Command const& c) {
    std::uint32_t const bytes = std::max(element_bytes<"opd0_prec">(c), element_bytes<"opd2_prec">(c));
    return {result_shape(c, bytes), f.compare_passes, f.start_up.compare};
}

template <class Command>
vector_work read_linear_work(clock_figures const& f, Command const& c) {
    return {result_shape(c, element_bytes<"res0_prec">(c)), f.compare_passes, f.start_up.linear};
}

template <class Command>
vector_work read_requant_work(clock_figures const& f, Command const& c) {
    std::uint32_t const bytes = std::max(element_bytes<"res0_prec">(c), element_bytes<"opd0_prec">(c));
    std::uint64_t const to = c.template get<"res0_addr">(), from = c.template get<"opd0_addr">();
    bool const clash = f.requant_bank_clash && to * 2 == from;
    return {result_shape(c, bytes), clash ? 2.0 : 1.0, f.start_up.requant};
}

// A series takes a pass for each coefficient.
template <class Command>
vector_work read_special_work(clock_figures const& f, Command const& c) {
    auto const op = c.sub_op_name();
    vector_work w{result_shape(c, element_bytes<"res0_prec">(c)), 1, 0};
    if (op.starts_with("sfu.taylor")) w.passes = size_field<"opd1_n">(c);
    if (op == "sfu.rsqrt") w.passes = f.root_passes, w.start_up = f.start_up.inverse_root;
    return w;
}

// Each element of a column against each of a row: the row's channels lie in lanes.
template <class Command>
vector_work read_correlation_work(Command const& c) {
    local_shape const row{1, size_field<"res0_c">(c), size_field<"res0_w">(c), c.template get<"res0_addr">(),
                          element_bytes<"res0_prec">(c)};
    double const column = size_field<"opd0_w">(c) * size_field<"opd0_c">(c);
    return {row, column, 0};
}

// LAR has no start of its own: it follows another command's operands.
template <class Command>
vector_work read_line_work(Command const& c) {
    return {{1, size_field<"res0_c">(c), size_field<"res0_w">(c), 0, element_bytes<"res0_prec">(c)}, 1, 0};
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/clock_vector.inl>
#endif
