// Recurrent layers, attention and sampling against loops.
#include "composed_helper.hpp"

using namespace op_test;

namespace {

using ints = std::vector<std::int64_t>;

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// w row of x plus r row of h plus both biases.
double gate_of(tensor const& w, tensor const& r, tensor const& b, std::int64_t row, float const* x, double const* h,
               std::int64_t rows) {
    double sum = static_cast<double>(b[row]) + static_cast<double>(b[rows + row]);
    for (std::int64_t i = 0; i < w.dim(2); ++i) sum += static_cast<double>(w[row * w.dim(2) + i]) * static_cast<double>(x[i]);
    for (std::int64_t i = 0; i < r.dim(2); ++i) sum += static_cast<double>(r[row * r.dim(2) + i]) * h[i];
    return sum;
}

} // namespace

TEST_CASE("an LSTM is its gates, step by step") {
    tensor const x = noise({3, 1, 4}), w = noise({1, 8, 4}, 2), r = noise({1, 8, 2}, 3), b = noise({1, 16}, 4);
    auto const made = run("LSTM", {{"hidden_size", std::int64_t{2}}}, {x, w, r, b, none, none});
    double h[2]{}, c[2]{};
    for (std::int64_t t = 0; t < 3; ++t) {
        double next[2];
        for (std::int64_t k = 0; k < 2; ++k) {
            auto const gate = [&](std::int64_t g) { return gate_of(w, r, b, 2 * g + k, x.data() + 4 * t, h, 8); };
            c[k] = sigmoid(gate(2)) * c[k] + sigmoid(gate(0)) * std::tanh(gate(3));
            next[k] = sigmoid(gate(1)) * std::tanh(c[k]);
        }
        std::copy_n(next, 2, h);
        for (std::int64_t k = 0; k < 2; ++k) CHECK(made[0][2 * t + k] == doctest::Approx(h[k]).epsilon(1e-5));
    }
    for (std::int64_t k = 0; k < 2; ++k) {
        CHECK(made[1][k] == doctest::Approx(h[k]).epsilon(1e-5));
        CHECK(made[2][k] == doctest::Approx(c[k]).epsilon(1e-5));
    }
}

TEST_CASE("a layer in both directions reads the sequence backwards too") {
    tensor const x = noise({3, 1, 4}), w = noise({2, 6, 4}, 2), r = noise({2, 6, 2}, 3), b = noise({2, 12}, 4);
    auto const both = run("GRU", {{"hidden_size", std::int64_t{2}}, {"bidirectional", true}}, {x, w, r, b});
    auto const half = [](tensor const& t, shape dims) {
        return make(dims, {t.values().begin() + t.size() / 2, t.values().end()});
    };
    tensor turned = x;
    for (std::int64_t t = 0; t < 3; ++t) std::copy_n(x.data() + 4 * (2 - t), 4, turned.data() + 4 * t);
    auto const back =
        run("GRU", {{"hidden_size", std::int64_t{2}}}, {turned, half(w, {1, 6, 4}), half(r, {1, 6, 2}), half(b, {1, 12})});
    for (std::int64_t t = 0; t < 3; ++t)
        for (std::int64_t k = 0; k < 2; ++k)
            CHECK(both[0][4 * t + 2 + k] == doctest::Approx(back[0][2 * (2 - t) + k]).epsilon(1e-5));
    CHECK(both[1].shape() == shape{2, 1, 2});
}

TEST_CASE("attention is a mean of the values by the queries' scores") {
    tensor const q = noise({1, 2, 4, 3}), k = noise({1, 5, 2, 3}, 2), v = noise({1, 5, 2, 3}, 3);
    attribute_map const a{{"scale", 0.5}, {"q_head", std::int64_t{4}}, {"kv_head", std::int64_t{2}}};
    auto const y = run("FAttention", a, {q, k, v, none})[0];
    for (std::int64_t row = 0; row < 2; ++row)
        for (std::int64_t head = 0; head < 4; ++head) {
            double total = 0, sum[3]{};
            for (std::int64_t j = 0; j < 5; ++j) {
                double score = 0;
                for (std::int64_t d = 0; d < 3; ++d)
                    score +=
                        static_cast<double>(q[(row * 4 + head) * 3 + d]) * static_cast<double>(k[(j * 2 + head / 2) * 3 + d]);
                double const share = std::exp(0.5 * score);
                total += share;
                for (std::int64_t d = 0; d < 3; ++d) sum[d] += share * static_cast<double>(v[(j * 2 + head / 2) * 3 + d]);
            }
            for (std::int64_t d = 0; d < 3; ++d)
                CHECK(y[(row * 4 + head) * 3 + d] == doctest::Approx(sum[d] / total).epsilon(1e-5));
        }
}

TEST_CASE("images are read at places: at the pixels, between them, and outside") {
    tensor const image = counted({1, 1, 2, 3});
    attribute_map a{{"mode", std::int64_t{0}}, {"padding_mode", std::int64_t{0}}, {"align_corners", true}};
    tensor const places = make({1, 1, 4, 2}, {-1, -1, 0, 0, 1, 1, 2, 1});
    CHECK(list(run("GridSampler", a, {image, places})[0]) == std::vector<float>{0, 2.5, 5, 0});
    a["padding_mode"] = std::int64_t{1};
    CHECK(list(run("GridSampler", a, {image, places})[0]) == std::vector<float>{0, 2.5, 5, 5});
    a["padding_mode"] = std::int64_t{2}, a["mode"] = std::int64_t{1};
    CHECK(list(run("GridSampler", a, {image, places})[0])[3] == 4);
}

TEST_CASE("a deformable convolution without offsets is a convolution") {
    attribute_map a{
        {"kernel_shape", ints{3, 3}}, {"strides", ints{2, 1}}, {"pads", ints{1, 1, 1, 1}}, {"group", std::int64_t{2}}};
    tensor const x = noise({2, 4, 5, 6}), w = noise({6, 2, 3, 3}, 2), b = noise({6}, 3);
    auto const plain = run("Conv", a, {x, w, b})[0];
    a["deform_group"] = std::int64_t{1};
    auto const moved = run("DeformConv2D", a, {x, w, tensor({2, 18, 3, 6}), none, b})[0];
    REQUIRE(moved.shape() == plain.shape());
    for (std::int64_t i = 0; i < plain.size(); ++i) CHECK(moved[i] == doctest::Approx(plain[i]).epsilon(1e-4).scale(1));
}

TEST_CASE("pooling with places, and back") {
    auto const pooled =
        run("MaxPoolWithMask", {{"kernel_shape", ints{2, 2}}, {"strides", ints{2, 2}}, {"pads", ints{0, 0, 0, 0}}},
            {make({1, 1, 2, 4}, {1, 5, 2, 2, 3, 4, 7, 7})});
    CHECK(list(pooled[0]) == std::vector<float>{5, 7});
    CHECK(list(pooled[1]) == std::vector<float>{1, 6});
    auto const spread = run("MaxUnpool", {{"scale_h", std::int64_t{2}}, {"scale_w", std::int64_t{2}}}, pooled)[0];
    CHECK(list(spread) == std::vector<float>{0, 5, 0, 0, 0, 0, 7, 0});
    auto const means = run("AdaptiveAvgPool", {{"output_size", ints{2}}}, {counted({1, 1, 5})})[0];
    CHECK(list(means) == std::vector<float>{1, 3});
}
