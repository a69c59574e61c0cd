// From an exact sum to a result of 8 or 16 bits: multiplier and shift for all channels or for each, zero point, bounds.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tpu_convert/core/fixed_point.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <vector>

namespace tpu_convert {

// Attributes that integer operators inherit. Bounds are those of the result's type, or narrower for a fused ReLU.
struct requantizer {
    std::vector<std::int64_t> multipliers{1}, shifts{0};
    std::int64_t zero_point = 0; // of the result
    std::int64_t lowest = -128, highest = 127;
    bool two_roundings = false; // multipliers are of 2^-31 (see doubled_product)

    // round(sum * multiplier / 2^shift) + zero point, within the bounds; halves are rounded away from zero.
    std::int64_t apply(std::int64_t sum, std::size_t channel) const {
        std::size_t const c = multipliers.size() == 1 ? 0 : channel;
        std::int64_t const y = two_roundings ? doubled_product(sum, multipliers[c], shifts[c])
                                             : round_shift(sum * multipliers[c], shifts[c]);
        return std::clamp(y + zero_point, lowest, highest);
    }

    static constexpr auto fields() {
        return field_list{attribute{"multipliers", &requantizer::multipliers}, attribute{"shifts", &requantizer::shifts},
                          attribute{"zero_point", &requantizer::zero_point}, attribute{"lowest", &requantizer::lowest},
                          attribute{"highest", &requantizer::highest},
                          attribute{"two_roundings", &requantizer::two_roundings}};
    }
};

} // namespace tpu_convert
