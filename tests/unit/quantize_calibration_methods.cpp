// Thresholds of each method, against numbers that a separate numpy program computed from the same values.
#include <algorithm>
#include <array>
#include <cmath>
#include <doctest/doctest.h>
#include <limits>
#include <tpu_convert/quantize/threshold_kl.hpp>
#include <tpu_convert/quantize/threshold_method.hpp>
#include <vector>

using namespace tpu_convert;

namespace {

// u / (1.02 - |u|) for 16384 reproducible u in [-1, 1): most are small, the largest are near 50.
std::vector<float> heavy_tailed() {
    std::vector<float> x(16384);
    std::uint32_t seed = 1;
    for (auto& v : x) {
        seed = seed * 1664525u + 1013904223u;
        float const u = static_cast<float>(seed >> 8) / 8388608.0f - 1.0f;
        v = u / (1.02f - std::fabs(u));
    }
    return x;
}

tensor_statistics statistics_of(std::vector<float> const& x, threshold_method_info const& method, std::size_t bins = 2048) {
    tensor_statistics s;
    s.range = range_of(x);
    s.counts = histogram(s.range.magnitude() / static_cast<float>(bins - 1));
    s.counts.count(x, s.range);
    if (method.of_sample) s.sum = method.of_sample(x, s.range, 8), s.samples = 1;
    return s;
}

calibration_row row(char const* method, std::vector<float> const& x, int bits = 8) {
    auto const* m = find_threshold_method(method);
    REQUIRE(m);
    return m->row(statistics_of(x, *m), bits);
}

std::vector<float> magnitudes(std::vector<float> x) {
    for (auto& v : x) v = std::fabs(v);
    return x;
}

} // namespace

TEST_CASE("Each calibration method finds the threshold that numpy finds") {
    auto const x = heavy_tailed();
    CHECK(row("max", x).threshold == doctest::Approx(49.977867).epsilon(1e-6));
    CHECK(row("kl", x).threshold == doctest::Approx(49.977867).epsilon(1e-6));
    CHECK(row("use_kl", x, 4).threshold == doctest::Approx(18.750856).epsilon(1e-6));
    CHECK(row("mse", x).threshold == doctest::Approx(49.105047).epsilon(1e-5));
    CHECK(row("mse", magnitudes(x)).threshold == doctest::Approx(49.716127).epsilon(1e-5));
    CHECK(row("aciq_gauss", x).threshold == doctest::Approx(48.073626).epsilon(1e-5));
    CHECK(row("aciq_laplace", x).threshold == doctest::Approx(29.902200).epsilon(1e-5));
    auto const p = row("percentile9999", x);
    CHECK(p.min == doctest::Approx(-49.921436).epsilon(1e-3));
    CHECK(p.max == doctest::Approx(48.820835).epsilon(1e-3));
    CHECK(p.threshold == std::max(-p.min, p.max));
    CHECK(find_threshold_method("kld") == nullptr);
}

TEST_CASE("A range leaves out what is not finite and counts zeros") {
    constexpr float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
    std::vector<float> x(40, 0.5f);
    x[3] = nan, x[5] = inf, x[7] = -inf, x[17] = -2, x[33] = 3, x[35] = 0, x[39] = -0.0f;
    auto const r = range_of(x);
    CHECK(r.min == -2);
    CHECK(r.max == 3);
    CHECK(r.count == 37);
    CHECK(r.zeros == 2);
    CHECK(r.not_finite == 3);
    CHECK(range_of({}).magnitude() == 0);
}

TEST_CASE("A histogram counts round(x / width), zeros apart, and grows") {
    histogram h(0.5f);
    std::vector<float> const x{0, 0.2f, -0.2f, 0.25f, -0.25f, 0.7f, 1, -3};
    h.count(x, range_of(x));
    REQUIRE(h.positive_places() == 3);
    CHECK(h.positive(0) == 2); // 0.2 and -0.2
    CHECK(h.positive(1) == 2); // 0.25 and 0.7
    CHECK(h.positive(2) == 1);
    CHECK(h.farthest_negative() == 6);
    CHECK(h.negative(1) == 1);
    CHECK(h.negative(6) == 1);
    CHECK(h.zeros() == 1);
    CHECK(h.counted() == 8);
    std::vector<float> const more{5};
    h.count(more, range_of(more));
    CHECK(h.positive_places() == 11);
    CHECK(h.magnitudes().size() == 128);
    CHECK(h.magnitudes()[6] == 1);
    CHECK(h.magnitudes()[10] == 1);
}

TEST_CASE("Of a large tensor another part is counted for each sample, if there are many") {
    CHECK(histogram::share_counted(4096, 50) == 1);
    CHECK(histogram::share_counted(16384, 50) == 3);
    CHECK(histogram::share_counted(1u << 24, 50) == 24);
    CHECK(histogram::share_counted(16384, 1) == 1);
    std::vector<float> x(16384, 1.0f);
    for (std::size_t i = 1024; i < 2048; ++i) x[i] = 2; // the second of each four blocks, once
    for (std::size_t turn = 0; turn < 5; ++turn) {
        histogram h(1.0f);
        h.count(x, range_of(x), 4, turn);
        CHECK(h.counted() == 4096);
        CHECK(h.positive(2) == (turn == 1 ? 1024 : 0));
    }
}

TEST_CASE("Divergence keeps all bins of an even distribution and cuts a far outlier") {
    std::vector<std::uint64_t> counts(2048, 10);
    CHECK(threshold_kl::kept_bins(counts, 128) == 2048);
    std::fill(counts.begin(), counts.end(), 0);
    for (std::size_t i = 0; i < 200; ++i) counts[i] = 1000 - 5 * i;
    counts[2047] = 1;
    CHECK(threshold_kl::kept_bins(counts, 128) == 256);
}

TEST_CASE("A tensor of zeros gets the least threshold by every method") {
    std::vector<float> const zeros(100, 0.0f);
    for (auto const& m : all_threshold_methods()) {
        auto const r = m.row(statistics_of(zeros, m), 8);
        CHECK(r.threshold == least_threshold);
        CHECK(r.min == 0);
        CHECK(r.max == 0);
    }
}
