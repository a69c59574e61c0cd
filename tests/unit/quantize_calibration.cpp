// Calibration of a small network: rows, order, threads, samples that are odd.
#include "graph_helper.hpp"
#include <cmath>
#include <limits>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/quantize/calibrate.hpp>
#include <tpu_convert/quantize/tuning_trial.hpp>

using namespace op_test;

namespace {

// x -> conv -> relu -> product of rows, on images of 16 x 16.
graph small_network() {
    graph g;
    auto const x = add_input(g, "x", {1, 3, 16, 16});
    op::conv::attributes window;
    window.kernel_shape = {3, 3}, window.strides = {2, 2}, window.pads = {1, 1, 1, 1};
    auto const conv = add<op::conv>(g, "conv", window, {{x, 0}, {add_weight(g, "w", noise({4, 3, 3, 3}, 2)), 0}, {}});
    auto const relu = add<op::relu>(g, "relu", {}, {{conv, 0}});
    auto const product = add<op::mat_mul>(g, "product", {}, {{relu, 0}, {add_weight(g, "m", noise({8, 5}, 3)), 0}, {}});
    g.outputs = {{product, 0}};
    infer_shapes(g);
    return g;
}

// Values with a long tail; a few samples differ in size.
std::map<std::string, tensor> sample(std::size_t i) {
    tensor t = noise({1, 3, 16, 16}, static_cast<std::uint32_t>(7 * i + 1));
    for (auto& v : t.values()) v = v * v * v * static_cast<float>(1 + i % 3);
    return {{"x", std::move(t)}};
}

bool equal(calibration_rows const& a, calibration_rows const& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& l, auto const& r) {
        return l.first == r.first && l.second.threshold == r.second.threshold && l.second.min == r.second.min &&
               l.second.max == r.second.max;
    });
}

} // namespace

TEST_CASE("every activation has a row in the network's order, with the range over all samples") {
    graph const g = small_network();
    CHECK(activation_names(g) == std::vector<std::string>{"x", "conv", "relu", "product"});
    auto const c = calibrate(g, 7, sample, {.method = "max", .tune = 0});
    CHECK(c.used == 7);
    CHECK(c.table.samples == 7);
    std::map<std::string, float> least, most;
    for (std::size_t i = 0; i < 7; ++i)
        for (auto const& [name, t] : evaluate_graph(g, sample(i), {.keep = evaluate_options::keep_rule::all}))
            for (float const v : t.values()) least[name] = std::min(least[name], v), most[name] = std::max(most[name], v);
    REQUIRE(c.table.rows.size() == 4);
    std::size_t at = 0;
    for (auto const& [name, row] : c.table.rows) {
        CHECK(name == activation_names(g)[at++]);
        CHECK(row.min == doctest::Approx(least[name]));
        CHECK(row.max == doctest::Approx(most[name]));
        CHECK(row.threshold == doctest::Approx(std::max(-least[name], most[name])));
    }
    CHECK(c.table.rows.find("relu")->min == 0);
}

TEST_CASE("a table does not depend on the number of threads, by any method") {
    graph const g = small_network();
    for (char const* method : {"kl", "mse", "percentile9999", "aciq_gauss", "aciq_laplace"}) {
        auto const one = calibrate(g, 9, sample, {.method = method, .threads = 1});
        auto const three = calibrate(g, 9, sample, {.method = method, .threads = 3});
        CHECK(equal(one.table.rows, three.table.rows));
        CHECK(equal(one.untuned, three.untuned));
        for (auto const& [name, row] : one.table.rows) { // tuning only raises thresholds
            CHECK(row.threshold >= one.untuned.find(name)->threshold);
            CHECK(row.threshold <= std::max(row.max, -row.min) + 1e-6);
        }
    }
}

