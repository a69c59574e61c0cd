// Convolution of the TIU (CONV): float types with float32 sums, 8-bit integers with exact 32-bit sums.
#pragma once
#include <cstdint>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/mac_operand.hpp>
#include <tpu_convert/simulate/operand.hpp>
#include <tpu_convert/simulate/rows.hpp>
#include <tpu_convert/simulate/window.hpp>

namespace tpu_convert::simulate {

struct conv_command {
    precision type = precision::i8, result_type = precision::i8; // the weights have the input's type
    extent4 input, result;
    plane_window window;
    unsigned input_layout = 0;
    stride4 input_strides;
    std::uint32_t result_address = 0;
    mac_operand source, weights, bias, padding; // bias: of float types, else the weights' zero point
    bool add_to_result = false, rotate = false;
};

void run_conv(machine_memory& m, conv_command const& c);

// Windows of CONV and PorD have the same fields.
template <class Command>
plane_window read_window(Command const& c) {
    plane_window w;
    w.mode = static_cast<pad_mode>(c.template get<"pad_mode">());
    w.y = {number<"opd0_h">(c),          number<"opd1_h">(c),      number<"res_op_y_str">(c), number<"opd1_y_ins0">(c) + 1,
           number<"opd0_up_pad">(c), number<"opd0_dn_pad">(c), number<"opd0_y_ins0">(c),  number<"res0_h">(c)};
    w.x = {number<"opd0_w">(c),          number<"opd1_w">(c),      number<"res_op_x_str">(c), number<"opd1_x_ins0">(c) + 1,
           number<"opd0_lf_pad">(c), number<"opd0_rt_pad">(c), number<"opd0_x_ins0">(c),  number<"res0_w">(c)};
    w.resolve();
    return w;
}

template <class Command>
conv_command read_conv(Command const& c) {
    if (number<"tsk_eu_typ">(c) != 0)
        throw model_error{error_code::machine_fault, std::string(c.sub_op_name()),
                          "the machine does not execute this form of convolution"};
    conv_command r;
    r.type = checked_precision(c.template get<"opd0_prec">());
    r.result_type = checked_precision(c.template get<"res0_prec">());
    r.window = read_window(c);
    r.result = {number<"res0_n">(c), number<"res0_c">(c), r.window.y.results, r.window.x.results};
    r.input = {r.result.n, number<"opd0_c">(c), r.window.y.size, r.window.x.size};
    r.input_layout = number<"opd0_str">(c);
    r.input_strides = {c.template get<"opd0_n_str">(), c.template get<"opd0_c_str">(), c.template get<"opd0_h_str">(),
                       c.template get<"opd0_w_str">()};
    r.result_address = number<"res0_addr">(c);
    r.source = {number<"opd0_addr">(c), false, c.template get<"opd0_sign">() != 0};
    r.weights = {number<"opd1_addr">(c), c.template get<"opd1_const">() != 0, c.template get<"opd1_sign">() != 0};
    r.bias = {number<"opd2_addr">(c), c.template get<"opd2_const">() != 0, c.template get<"opd2_sign">() != 0};
    r.padding = {number<"opd3_addr">(c), c.template get<"opd3_const">() != 0, r.source.is_signed};
    r.add_to_result = c.template get<"res_add">() != 0;
    r.rotate = c.template get<"kernel_rotate">() != 0;
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/tiu_conv.inl>
#endif
