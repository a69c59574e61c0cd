// The report's figures about quantization: ranges, losses, the first tensor that fell.
#include <cmath>
#include <doctest/doctest.h>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/report/accuracy.hpp>
#include <tpu_convert/report/html.hpp>
#include <tpu_convert/report/json.hpp>
#include <tpu_convert/report/sections.hpp>
#include <vector>

using namespace tpu_convert;
using namespace tpu_convert::report;

namespace {
tensor of(std::vector<float> const& values) { return tensor{{static_cast<std::int64_t>(values.size())}, values}; }

// x -> a -> b: a is clipped at 1 where the float network reaches 4.
struct chain {
    std::map<std::string, tensor> real, quantized;
    page p{.title = "chain", .figures = {}, .stages = {}, .tensors = {}};
    chain() {
        real["x"] = of({1, 0.5f, -1, 0.25f}), real["a"] = of({4, 1, -1, 0.5f}), real["b"] = of({3, 1, -1, 1});
        quantized["x"] = real["x"], quantized["a"] = of({1, 1, -1, 0.5f}), quantized["b"] = of({1, 1, -1, 1});
        p.tensors = {{"x", "input", {4}, {}, false, {}}, {"a", "Conv", {4}, {0}, false, {}}, {"b", "Relu", {4}, {1}, true, {}}};
    }
    accuracy_data data() const { return {real, quantized, {{"a", {1, -1, 4, -1, 1, 1 / 127.0}}}}; }
};
} // namespace

TEST_CASE("a tensor's range tells which values were clipped and what that costs") {
    chain c;
    add_accuracy(c.p, c.data());
    auto const& a = c.p.tensors[1];
    REQUIRE(a.range);
    CHECK(a.range->clipped == 0.25);
    CHECK(a.range->clip_noise == doctest::Approx(9 / 18.25));
    CHECK(a.range->largest == 4);
    CHECK(a.range->round_noise == doctest::Approx(4 / 127.0 / 127 / 12 / 18.25));
    CHECK(c.p.tensors[0].close->equal);
    REQUIRE(c.p.histograms.size() == 1);
    CHECK(c.p.histograms[0].high == 4);
    CHECK(c.p.histograms[0].counts.back() == 1);
}

TEST_CASE("a loss counts where it arises, and only as far as its users see it") {
    chain c;
    add_accuracy(c.p, c.data());
    double const own = 1 - c.p.tensors[1].close->cosine, after = 1 - c.p.tensors[2].close->cosine;
    CHECK(after < own);
    CHECK(c.p.tensors[1].loss == doctest::Approx(after));
    CHECK(c.p.tensors[2].loss == 0);
    CHECK(greatest_losses(c.p, 5) == std::vector<std::size_t>{1});
}

TEST_CASE("the first tensor that falls is named with limit, cause and remedy") {
    chain c;
    add_accuracy(c.p, c.data());
    CHECK(!first_fall(c.p, {0.1, 0.1}));
    auto const f = first_fall(c.p, {0.99, 0.9});
    REQUIRE(f);
    CHECK(f->tensor == 1);
    CHECK(f->culprit == "a");
    auto const said = f->sentence(c.p);
    CHECK(said.find("25.00 % of its values") != std::string::npos);
    CHECK(said.find("0.99 and 0.9") != std::string::npos);
    c.quantized["b"] = c.real["b"]; // healed
    add_accuracy(c.p, c.data());
    CHECK(!first_fall(c.p, {0.99, 0.9}));
}

TEST_CASE("the page shows losses, histograms and pictures, and JSON keeps them but for the pictures") {
    chain c;
    add_accuracy(c.p, c.data());
    std::vector<std::byte> const bytes{std::byte{'M'}, std::byte{'a'}, std::byte{'n'}, std::byte{'!'}};
    c.p.pictures.push_back(picture_of("dog <F16>", "image/png", bytes));
    CHECK(c.p.pictures[0].base64 == "TWFuIQ==");
    auto const html = to_html(c.p);
    CHECK(html.find("What loses most") != std::string::npos);
    CHECK(html.find("class='bars'") != std::string::npos);
    CHECK(html.find("dog &lt;F16&gt;") != std::string::npos);
    CHECK(html.find("data:image/png;base64,TWFuIQ==") != std::string::npos);
    auto const text = to_json(c.p);
    CHECK(to_json(from_json(text, "r.json")) == text);
    CHECK(from_json(text, "r.json").tensors[1].range->clipped == 0.25);
}
