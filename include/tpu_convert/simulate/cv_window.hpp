// Convolution, depthwise convolution and pooling of the CV18xx's TIU.
#pragma once
#include <cstdint>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/cv_operand.hpp>
#include <tpu_convert/simulate/window.hpp>

namespace tpu_convert::simulate {

enum class cv_window_op : std::uint8_t { convolution, maximum, average, depthwise, minimum };

struct cv_window_command {
    cv_window_op op = cv_window_op::convolution;
    cv_operand result, input, weights;
    plane_window window;
    std::uint32_t padding = 0;      // value of padded and of inserted elements
    bool has_table = false, has_bias = false, relu = false, rounds = true;
    std::uint32_t table = 0;        // address of bias, multiplier and shift of each channel; of bf16: of the bias's upper halves
    std::uint32_t plane_step = 0;   // from these to the lower halves
    unsigned right_shift = 0, partial_sums = 0;
};

void run_cv_window(machine_memory& m, cv_window_command const& c);

template <class Command>
cv_window_command read_cv_window(Command const& c, cv_window_op op) {
    cv_window_command r;
    r.op = op;
    cv_type const type = cv_number<"opd_typ">(c) != 0 ? cv_type::bf16 : cv_type::i8;
    r.result = {type, cv_number<"opt_res0_sign">(c) != 0, false, cv_number<"res0_addr">(c),
                {cv_number<"res0_n">(c), cv_number<"res0_c">(c), cv_number<"res0_h">(c), cv_number<"res0_w">(c)},
                cv_number<"short_res0_str">(c),
                {cv_number<"res0_n_str">(c), cv_number<"res0_c_str">(c), cv_number<"res0_h_str">(c), cv_number<"res0_w_str">(c)}};
    r.input = {type, cv_number<"opt_opd0_sign">(c) != 0, false, cv_number<"opd0_addr">(c),
               {cv_number<"opd0_n">(c), cv_number<"opd0_c">(c), cv_number<"opd0_h">(c), cv_number<"opd0_w">(c)},
               cv_number<"short_opd0_str">(c),
               {cv_number<"opd0_n_str">(c), cv_number<"opd0_c_str">(c), cv_number<"opd0_h_str">(c), cv_number<"opd0_w_str">(c)}};
    r.weights = {type, cv_number<"opt_opd1_sign">(c) != 0, cv_number<"opt_opd1_const">(c) != 0, cv_number<"opd1_addr">(c)};
    r.window.y = {cv_number<"opd0_h">(c), cv_number<"opd1_h">(c), cv_number<"conv_op_y_str">(c),
                  cv_number<"conv_opd1_y_ins0">(c) + 1, cv_number<"conv_opd0_up_pad">(c),
                  cv_number<"conv_opd0_dn_pad">(c), cv_number<"conv_opd0_y_ins0">(c), r.result.size.h};
    r.window.x = {cv_number<"opd0_w">(c), cv_number<"opd1_w">(c), cv_number<"conv_op_x_str">(c),
                  cv_number<"conv_opd1_x_ins0">(c) + 1, cv_number<"conv_opd0_lf_pad">(c),
                  cv_number<"conv_opd0_rt_pad">(c), cv_number<"conv_opd0_x_ins0">(c), r.result.size.w};
    if (cv_number<"conv_opd0_x_ins0_last">(c) != 0 || cv_number<"conv_opd0_y_ins0_last">(c) != 0)
        throw model_error{error_code::not_built_yet, std::string(c.sub_op_name()), "the machine inserts nothing at the end yet"};
    r.window.resolve();
    r.padding = cv_number<"opd0_ins_val">(c);
    if constexpr (Command::template has<"opd0_ins_fp">) // a field of its own where opd0_ins_val has 8 bits
        if (type == cv_type::bf16) r.padding = cv_number<"opd0_ins_fp">(c);
    r.has_table = cv_number<"opt_chl_quan">(c) != 0, r.has_bias = cv_number<"tsk_opd_num">(c) == 3;
    r.table = cv_number<"opd2_addr">(c), r.right_shift = cv_number<"opt_res_shift">(c);
    r.plane_step = cv_number<"opd2_b_str">(c);
    r.rounds = cv_number<"opt_rshift_typ">(c) != 0, r.relu = cv_number<"opt_relu_typ">(c) != 0;
    r.partial_sums = cv_number<"ps32_md">(c);
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/cv_window.inl>
#endif
