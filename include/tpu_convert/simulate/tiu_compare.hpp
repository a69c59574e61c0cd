// Choice between values by comparing others (CMP): a > b ? c : d, a == b ? c : d, a < b ? c : d; two of them also choose a or
// b.
#pragma once
#include <array>
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/operand.hpp>
#include <tpu_convert/simulate/rows.hpp>

namespace tpu_convert::simulate {

struct compare_source {
    std::uint32_t constant = 0; // the value itself, if is_constant
    bool is_constant = false;
    bool repeated = false; // one element for all
    std::uint64_t address = 0;
};

struct compare_command {
    unsigned op = 23; // 23 greater, 24 equal, 26 less; 22 and 25: greater and less with a second result
    precision compared = precision::f32, chosen = precision::f32;
    bool is_signed = true;
    extent4 size;
    std::uint64_t result = 0, second = 0; // with two results the first is a or b, the second c or d
    std::array<compare_source, 4> source; // a, b, c, d
};

void run_compare(machine_memory& m, compare_command const& c);

template <class Command>
compare_command read_compare(Command const& c) {
    auto const u = [](std::uint64_t v) { return static_cast<std::uint32_t>(v); };
    auto const source = [&](std::uint64_t constant, std::uint64_t address, std::uint64_t layout = 0) {
        return compare_source{u(address), constant != 0, layout == 3, address};
    };
    compare_command r;
    r.op = u(c.template get<"tsk_eu_typ">());
    r.compared = checked_precision(c.template get<"opd0_prec">()), r.chosen = checked_precision(c.template get<"opd2_prec">());
    r.is_signed = c.template get<"opd0_sign">();
    r.size = {u(c.template get<"res0_n">()), u(c.template get<"res0_c">()), u(c.template get<"res0_h">()),
              u(c.template get<"res0_w">())};
    r.result = c.template get<"res0_addr">(), r.second = c.template get<"res1_addr">();
    r.source = {source(c.template get<"opd0_const">(), c.template get<"opd0_addr">(), c.template get<"opd0_str">()),
                source(c.template get<"opd1_const">(), c.template get<"opd1_addr">(), c.template get<"opd1_str">()),
                source(c.template get<"opd2_const">(), c.template get<"opd2_addr">()),
                source(c.template get<"opd3_const">(), c.template get<"opd3_addr">())};
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/tiu_compare.inl>
#endif
