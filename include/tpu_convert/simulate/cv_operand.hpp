// Operands of the CV18xx's TIU commands: where they lie, and their elements as numbers.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/fixed_string.hpp>
#include <tpu_convert/simulate/footprint.hpp>
#include <tpu_convert/simulate/memory.hpp>
#include <tpu_convert/simulate/operand.hpp>
#include <vector>

namespace tpu_convert::simulate {

// Elements of 8 bits, of 16 bits in two planes of bytes, and bf16.
enum class cv_type : std::uint8_t { i8, i16, bf16 };

struct cv_operand {
    cv_type type = cv_type::i8;
    bool is_signed = true, is_constant = false;
    std::uint32_t address = 0; // or the constant
    extent4 size{};
    unsigned layout = 0;
    stride4 given{};           // in bytes, for layout 3
    std::uint64_t plane_step = 0; // from the low to the high bytes

    std::uint32_t bytes() const { return type == cv_type::bf16 ? 2 : 1; }
};

inline constexpr double most_cv_elements = 1 << 26;
// Number of elements; a model_error if there are none or too many.
std::size_t cv_count(cv_operand const& o);
// The low bits as an element of the operand's integer type.
std::int32_t widened(std::uint32_t bits, cv_operand const& o);
// The place of the elements (of the low bytes); strides in bytes.
footprint place_of(cv_operand const& o, memory_sizes const& m);
// First byte of (n, c, 0, 0).
inline std::byte* channel_start(machine_memory& m, footprint const& f, std::uint32_t n, std::uint32_t c) {
    auto const& s = m.sizes();
    std::uint64_t const q = f.address / s.lane_bytes + c;
    return m.local() + q % s.lanes * s.lane_bytes + f.address % s.lane_bytes + n * f.n_stride + q / s.lanes * f.c_stride;
}
// All elements in order n, c, h, w; a constant is repeated. They are declared as read.
std::vector<std::int32_t> load_integers(machine_memory& m, cv_operand const& o);
std::vector<float> load_floats(machine_memory& m, cv_operand const& o);
// Values are saturated to the operand's type.
void store_integers(machine_memory& m, cv_operand const& o, std::vector<std::int32_t> const& values);
void store_floats(machine_memory& m, cv_operand const& o, std::vector<float> const& values);

// Half to even, overflow stops at the largest finite number, one NaN.
std::uint16_t cv_bf16(float value);
// The rounding of the plain shift: half up.
constexpr std::int64_t shifted_half_up(std::int64_t v, unsigned shift) {
    return shift == 0 ? v : ((v >> (shift - 1)) + 1) >> 1;
}
// The two roundings of a 32-bit multiplier: to 2^-31 half up, then by 2^-shift half away from zero.
constexpr std::int64_t multiplied(std::int64_t v, std::uint32_t multiplier, unsigned shift) {
    std::int64_t const h = (v * static_cast<std::int64_t>(multiplier) + (std::int64_t{1} << 30)) >> 31;
    std::int64_t const mask = (std::int64_t{1} << shift) - 1, threshold = (mask >> 1) + (h < 0);
    return (h >> shift) + ((h & mask) > threshold);
}

template <fixed_string Field, class Command>
std::uint32_t cv_number(Command const& c) {
    return static_cast<std::uint32_t>(c.template get<Field>());
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/cv_operand.inl>
#endif
