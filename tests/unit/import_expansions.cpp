// ONNX operators that become others give the numbers that the standard says.
#include "import_network.hpp"
#include <cmath>
#include <doctest/doctest.h>
#include <tpu_convert/op/evaluate.hpp>

using namespace tpu_convert;

namespace {

tensor run(test::network const& net, std::map<std::string, tensor> const& inputs) {
    auto const g = net.import();
    return evaluate_graph(g, inputs).at(g[g.outputs[0]].name);
}

tensor of(shape const& dims, std::vector<float> const& values) { return tensor{dims, values}; }

float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }

} // namespace

TEST_CASE("a plain LSTM stays one operator, one with a clip is written out step by step; both give the same") {
    test::network net(14);
    net.input("x", {2, 1, 1}).floats("w", {1, 4, 1}, {1, 2, 3, 4}).floats("r", {1, 4, 1}, {0.5F, 0.25F, -0.5F, 1});
    net.node("LSTM", {"x", "w", "r"}, {"y"}).set("hidden_size", std::int64_t{1}).output("y");
    std::map<std::string, tensor> const in{{"x", of({2, 1, 1}, {0.5F, -1})}};
    auto const named = net.import();
    CHECK(named[named.outputs[0].node].op->name == "LSTM");
    auto const y = run(net, in);
    net.set("clip", 1000.0);
    auto const written = net.import();
    CHECK(written[written.outputs[0].node].op->name != "LSTM");
    auto const z = run(net, in);
    float h = 0, c = 0;
    for (std::int64_t t = 0; t < 2; ++t) {
        float const x = t ? -1 : 0.5F;
        c = sigmoid(3 * x - 0.5F * h) * c + sigmoid(x + 0.5F * h) * std::tanh(4 * x + h);
        h = sigmoid(2 * x + 0.25F * h) * std::tanh(c);
        CHECK(y[t] == doctest::Approx(h).epsilon(1e-6));
        CHECK(z[t] == doctest::Approx(h).epsilon(1e-6));
    }
}

TEST_CASE("an Einsum multiplies, sums and orders as its equation says") {
    test::network net(14);
    net.input("a", {2, 3}).floats("b", {3, 2}, {1, 2, 3, 4, 5, 6});
    net.node("Einsum", {"a", "b"}, {"y"}).set("equation", std::string("ij,jk->ki")).output("y");
    auto const y = run(net, {{"a", of({2, 3}, {1, 0, 2, 0, 1, 1})}});
    CHECK(std::vector<float>(y.values().begin(), y.values().end()) == std::vector<float>{11, 8, 14, 10});
}

TEST_CASE("integers are divided toward zero, by numbers and by tensors, and a remainder can have the dividend's sign") {
    auto const values = [](tensor const& t) { return std::vector<float>(t.values().begin(), t.values().end()); };
    test::network by_number(13);
    by_number.input("x", {6}, proto::TensorProto::INT64).integers("by", {}, {49});
    by_number.node("Div", {"x", "by"}, {"y"}).output("y");
    CHECK(values(run(by_number, {{"x", of({6}, {-99, -98, -1, 48, 49, 147})}})) == std::vector<float>{-2, -2, 0, 0, 1, 3});

    std::map<std::string, tensor> const two{{"x", of({6}, {-7, -6, 6, 7, 7, -7})}, {"by", of({6}, {2, 3, 3, -2, 7, -7})}};
    test::network by_tensor(13);
    by_tensor.input("x", {6}, proto::TensorProto::INT64).input("by", {6}, proto::TensorProto::INT64);
    by_tensor.node("Div", {"x", "by"}, {"y"}).output("y");
    CHECK(values(run(by_tensor, two)) == std::vector<float>{-3, -2, 2, -3, 1, 1});

    test::network remainder(13);
    remainder.input("x", {6}).input("by", {6}).node("Mod", {"x", "by"}, {"y"}).set("fmod", std::int64_t{1}).output("y");
    CHECK(values(run(remainder, two)) == std::vector<float>{-1, 0, 0, 1, 0, 0});
}

TEST_CASE("what is no number is found") {
    test::network net(13);
    net.input("x", {4}).node("IsNaN", {"x"}, {"y"}).output("y");
    auto const y = run(net, {{"x", of({4}, {-1, std::nanf(""), INFINITY, -0.0F})}});
    CHECK(std::vector<float>(y.values().begin(), y.values().end()) == std::vector<float>{0, 1, 0, 0});
}

TEST_CASE("quantizing rounds halves to the even integer and saturates") {
    test::network net(13);
    net.input("x", {4}).floats("scale", {}, {2});
    net.node("QuantizeLinear", {"x", "scale"}, {"y"}).output("y");
    auto const y = run(net, {{"x", of({4}, {1, 3, 1000, -5})}});
    CHECK(std::vector<float>(y.values().begin(), y.values().end()) == std::vector<float>{0, 2, 255, 0});
}

TEST_CASE("numbers of 4 bits are the nearest ones within their range") {
    using values = std::vector<float>;
    auto const made = [](test::network net, std::vector<std::string> const& from, char const* op, char const* set, int to) {
        net.node(op, from, {"q"});
        return *set ? net.set(set, std::int64_t{to}) : net;
    };
    auto const start = [] {
        auto net = test::network(21).input("x", {6}).floats("s", {}, {0.5F}).integers("z", {}, {0});
        auto& zero = *net.model().mutable_graph()->mutable_initializer(1);
        zero.clear_int64_data();
        zero.set_data_type(22);
        zero.set_raw_data(std::string("\x0e", 1)); // -2
        return net;
    };
    auto const result = [](test::network net) {
        auto const y = run(net.node("Cast", {"q"}, {"y"}).set("to", std::int64_t{1}).output("y"),
                           {{"x", of({6}, {-100, -1.5, 0.25, 1.5, 3, 100})}});
        return values(y.values().begin(), y.values().end());
    };
    CHECK(result(made(start(), {"x", "s", "z"}, "QuantizeLinear", "output_dtype", 0)) == values{-8, -5, -2, 1, 4, 7});
    CHECK(result(made(start(), {"x", "s"}, "QuantizeLinear", "output_dtype", 21)) == values{0, 0, 0, 3, 6, 15});
    CHECK(result(made(start(), {"x"}, "Cast", "to", 22)) == values{-8, -2, 0, 2, 3, 7});
    CHECK(result(made(start(), {"x", "z"}, "CastLike", "", 0)) == values{-8, -2, 0, 2, 3, 7});
}

TEST_CASE("a window with gaps takes the maximum of what it sees") {
    test::network net(13);
    net.input("x", {1, 1, 5});
    net.node("MaxPool", {"x"}, {"y"}).set("kernel_shape", std::vector<std::int64_t>{2});
    net.set("dilations", std::vector<std::int64_t>{3}).output("y");
    auto const y = run(net, {{"x", of({1, 1, 5}, {1, 7, 2, 3, 5})}});
    CHECK(std::vector<float>(y.values().begin(), y.values().end()) == std::vector<float>{3, 7});
}
