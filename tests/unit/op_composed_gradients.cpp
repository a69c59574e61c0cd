// Gradients against differences of what they are gradients of.
#include "composed_helper.hpp"

using namespace op_test;

namespace {

using ints = std::vector<std::int64_t>;

} // namespace

TEST_CASE("the gradients of a convolution are those of its operands") {
    attribute_map const conv{
        {"kernel_shape", ints{3, 2}}, {"strides", ints{2, 1}}, {"pads", ints{1, 0, 0, 1}}, {"dilations", ints{1, 2}}};
    tensor const x = noise({2, 3, 5, 6}), w = noise({4, 3, 3, 2}, 2);
    tensor const g = noise(run("Conv", conv, {x, w})[0].shape(), 3);
    attribute_map const a{{"groups", std::int64_t{1}},   {"stride", ints{2, 1}},      {"dilations", ints{1, 2}},
                          {"padding", ints{1, 0, 0, 1}}, {"grad_input_enable", true}, {"grad_weight_enable", true},
                          {"grad_bias_enable", true}};
    auto const made = run("Convbwd", a, {g, x, w});
    check_gradient(x, made[0], [&](tensor const& v) { return dot(g, run("Conv", conv, {v, w})[0]); }, 0.5f, 1e-4);
    check_gradient(w, made[1], [&](tensor const& v) { return dot(g, run("Conv", conv, {x, v})[0]); }, 0.5f, 1e-4);
    double sum = 0;
    for (std::int64_t n = 0; n < 2; ++n)
        for (std::int64_t i = 0; i < g.dim(2) * g.dim(3); ++i)
            sum += static_cast<double>(g[(n * 4 + 1) * g.dim(2) * g.dim(3) + i]);
    CHECK(made[2][1] == doctest::Approx(sum).epsilon(1e-5));
}

TEST_CASE("the gradients of normalizations are those of their operands") {
    tensor const x = noise({2, 3, 4}), g = noise({2, 3, 4}, 2), w = noise({3}, 3), b = noise({3}, 4), zero = make({3}, {0, 0, 0});
    attribute_map const a{{"epsilon", 1e-5}};
    auto const forward = [&](tensor const& v, tensor const& scale) {
        return run("BatchNormTrain", a, {v, zero, zero, scale, b});
    };
    auto const kept = forward(x, w);
    auto const back = run("BatchNormBwd", a, {g, x, w, kept[1], kept[2]});
    check_gradient(x, back[0], [&](tensor const& v) { return dot(g, forward(v, w)[0]); }, 0.01f, 2e-3);
    check_gradient(w, back[1], [&](tensor const& v) { return dot(g, forward(x, v)[0]); }, 0.01f, 2e-3);
    tensor const rows_w = noise({4}, 5), rows_b = noise({4}, 6);
    attribute_map const rows{{"axis", std::int64_t{2}}, {"eps", 1e-5}};
    auto const normal = [&](tensor const& v, tensor const& scale) { return run("LayerNormTrain", rows, {v, scale, rows_b}); };
    auto const seen = normal(x, rows_w);
    auto const grads = run("LayerNormBwd", {{"normalized_shape", ints{4}}}, {g, x, seen[1], seen[2], rows_w, rows_b});
    check_gradient(x, grads[0], [&](tensor const& v) { return dot(g, normal(v, rows_w)[0]); }, 0.01f, 2e-3);
    check_gradient(rows_w, grads[1], [&](tensor const& v) { return dot(g, normal(x, v)[0]); }, 0.01f, 2e-3);
}

TEST_CASE("the gradients of softmax, max pooling and an embedding") {
    tensor const x = noise({2, 5}), g = noise({2, 5}, 2);
    auto const softmax = [](tensor const& v) { return run("Softmax", {{"axis", std::int64_t{1}}}, {v})[0]; };
    auto const back = run("SoftmaxBwd", {{"dim", std::int64_t{1}}}, {g, softmax(x)})[0];
    check_gradient(x, back, [&](tensor const& v) { return dot(g, softmax(v)); }, 0.01f, 1e-3);
    auto const pooled = run("MaxPoolingIndicesBwd", {{"input_shape", ints{1, 1, 2, 3}}},
                            {make({1, 1, 1, 3}, {1, 2, 4}), make({1, 1, 1, 3}, {4, 0, 4})})[0];
    CHECK(list(pooled) == std::vector<float>{2, 0, 0, 0, 5, 0});
    auto const rows = run("EmbDenseBwd", {{"num_weights", std::int64_t{3}}}, {counted({3, 2}), make({3}, {2, 0, 2})})[0];
    CHECK(list(rows) == std::vector<float>{2, 3, 0, 0, 4, 6});
}
