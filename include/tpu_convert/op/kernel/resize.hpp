// Where the pixels of a resized axis come from.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <tpu_convert/op/enumerations.hpp>
#include <vector>

namespace tpu_convert::kernel {

// Output i is low[i] (1 - weight[i]) + high[i] weight[i].
struct resize_axis {
    std::vector<std::int64_t> low, high;
    std::vector<double> weight;
};

inline double source_position(interp_coord_mode mode, std::int64_t i, std::int64_t in, std::int64_t out, double scale) {
    auto const x = static_cast<double>(i);
    switch (mode) {
        case interp_coord_mode::align_corners:
            return out > 1 ? x * static_cast<double>(in - 1) / static_cast<double>(out - 1) : 0;
        case interp_coord_mode::pytorch_half_pixel:
            return out > 1 ? (x + 0.5) / scale - 0.5 : 0;
        case interp_coord_mode::half_pixel:
            return (x + 0.5) / scale - 0.5;
        case interp_coord_mode::asymmetric:
            return x / scale;
    }
    return 0;
}

// Nearest: asymmetric positions are rounded down, others to the nearest, the lower one of two.
inline resize_axis make_resize_axis(interp_mode mode, interp_coord_mode coordinates, std::int64_t in, std::int64_t out,
                                    double scale) {
    resize_axis a;
    for (std::int64_t i = 0; i < out; ++i) {
        auto x = source_position(coordinates, i, in, out, scale);
        if (mode == interp_mode::nearest)
            x = coordinates == interp_coord_mode::asymmetric ? std::floor(x + 1e-6) : std::ceil(x - 0.5);
        x = std::clamp(x, 0.0, static_cast<double>(in - 1));
        auto const low = static_cast<std::int64_t>(x);
        a.low.push_back(low);
        a.high.push_back(std::min(low + 1, in - 1));
        a.weight.push_back(x - static_cast<double>(low));
    }
    return a;
}

// Rows of `planes` images [height, width]: first along the width, then along the height.
template <class T>
void resize(resize_axis const& h, resize_axis const& w, std::int64_t planes, std::int64_t height, std::int64_t width, T const* x,
            T* y) {
    auto const columns = static_cast<std::int64_t>(w.low.size());
    std::vector<T> wide(static_cast<std::size_t>(height * columns)), weight(w.weight.begin(), w.weight.end());
    for (std::int64_t p = 0; p < planes; ++p, x += height * width) {
        for (std::int64_t r = 0; r < height; ++r)
            for (std::int64_t c = 0; c < columns; ++c) {
                auto const i = static_cast<std::size_t>(c);
                T const low = x[r * width + w.low[i]], high = x[r * width + w.high[i]];
                wide[static_cast<std::size_t>(r * columns + c)] = low + (high - low) * weight[i];
            }
        for (std::size_t r = 0; r < h.low.size(); ++r, y += columns) {
            T const* low = wide.data() + h.low[r] * columns;
            T const* high = wide.data() + h.high[r] * columns;
            T const t = static_cast<T>(h.weight[r]);
            for (std::int64_t c = 0; c < columns; ++c) y[c] = low[c] + (high[c] - low[c]) * t;
        }
    }
}

} // namespace tpu_convert::kernel
