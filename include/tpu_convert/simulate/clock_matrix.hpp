// Cycles of the multiply-accumulate commands: CONV, MM, MM2, PorD.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/clock_charge.hpp>
#include <tpu_convert/simulate/tiu_matmul.hpp>

namespace tpu_convert::simulate {

struct conv_work {
    local_shape result;
    double taps = 1, input_channels = 1;
    std::uint32_t bytes = 1; // of the factors
};
// MM2: rows in lanes. MM: result columns in lanes and vector units, rows one after the other.
struct matmul_work {
    double rows = 1, columns = 1, inner = 1;
    double column_channels = 1; // of MM
    std::uint64_t result_address = 0;
    std::uint32_t bytes = 1;
    matmul_form form = matmul_form::nn;
};
struct pool_work {
    local_shape result;
    double taps = 1;
};

charge charge_conv(clock_figures const& f, conv_work const& w);
charge charge_matmul2(clock_figures const& f, matmul_work const& w);
charge charge_matmul(clock_figures const& f, matmul_work const& w);
charge charge_pool(clock_figures const& f, pool_work const& w);

template <class Command>
conv_work read_conv_work(Command const& c) {
    std::uint32_t const bytes = element_bytes<"opd0_prec">(c);
    return {result_shape(c, bytes), size_field<"opd1_h">(c) * size_field<"opd1_w">(c), size_field<"opd0_c">(c), bytes};
}

template <class Command>
pool_work read_pool_work(Command const& c) {
    return {result_shape(c, element_bytes<"opd0_prec">(c)), size_field<"opd1_h">(c) * size_field<"opd1_w">(c)};
}

template <class Command>
matmul_work read_matmul2_work(Command const& c) {
    auto const form = static_cast<matmul_form>(number<"tsk_eu_typ">(c));
    double const inner = form == matmul_form::nn ? size_field<"opd1_c">(c) : size_field<"opd1_w">(c);
    return {size_field<"res0_c">(c), size_field<"res0_w">(c), inner, 1, c.template get<"res0_addr">(),
            element_bytes<"opd0_prec">(c), form};
}

template <class Command>
matmul_work read_matmul_work(Command const& c) {
    double const across = size_field<"opd0_w">(c) * (size_field<"opd0_c">(c) - 1) + size_field<"opd1_w">(c);
    double const down = size_field<"opd0_n">(c);
    bool const transposed = c.template get<"left_tran">() != 0;
    return {transposed ? across : down, size_field<"res0_w">(c), transposed ? down : across, size_field<"res0_c">(c),
            c.template get<"res0_addr">(), element_bytes<"opd0_prec">(c), matmul_form::nn};
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/clock_matrix.inl>
#endif
