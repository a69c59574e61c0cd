// kl: the clipping whose distribution of magnitudes, in 2^(bits-1) levels, diverges least from the true one.
#pragma once
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <tpu_convert/quantize/threshold_rows.hpp>
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
        double weighted = 0; // sum n log2(n) of all bins but the last
        for (std::size_t bins = step; bins <= counts.size(); bins += step) {
            for (std::size_t i = bins - step; i < bins; ++i) {
                inside += counts[i];
                if (i > 0) weighted += times_log(static_cast<double>(counts[i - 1]));
            }
            if (inside == 0) continue;
            double const d = divergence(counts.first(bins), levels, static_cast<double>(total), static_cast<double>(inside),
                                        weighted);
            if (d < best) best = d, kept = bins;
        }
        return kept;
    }

private:
    static double times_log(double x) { return x > 0 ? x * std::log2(x) : 0; }

    // sum P log2(P / Q) with shares P and Q. P has what is clipped in its last bin; Q spreads each level evenly over those of
    // its bins where P is not empty, so it is one number a level.
    static double divergence(std::span<std::uint64_t const> counts, std::size_t levels, double total, double inside,
                             double weighted) {
        constexpr double tiny = 1e-30; // in place of a share of zero
        std::size_t const bins = counts.size(), merged = bins / levels;
        double const last = static_cast<double>(counts.back()) + (total - inside);
        double sum = weighted + times_log(last) - total * std::log2(total);
        for (std::size_t first = 0; first < bins; first += merged) {
            std::uint64_t level = 0, filled = 0;
            for (std::size_t i = first; i < first + merged; ++i) level += counts[i], filled += counts[i] > 0;
            bool const at_end = first + merged == bins;
            double const p = static_cast<double>(level) + (at_end ? total - inside : 0.0);
            if (at_end && counts.back() == 0 && last > 0) ++filled;
            if (p > 0) sum -= p * std::log2(static_cast<double>(level) / static_cast<double>(filled) / inside + tiny);
        }
        return sum / total;
    }
};

} // namespace tpu_convert
