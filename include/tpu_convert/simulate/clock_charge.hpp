// What one command costs, and the arithmetic that all costs share.
#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <tpu_convert/chip/timing.hpp>
#include <tpu_convert/simulate/mac_operand.hpp>

namespace tpu_convert::simulate {

struct charge {
    double cycles = 0;
    double products = 0;    // multiply-accumulates of the result, padding of the array left out
    double full_cycles = 0; // the same at the array's full rate
    std::uint64_t read = 0, written = 0; // bytes of global memory
};

// Elements of a tensor in local memory; channel 0 lies in the lane of `address`.
struct local_shape {
    double n = 1, c = 1, plane = 1;
    std::uint64_t address = 0;
    std::uint32_t bytes = 1; // of an element
};

constexpr std::size_t width_index(std::uint32_t bytes) { return static_cast<std::size_t>(std::bit_width(bytes)) - 1; }

// ceil(a / b)
inline double parts(double a, double b) { return std::ceil(a / b); }

// Rows of channels, counted from lane 0 of the first.
inline double channel_rows(array_figures const& a, double channels, std::uint64_t address) {
    double const start = std::fmod(std::floor(static_cast<double>(address) / a.lane_bytes), a.lanes);
    return parts(start + channels, a.lanes);
}

// One pass of the vector units over a tensor: each lane takes vector_bytes of a plane in a cycle.
inline double vector_pass(array_figures const& a, local_shape const& s) {
    return s.n * channel_rows(a, s.c, s.address) * parts(s.plane * s.bytes, a.vector_bytes);
}

// Sizes of an operand by the names of its fields; a zero counts as one.
template <fixed_string Field, class Command>
double size_field(Command const& c) {
    return std::max<double>(1, static_cast<double>(c.template get<Field>()));
}

template <class Command>
local_shape result_shape(Command const& c, std::uint32_t bytes) {
    return {size_field<"res0_n">(c), size_field<"res0_c">(c), size_field<"res0_h">(c) * size_field<"res0_w">(c),
            c.template get<"res0_addr">(), bytes};
}

template <fixed_string Field, class Command>
std::uint32_t element_bytes(Command const& c) {
    return bytes_of(checked_precision(c.template get<Field>()));
}

} // namespace tpu_convert::simulate
