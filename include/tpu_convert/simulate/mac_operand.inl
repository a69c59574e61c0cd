// Reading operands of multiply-accumulate commands.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/integer_math.hpp>
#include <tpu_convert/simulate/mac_operand.hpp>

namespace tpu_convert::simulate {

TPU_CONVERT_INLINE void load_values(float* to, std::byte const* from, std::uint64_t step, std::size_t count, precision p,
                                    bool is_signed) {
    if (is_float(p)) return float_loader(p)(to, from, step, count);
    std::array<std::int64_t, chunk> part;
    auto const load = integer_loader(p, is_signed);
    for (std::size_t first = 0; first < count; first += chunk) {
        std::size_t const n = std::min(chunk, count - first);
        load(part.data(), from + first * step * bytes_of(p), step, n);
        std::transform(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(n), to + first,
                       [](std::int64_t v) { return static_cast<float>(v); });
    }
}

TPU_CONVERT_INLINE float constant_value(std::uint32_t bits, precision p, bool is_signed) {
    std::array<std::byte, 4> raw;
    std::memcpy(raw.data(), &bits, raw.size());
    float v = 0;
    load_values(&v, raw.data(), 1, 1, p, is_signed);
    return v;
}

TPU_CONVERT_INLINE local_operand aligned_operand(std::uint32_t address, extent4 const& size, precision p, memory_sizes const& m) {
    return {address, bytes_of(p), size, packed_strides(address, size, bytes_of(p), m, true)};
}

TPU_CONVERT_INLINE local_operand compact_operand(std::uint32_t address, extent4 const& size, precision p, memory_sizes const& m) {
    return {address, bytes_of(p), size, packed_strides(address, size, bytes_of(p), m, false)};
}

TPU_CONVERT_INLINE std::vector<float> channel_values(machine_memory& m, mac_operand const& o, std::uint32_t channels,
                                                     std::uint32_t width, precision p) {
    std::vector<float> values(std::size_t{channels} * width);
    if (o.is_constant) {
        std::fill(values.begin(), values.end(), constant_value(o.address, p, o.is_signed));
        return values;
    }
    local_operand const row = compact_operand(o.address, {1, channels, 1, width}, p, m.sizes());
    m.reads(row.covers());
    for (std::uint32_t c = 0; c < channels; ++c)
        load_values(values.data() + std::size_t{c} * width, row_start(m, row, 0, c), 1, width, p, o.is_signed);
    return values;
}

TPU_CONVERT_INLINE void store_sums(std::byte* to, float const* from, std::size_t step, std::size_t count, precision p) {
    std::array<float, chunk> line;
    auto const store = float_storer(p);
    for (std::size_t first = 0; first < count; first += chunk) {
        std::size_t const n = std::min(chunk, count - first);
        bool numbers = true;
        for (std::size_t i = 0; i < n; ++i) {
            line[i] = from[(first + i) * step];
            numbers = numbers && line[i] == line[i];
        }
        store(to + first * bytes_of(p), 1, line.data(), n);
        if (numbers || bytes_of(p) == 4) continue;
        for (std::size_t i = 0; i < n; ++i) {
            if (line[i] == line[i]) continue;
            std::uint16_t const nan = std::signbit(line[i]) ? 0xFFFF : 0x7FFF;
            std::memcpy(to + (first + i) * sizeof nan, &nan, sizeof nan);
        }
    }
}

TPU_CONVERT_INLINE void store_sums(std::byte* to, std::int32_t const* from, std::size_t step, std::size_t count, precision p) {
    std::array<std::int64_t, chunk> line;
    auto const store = integer_storer(p);
    integer_range const range = range_of(p, true);
    for (std::size_t first = 0; first < count; first += chunk) {
        std::size_t const n = std::min(chunk, count - first);
        for (std::size_t i = 0; i < n; ++i) line[i] = saturated(from[(first + i) * step], range);
        store(to + first * bytes_of(p), 1, line.data(), n);
    }
}

TPU_CONVERT_INLINE void check_work(double amount, double limit, char const* what) {
    if (amount > limit)
        throw model_error{error_code::machine_fault, "",
                          "a command needs " + std::to_string(amount) + " " + what + ", more than the " + std::to_string(limit) +
                              " that the machine allows; no real command does"};
}

} // namespace tpu_convert::simulate
