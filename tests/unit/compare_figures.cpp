// Similarity figures and verdicts of comparisons.
#include <cmath>
#include <doctest/doctest.h>
#include <limits>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/report/compare.hpp>

using namespace tpu_convert;

namespace {
constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN(), endless = std::numeric_limits<float>::infinity();
similarity of(std::vector<float> const& x, std::vector<float> const& y) { return compare(std::span{x}, std::span{y}); }
} // namespace

TEST_CASE("cosine, euclidean similarity and sqnr are those of their definitions") {
    auto const s = of({1, 2, 3}, {1, 2, 4});
    CHECK(s.cosine == doctest::Approx(17 / std::sqrt(14.0 * 21.0)).epsilon(1e-12));
    CHECK(s.euclidean == doctest::Approx(1 - 1 / std::sqrt(17.25)).epsilon(1e-7));
    CHECK(s.sqnr == doctest::Approx(10 * std::log10(7.0)).epsilon(1e-9));
    CHECK(s.max_abs == 1);
    CHECK_FALSE(s.equal);
    CHECK(s.close_order == 0);
    CHECK(of({0, 0}, {1, 2}).cosine == 0);
    CHECK(of({0, 0}, {0, 0}).equal);
    CHECK(of({1.0005f}, {1}).close_order == 3);
}

TEST_CASE("values that are not finite match only themselves") {
    CHECK(of({not_a_number, endless, 1}, {not_a_number, endless, 1}).equal);
    CHECK(of({not_a_number, 1}, {0, 1}).cosine == 0);
    CHECK(of({endless, 1}, {-endless, 1}).euclidean == 0);
    CHECK(of({endless, 1}, {10000, 1}).cosine == 0);
}

TEST_CASE("a comparison passes by equality, closeness or similarity, in that order") {
    auto const tensor_of = [](std::vector<float> const& v) { return tensor{{static_cast<std::int64_t>(v.size())},
                                                                           std::span{v}}; };
    auto const verdict = [&](std::vector<float> const& x, std::vector<float> const& y, compare_rules const& rules = {}, dtype t =
                             dtype::f32) {
        return judge("t", tensor_of(x), tensor_of(y), rules, t);
    };
    CHECK(verdict({1, 2}, {1, 2}).level == match::equal);
    CHECK(verdict({1.0001f, 2}, {1, 2}).level == match::close);
    CHECK(verdict({1.005f, 2}, {1, 2}).level == match::similar);
    CHECK(verdict({1, 2, 3}, {1, 2, 4}).level == match::not_similar);
    CHECK(verdict({1, 2, 3}, {1, 2, 4}, {0.9, 0.7}).passed);
    CHECK(verdict({1, 2}, {1, 2, 3}).level == match::not_match);
    CHECK(verdict({1, 2, 3, 100}, {1, 2, 3, 101}, {}, dtype::i8).level == match::not_equal);
    CHECK(verdict({1, 2, 3, 100}, {1, 2, 3, 101}, {0.99, 0.9, -1, false}, dtype::i8).passed);
    CHECK_FALSE(comparison_report{}.passed());
    CHECK_THROWS_AS(compare(tensor_of({1}), tensor_of({1, 2})), model_error);
}

TEST_CASE("along an axis the worst slice counts") {
    float const x[] = {1, 2, 3, 4}, y[] = {1, 2, 4, 3};
    auto const row = judge("t", tensor{{2, 2}, x}, tensor{{2, 2}, y}, {0.99, 0.9, 0});
    CHECK(row.figures.cosine == doctest::Approx(24.0 / 25));
    CHECK_FALSE(row.passed);
}
