// Matrix product of the CV18xx's TIU.
#pragma once
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/cv_operand.hpp>

namespace tpu_convert::simulate {

// Rows are the n index; columns are cut into channels of w.
struct cv_matmul_command {
    cv_operand result, left, right;
    std::uint32_t inner = 1;
    bool has_bias = false, relu = false, wide_multiplier = false, rounds = true;
    std::uint32_t bias = 0, multiplier = 0;
    unsigned right_shift = 0, partial_sums = 0;
    bool adds_result = false;
};

void run_cv_matmul(machine_memory& m, cv_matmul_command const& c);

template <class Command>
cv_matmul_command read_cv_matmul(Command const& c) {
    cv_matmul_command r;
    cv_type const type = cv_number<"opd_typ">(c) != 0 ? cv_type::bf16 : cv_type::i8;
    r.result = {type, cv_number<"opt_res0_sign">(c) != 0, false, cv_number<"res0_addr">(c),
                {cv_number<"res0_n">(c), cv_number<"res0_c">(c), 1, cv_number<"res0_w">(c)}};
    if (type == cv_type::i8 && cv_number<"opt_res0_seg">(c) == 0) r.result.type = cv_type::i16;
    r.left = {type, cv_number<"opt_opd0_sign">(c) != 0, cv_number<"opt_opd0_const">(c) != 0, cv_number<"opd0_addr">(c),
              {cv_number<"opd0_n">(c), cv_number<"opd0_c">(c), 1, cv_number<"opd0_w">(c)}};
    r.right = {type, cv_number<"opt_opd1_sign">(c) != 0, cv_number<"opt_opd1_const">(c) != 0, cv_number<"opd1_addr">(c),
               {cv_number<"opd1_n">(c), cv_number<"opd1_c">(c), 1, cv_number<"res0_w">(c)}};
    r.inner = r.left.size.w * (r.left.size.c - 1) + cv_number<"opd1_w">(c);
    r.has_bias = cv_number<"tsk_opd_num">(c) == 3, r.bias = cv_number<"opd2_addr">(c);
    r.relu = cv_number<"opt_relu_typ">(c) != 0, r.rounds = cv_number<"opt_rshift_typ">(c) != 0;
    r.wide_multiplier = cv_number<"opt_chl_quan">(c) != 0, r.multiplier = cv_number<"quan_m">(c);
    r.right_shift = cv_number<"opt_res_shift">(c), r.partial_sums = cv_number<"ps32_md">(c);
    r.adds_result = cv_number<"opt_res_add">(c) != 0;
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/cv_matmul.inl>
#endif
