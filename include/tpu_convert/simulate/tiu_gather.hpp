// Gathers and scatters inside local memory (SG, SGL).
#pragma once
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/operand.hpp>
#include <tpu_convert/simulate/rows.hpp>

namespace tpu_convert::simulate {

struct gather_command {
    unsigned op = 5;
    precision type = precision::i8, index_type = precision::i8;
    extent4 size; // of the result
    std::uint32_t source_h = 1, source_w = 1;
    std::uint32_t index_c = 1, index_w = 1;
    unsigned source_layout = 0;
    bool limited = false, filled = false; // an index of all ones means: fill, or leave alone
    std::uint32_t fill = 0;
    std::uint64_t result = 0, source = 0, index = 0, counts = 0;
};

void run_gather(machine_memory& m, gather_command const& c);

template <class Command>
gather_command read_gather(Command const& c) {
    auto const u = [](std::uint64_t v) { return static_cast<std::uint32_t>(v); };
    gather_command r;
    r.op = u(c.template get<"tsk_eu_typ">());
    r.type = checked_precision(c.template get<"res0_prec">()), r.index_type = checked_precision(c.template get<"opd1_prec">());
    r.size = {u(c.template get<"res0_n">()), u(c.template get<"res0_c">()), u(c.template get<"res0_h">()),
              u(c.template get<"res0_w">())};
    r.source_h = u(c.template get<"opd0_h">());
    if constexpr (Command::template has<"opd0_w">) r.source_w = u(c.template get<"opd0_w">());
    if constexpr (Command::template has<"opd1_w">)
        r.index_c = u(c.template get<"opd1_c">()), r.index_w = u(c.template get<"opd1_w">());
    r.source_layout = u(c.template get<"opd0_str">());
    r.limited = c.template get<"opd3_const">(), r.filled = c.template get<"opd2_const">();
    r.fill = u(c.template get<"opd2_addr">());
    r.result = c.template get<"res0_addr">(), r.source = c.template get<"opd0_addr">(), r.index = c.template get<"opd1_addr">();
    r.counts = c.template get<"res1_addr">();
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/tiu_gather.inl>
#endif
