// kl: the clipping whose distribution of magnitudes, in 2^(bits-1) levels, diverges least from the true one.
#pragma once
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <tpu_convert/quantize/threshold_method.hpp>
#include <vector>

namespace tpu_convert {

struct threshold_kl {
    static constexpr std::string_view name = "kl";
    static constexpr bool counts_values = true;
    static constexpr std::size_t step = 128, most_bins = 131072;

    static calibration_row row(tensor_statistics const& s, int bits) {
        auto counts = s.counts.magnitudes();
        double width = static_cast<double>(s.counts.width());
        while (counts.size() > most_bins) {
            counts.resize((counts.size() + 2 * step - 1) / (2 * step) * 2 * step);
            for (std::size_t i = 0; i < counts.size() / 2; ++i) counts[i] = counts[2 * i] + counts[2 * i + 1];
            counts.resize(counts.size() / 2);
            width *= 2;
        }
        return limited_row(s, width * static_cast<double>(kept_bins(counts, std::size_t{1} << (bits - 1))));
    }

    // How many bins stay: the multiple of 128 with the least divergence, the first of equal ones.
    static std::size_t kept_bins(std::span<std::uint64_t const> counts, std::size_t levels) {
        double best = std::numeric_limits<double>::infinity();
        std::size_t kept = counts.size();
        std::uint64_t total = 0, inside = 0;
        for (auto const n : counts) total += n;
        for (std::size_t bins = step; bins <= counts.size(); bins += step) {
            for (std::size_t i = bins - step; i < bins; ++i) inside += counts[i];
            if (inside == 0) continue;
            double const d = divergence(counts.first(bins), levels, total, inside);
            if (d < best) best = d, kept = bins;
        }
        return kept;
    }

private:
    // sum P log10(P / Q): P has what is clipped in its last bin; Q spreads each level evenly over those of its bins where P is
    // not empty.
    static double divergence(std::span<std::uint64_t const> counts, std::size_t levels, std::uint64_t total,
                             std::uint64_t inside) {
        constexpr double tiny = 1e-30;
        std::size_t const bins = counts.size(), merged = bins / levels;
        double const clipped = static_cast<double>(total - inside), all = static_cast<double>(total);
        double const q_all = static_cast<double>(inside);
        auto const p_of = [&](std::size_t i) { return static_cast<double>(counts[i]) + (i + 1 == bins ? clipped : 0.0); };
        double sum = 0;
        for (std::size_t first = 0; first < bins; first += merged) {
            double level = 0, filled = 0;
            for (std::size_t i = first; i < first + merged; ++i) level += static_cast<double>(counts[i]), filled += p_of(i) > 0;
            for (std::size_t i = first; filled > 0 && i < first + merged; ++i) {
                double const p = p_of(i) / all;
                if (p > 0) sum += p * std::log10((p + tiny) / (level / filled / q_all + tiny));
            }
        }
        return sum;
    }
};

} // namespace tpu_convert
