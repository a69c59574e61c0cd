// Matrix products of the TIU: MM2 (16-bit floats and 8-bit integers, rows in lanes) and MM (float32, rows in n).
#pragma once
#include <cstdint>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/mac_operand.hpp>

namespace tpu_convert::simulate {

// result(r, c) = sum over k of left(r, k) * right(k, c), with the operands transposed as the form says. tt: the result is the
// transposed product, opd1(r, k) * opd0(k, c).
enum class matmul_form : unsigned { nn = 4, nt = 5, tt = 6 };

struct matmul2_command {
    matmul_form form = matmul_form::nn;
    precision type = precision::i8, result_type = precision::i8;
    std::uint32_t rows = 1, columns = 1, inner = 1;
    std::uint32_t result_address = 0;
    mac_operand left, right, zero; // zero: of the right operand, integers only
    bool add_to_result = false;
};

struct matmul_command {
    std::uint32_t rows = 1, inner = 1;
    std::uint32_t left_width = 1, left_channels = 1; // columns of the stored left matrix are cut into channels
    std::uint32_t result_width = 1, result_channels = 1;
    std::uint32_t result_address = 0;
    mac_operand left, right, bias;
    bool left_transposed = false, add_to_result = false;
};

void run_matmul2(machine_memory& m, matmul2_command const& c);
void run_matmul(machine_memory& m, matmul_command const& c);

template <class Command>
matmul2_command read_matmul2(Command const& c) {
    matmul2_command r;
    r.form = static_cast<matmul_form>(number<"tsk_eu_typ">(c));
    r.type = checked_precision(number<"opd0_prec">(c)), r.result_type = checked_precision(number<"res0_prec">(c));
    r.rows = number<"res0_c">(c), r.columns = number<"res0_w">(c);
    r.inner = r.form == matmul_form::nn ? number<"opd1_c">(c) : number<"opd1_w">(c);
    r.result_address = number<"res0_addr">(c);
    r.left = {number<"opd0_addr">(c), number<"opd0_const">(c) != 0, number<"opd0_sign">(c) != 0};
    r.right = {number<"opd1_addr">(c), number<"opd1_const">(c) != 0, number<"opd1_sign">(c) != 0};
    r.zero = {number<"opd2_addr">(c), number<"opd2_const">(c) != 0, r.right.is_signed};
    r.add_to_result = number<"res_add">(c) != 0;
    return r;
}

template <class Command>
matmul_command read_matmul(Command const& c) {
    bool const plain = number<"tsk_eu_typ">(c) == 1, f32 = checked_precision(number<"opd0_prec">(c)) == precision::f32 &&
                                                           checked_precision(number<"res0_prec">(c)) == precision::f32;
    if (!plain || !f32)
        throw model_error{error_code::machine_fault, std::string(c.sub_op_name()),
                          "the machine executes this matrix product on float32 only; MM2 takes the other types"};
    matmul_command r;
    r.left_transposed = number<"left_tran">(c) != 0, r.add_to_result = number<"res_add">(c) != 0;
    r.left_width = number<"opd0_w">(c), r.left_channels = number<"opd0_c">(c);
    r.result_width = number<"res0_w">(c), r.result_channels = number<"res0_c">(c);
    std::uint64_t const across = std::uint64_t{r.left_width} * (r.left_channels - 1) + number<"opd1_w">(c),
                        down = number<"opd0_n">(c);
    check_work(static_cast<double>(across), most_elements, "columns");
    r.rows = static_cast<std::uint32_t>(r.left_transposed ? across : down);
    r.inner = static_cast<std::uint32_t>(r.left_transposed ? down : across);
    r.result_address = number<"res0_addr">(c);
    r.left = {number<"opd0_addr">(c), number<"opd0_const">(c) != 0, true};
    r.right = {number<"opd1_addr">(c), false, true};
    r.bias = {number<"opd2_addr">(c), number<"opd2_const">(c) != 0, true};
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/tiu_matmul.inl>
#endif
