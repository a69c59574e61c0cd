// Operands of multiply-accumulate commands as floats: tensors, per-channel rows and constants.
#pragma once
#include <cstddef>
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/fixed_string.hpp>
#include <tpu_convert/simulate/operand.hpp>
#include <tpu_convert/simulate/rows.hpp>
#include <vector>

namespace tpu_convert::simulate {

template <fixed_string Field, class Command>
std::uint32_t number(Command const& c) {
    return static_cast<std::uint32_t>(c.template get<Field>());
}

// An operand's address, or the value itself.
struct mac_operand {
    std::uint32_t address = 0;
    bool is_constant = false;
    bool is_signed = false;
};

// Elements of any type as float; 8 and 16-bit integers are exact.
void load_values(float* to, std::byte const* from, std::uint64_t step, std::size_t count, precision p, bool is_signed);
float constant_value(std::uint32_t bits, precision p, bool is_signed);

local_operand aligned_operand(std::uint32_t address, extent4 const& size, precision p, memory_sizes const& m);
local_operand compact_operand(std::uint32_t address, extent4 const& size, precision p, memory_sizes const& m);

// `width` values for each of `channels` channels, compact in the lanes; a constant stands for all.
std::vector<float> channel_values(machine_memory& m, mac_operand const& o, std::uint32_t channels, std::uint32_t width,
                                  precision p);

// Writes sums, `step` apart, as consecutive elements: floats rounded (NaN keeps its sign), integers saturated as signed ones.
void store_sums(std::byte* to, float const* from, std::size_t step, std::size_t count, precision p);
void store_sums(std::byte* to, std::int32_t const* from, std::size_t step, std::size_t count, precision p);

// A model_error if a command would need more than `limit` of something; `what` names it.
void check_work(double amount, double limit, char const* what);
inline constexpr double most_elements = 1 << 25, most_products = 1e11;

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/mac_operand.inl>
#endif
