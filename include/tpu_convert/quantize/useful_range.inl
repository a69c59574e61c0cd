#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/quantize/useful_range.hpp>

namespace tpu_convert::detail {

TPU_CONVERT_INLINE input_range useful_range(node const& function, input_range const& range, number_format const& result,
                                            std::int64_t points) {
    double const step = (range.highest - range.lowest) / (points - 1);
    if (!(step > 0)) return range;
    tensor x(shape{points}), y(shape{points});
    for (std::int64_t i = 0; i < points; ++i) x[i] = static_cast<float>(range.lowest + step * static_cast<double>(i));
    std::array<tensor const*, 1> const in{&x};
    function.op->evaluate(function.attributes, in, std::span(&y, 1));
    double const lowest = (static_cast<double>(lowest_of(result.type)) - static_cast<double>(result.zero_point)) * result.scale;
    double const highest = (static_cast<double>(highest_of(result.type)) - static_cast<double>(result.zero_point)) * result.scale;
    for (float& v : y.values()) v = static_cast<float>(std::clamp(static_cast<double>(v), lowest, highest));
    auto const same = [&](std::int64_t i, std::int64_t j) { return std::abs(y[i] - y[j]) <= result.scale / 2; };
    // The last point that all before it agree with: their smallest and largest values decide.
    auto const agreed = [&](std::int64_t from, std::int64_t direction) {
        float least = y[from], most = y[from];
        std::int64_t at = from;
        for (std::int64_t i = from; i >= 0 && i < points; i += direction) {
            least = std::min(least, y[i]), most = std::max(most, y[i]);
            if (y[i] - least > result.scale / 2 || most - y[i] > result.scale / 2) break;
            at = i;
        }
        return at;
    };
    std::int64_t const low = agreed(0, 1), high = agreed(points - 1, -1);
    if (low >= high || same(0, points - 1)) return range;
    return {x[low], x[high]};
}

} // namespace tpu_convert::detail
