// Elementwise commands of the CV18xx's TIU, and look-up of tables.
#pragma once
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/cv_operand.hpp>

namespace tpu_convert::simulate {

struct cv_tensor_command {
    unsigned op = 0; // mul, mac, add, sub, max, min, shift, and, or, xor, copy, ge, lut
    cv_operand result, left, right;
    unsigned right_shift = 0, left_shift = 0;
    bool rounds = true, relu = false, wide_multiplier = false;
    std::uint32_t multiplier = 0;
};

void run_cv_tensor(machine_memory& m, cv_tensor_command const& c);

template <class Command>
cv_tensor_command read_cv_tensor(Command const& c) {
    cv_tensor_command r;
    r.op = cv_number<"tsk_eu_typ">(c);
    auto const type = [&](std::uint32_t segments) {
        return cv_number<"opd_typ">(c) != 0 ? cv_type::bf16 : segments != 0 ? cv_type::i8 : cv_type::i16;
    };
    r.result = {type(cv_number<"opt_res0_seg">(c)), cv_number<"opt_res0_sign">(c) != 0, false, cv_number<"res0_addr">(c),
                {cv_number<"res0_n">(c), cv_number<"res0_c">(c), cv_number<"res0_h">(c), cv_number<"res0_w">(c)},
                cv_number<"short_res0_str">(c),
                {cv_number<"res0_n_str">(c), cv_number<"res0_c_str">(c), cv_number<"res0_h_str">(c), cv_number<"res0_w_str">(c)},
                cv_number<"res0_b_str">(c)};
    r.left = {type(cv_number<"opt_opd0_seg">(c)), cv_number<"opt_opd0_sign">(c) != 0, cv_number<"opt_opd0_const">(c) != 0,
              cv_number<"opd0_addr">(c), r.result.size, cv_number<"short_opd0_str">(c),
              {cv_number<"opd0_n_str">(c), cv_number<"opd0_c_str">(c), cv_number<"opd0_h_str">(c), cv_number<"opd0_w_str">(c)},
              cv_number<"opd0_b_str">(c)};
    r.right = {type(cv_number<"opt_opd1_seg">(c)), cv_number<"opt_opd1_sign">(c) != 0, cv_number<"opt_opd1_const">(c) != 0,
               cv_number<"opd1_addr">(c), r.result.size, cv_number<"short_opd1_str">(c),
               {cv_number<"opd1_n_str">(c), cv_number<"opd1_c_str">(c), cv_number<"opd1_h_str">(c), cv_number<"opd1_w_str">(c)},
               cv_number<"opd1_b_str">(c)};
    r.right_shift = cv_number<"opt_res_shift">(c), r.left_shift = cv_number<"opt_left_shift">(c);
    r.rounds = cv_number<"opt_rshift_typ">(c) != 0, r.relu = cv_number<"opt_relu_typ">(c) != 0;
    r.wide_multiplier = cv_number<"opt_chl_quan">(c) != 0, r.multiplier = cv_number<"quan_m">(c);
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/cv_tensor.inl>
#endif