TEST_CASE("a tensor whose first sample is zero, or far smaller than others, is counted in a second pass") {
    graph const g = small_network();
    auto const whole = calibrate(g, 4, [](std::size_t i) { return sample(i + 1); }, {.tune = 0});
    for (float const factor : {0.0f, 1e-6f}) {
        auto const c = calibrate(
            g, 5,
            [&](std::size_t i) {
                auto s = sample(i);
                if (i == 0)
                    for (float& v : s["x"].values()) v *= factor;
                return s;
            },
            {.tune = 0, .threads = 2});
        auto const *row = c.table.rows.find("x"), *wanted = whole.table.rows.find("x");
        CHECK(row->max == wanted->max);
        CHECK(row->threshold == doctest::Approx(wanted->threshold).epsilon(0.15)); // a bin is 1/16 of the range
    }
}

TEST_CASE("samples that cannot be read are passed over and counted; other errors end the calibration") {
    graph const g = small_network();
    auto const broken = [](error_code code) {
        return [code](std::size_t i) {
            if (i % 2 == 0) throw model_error{code, "image " + std::to_string(i), "it is damaged"};
            return sample(i);
        };
    };
    auto const c = calibrate(g, 5, broken(error_code::file_damaged), {.threads = 2});
    CHECK(c.used == 2);
    CHECK(c.skipped == std::vector<std::string>{"image 0: it is damaged", "image 2: it is damaged", "image 4: it is damaged"});
    CHECK_THROWS_AS(calibrate(g, 5, broken(error_code::input_mismatch), {.threads = 2}), model_error);
    CHECK_THROWS_WITH(calibrate(g, 1, broken(error_code::file_missing)),
                      "none of the 1 samples can be read; the first: image 0: it is damaged");
    CHECK_THROWS_WITH(calibrate(g, 0, sample), "the data set has no sample");
    CHECK_THROWS_AS(calibrate(g, 1, sample, {.bins = 5}), model_error);
    CHECK_THROWS_AS(calibrate(g, 1, sample, {.method = "best"}), model_error);
}

TEST_CASE("values that are not finite are left out with a warning") {
    graph const g = small_network();
    auto const c = calibrate(g, 1, [](std::size_t i) {
        auto s = sample(i);
        s["x"][5] = std::numeric_limits<float>::quiet_NaN();
        s["x"][6] = std::numeric_limits<float>::infinity();
        return s;
    });
    CHECK(std::isfinite(c.table.rows.find("x")->threshold));
    CHECK(c.table.rows.find("x")->max <= 1);
    REQUIRE_FALSE(c.warnings.empty());
    CHECK(c.warnings[0] == "x: 2 values are not finite and are left out");
}

TEST_CASE("quantized values are multiples of threshold / 127 or / 255, rounded away from zero at the middle") {
    std::vector<float> const x{0.0f, 1.0f, 0.5f, -0.5f, 1.49f, 200.0f, -200.0f};
    std::vector<float> y(x.size());
    quantize_values(x, y.data(), 127, true);
    CHECK(y == std::vector<float>{0, 1, 1, -1, 1, 127, -128});
    quantize_values(x, y.data(), 255, false);
    CHECK(y == std::vector<float>{0, 1, 1, 0, 1, 200, 0});
}

TEST_CASE("distances of a convolution on a piece of its operand: a finer step is nearer") {
    graph const g = small_network();
    auto const conv = g.find("conv")->node;
    REQUIRE(can_be_tried(g, conv));
    auto const x = sample(0).at("x");
    auto const piece = take_piece(g, conv, x, false, 0);
    CHECK(piece.values.shape() == shape{1, 3, 3, 3}); // one row of the result, three taps
    double const thresholds[] = {1, 4, 100};
    trial_piece const* const twice[] = {&piece, &piece};
    auto const d = quantization_distances(g, conv, twice, thresholds, true);
    REQUIRE(d.size() == 2);
    REQUIRE(d[0]);
    CHECK((*d[0])[0] < (*d[0])[1]);
    CHECK((*d[0])[1] < (*d[0])[2]);
    CHECK(d[1] == d[0]);
}
