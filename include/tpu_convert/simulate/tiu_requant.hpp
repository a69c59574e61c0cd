// Requantization and dequantization of the TIU (RQ, DQ).
#pragma once
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/operand.hpp>
#include <tpu_convert/simulate/rows.hpp>

namespace tpu_convert::simulate {

struct requant_command {
    unsigned op = 1; // 0 rq0 and 3 dq0 with floats, 1 rq1 and 4 dq1 with integers
    precision type = precision::i8, source_type = precision::i32;
    bool result_signed = true, source_signed = true, constant = false;
    unsigned mode = 0; // two rounding modes of 3 bits
    extent4 size;
    std::uint64_t result = 0, source = 0;
    std::uint32_t first = 0, second = 0; // address of the parameters, or the parameters
};

void run_requant(machine_memory& m, requant_command const& c);

template <class Command>
requant_command read_requant(Command const& c) {
    auto const u = [](std::uint64_t v) { return static_cast<std::uint32_t>(v); };
    requant_command r;
    r.op = u(c.template get<"tsk_eu_typ">());
    r.type = checked_precision(c.template get<"res0_prec">()), r.source_type = checked_precision(c.template get<"opd0_prec">());
    r.result_signed = c.template get<"opd2_sign">(), r.source_signed = c.template get<"opd0_sign">();
    r.constant = c.template get<"opd1_const">(), r.mode = u(c.template get<"opd2_n_str">());
    r.size = {u(c.template get<"res0_n">()), u(c.template get<"res0_c">()), u(c.template get<"res0_h">()),
              u(c.template get<"res0_w">())};
    r.result = c.template get<"res0_addr">(), r.source = c.template get<"opd0_addr">();
    r.first = u(c.template get<"opd1_addr">()), r.second = u(c.template get<"opd2_addr">());
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/tiu_requant.inl>
#endif
