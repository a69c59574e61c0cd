// Special functions of the TIU (SFU): power series, exponent, inverse square root.
#pragma once
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/operand.hpp>
#include <tpu_convert/simulate/rows.hpp>

namespace tpu_convert::simulate {

struct sfu_command {
    unsigned op = 17; // 12 and 13 series, 15 exponent, 17 inverse root
    precision type = precision::f32, source_type = precision::f32;
    extent4 size;
    unsigned steps = 1; // of Newton
    std::uint32_t terms = 0;
    std::uint64_t result = 0, source = 0, coefficients = 0;
};

void run_sfu(machine_memory& m, sfu_command const& c);

template <class Command>
sfu_command read_sfu(Command const& c) {
    auto const u = [](std::uint64_t v) { return static_cast<std::uint32_t>(v); };
    sfu_command r;
    r.op = u(c.template get<"tsk_eu_typ">());
    r.type = checked_precision(c.template get<"res0_prec">()), r.source_type = checked_precision(c.template get<"opd0_prec">());
    r.size = {u(c.template get<"res0_n">()), u(c.template get<"res0_c">()), u(c.template get<"res0_h">()),
              u(c.template get<"res0_w">())};
    r.steps = u(c.template get<"opd2_n_str">()) + 1, r.terms = u(c.template get<"opd1_n">());
    r.result = c.template get<"res0_addr">(), r.source = c.template get<"opd0_addr">(),
    r.coefficients = c.template get<"opd1_addr">();
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/tiu_sfu.inl>
#endif
