// Depthwise convolution and pooling of the TIU (PorD): every channel by itself.
#pragma once
#include <cstdint>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/integer_math.hpp>
#include <tpu_convert/simulate/mac_operand.hpp>
#include <tpu_convert/simulate/tiu_conv.hpp>
#include <tpu_convert/simulate/window.hpp>

namespace tpu_convert::simulate {

enum class pool_op : unsigned { depthwise = 0, average = 1, depthwise_relu = 2, maximum = 4 };

struct pool_command {
    pool_op op = pool_op::depthwise;
    precision type = precision::i8, result_type = precision::i8;
    extent4 input, result;
    plane_window window;
    std::uint32_t result_address = 0;
    mac_operand source, weights, bias, padding;
    unsigned shift = 0; // of integer sums, to the right
    rounding mode = rounding::half_even;
    bool rotate = false;
};

void run_pool(machine_memory& m, pool_command const& c);

template <class Command>
pool_command read_pool(Command const& c) {
    pool_command r;
    r.op = static_cast<pool_op>(number<"tsk_eu_typ">(c));
    if (number<"tsk_eu_typ">(c) > 4 || number<"opd2_n_str">(c) > 6)
        throw model_error{error_code::machine_fault, std::string(c.sub_op_name()),
                          "the machine does not execute this form of pooling"};
    r.type = checked_precision(number<"opd0_prec">(c)), r.result_type = checked_precision(number<"res0_prec">(c));
    r.window = read_window(c);
    r.result = {number<"res0_n">(c), number<"res0_c">(c), r.window.y.results, r.window.x.results};
    r.input = {r.result.n, r.result.c, r.window.y.size, r.window.x.size};
    r.result_address = number<"res0_addr">(c);
    r.source = {number<"opd0_addr">(c), false, number<"opd0_sign">(c) != 0};
    bool const average = r.op == pool_op::average;
    r.weights = {number<"opd1_addr">(c), average || number<"opd1_const">(c) != 0, !average && number<"opd1_sign">(c) != 0};
    r.bias = {number<"opd2_addr">(c), number<"opd2_const">(c) != 0, number<"opd2_sign">(c) != 0};
    r.padding = {number<"opd3_addr">(c), number<"opd3_const">(c) != 0, r.source.is_signed};
    r.shift = average ? r.bias.address : number<"res1_addr">(c) >> 8 & 0xFF;
    r.mode = average ? rounding::half_up : static_cast<rounding>(number<"opd2_n_str">(c));
    r.rotate = number<"kernel_rotate">(c) != 0;
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/tiu_pool.inl>
#endif
