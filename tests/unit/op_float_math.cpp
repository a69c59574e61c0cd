#include <cmath>
#include <doctest/doctest.h>
#include <limits>
#include <tpu_convert/op/float_math.hpp>

namespace {

// Largest distance in units of the last place of the exact value.
template <class F, class G>
double worst(F f, G exact, double from, double to) {
    double most = 0;
    for (int i = 0; i <= 100000; ++i) {
        auto const x = static_cast<float>(from + (to - from) * i / 100000);
        double const wanted = exact(static_cast<double>(x));
        double const unit = std::ldexp(1.0, std::max(-149, (wanted == 0 ? -149 : std::ilogb(wanted)) - 23));
        most = std::max(most, std::fabs(static_cast<double>(f(x)) - wanted) / unit);
    }
    return most;
}

} // namespace

namespace fm = tpu_convert::float_math;

TEST_CASE("float exp, log and tanh are within two units of the last place, erf within three") {
    auto const exp = [](auto x) { return fm::exp(x); };
    auto const log = [](auto x) { return fm::log(x); };
    auto const tanh = [](auto x) { return fm::tanh(x); };
    auto const erf = [](auto x) { return fm::erf(x); };
    CHECK(worst(exp, exp, -103, 88.7) < 2);
    CHECK(worst(log, log, 1e-42, 1e-37) < 2);
    CHECK(worst(log, log, 1e-3, 4) < 2);
    CHECK(worst(tanh, tanh, -12, 12) < 2);
    CHECK(worst(erf, erf, -6, 6) < 3);
}

TEST_CASE("float functions have the limits of the standard library's") {
    constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    CHECK(fm::exp(infinity) == infinity);
    CHECK(fm::exp(100.0f) == infinity);
    CHECK(fm::exp(-infinity) == 0);
    CHECK(fm::log(0.0f) == -infinity);
    CHECK(fm::log(infinity) == infinity);
    CHECK(std::isnan(fm::log(-1.0f)));
    CHECK(fm::tanh(infinity) == 1);
    CHECK(fm::erf(-infinity) == -1);
    CHECK(std::isnan(fm::exp(nan)));
    CHECK(std::isnan(fm::tanh(nan)));
    CHECK(std::isnan(fm::erf(nan)));
}
