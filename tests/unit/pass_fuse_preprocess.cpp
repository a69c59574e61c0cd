// Raw images as inputs: the network computes the same from bytes.
#include "op_helper.hpp"
#include <cmath>
#include <tpu_convert/io/preprocess.hpp>
#include <tpu_convert/op/abs.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/pass/fuse_preprocess.hpp>

using namespace op_test;

namespace {

graph image_network(shape dims, std::string const& channel_format) {
    graph g;
    g.name = "images";
    preprocess_options o;
    o.pixel_format = "rgb", o.channel_format = channel_format;
    o.mean = {10, 20, 30}, o.scale = {0.5, 0.25, 2};
    node input, last;
    input.kind = node_kind::input, input.results.resize(1);
    input.results[0].name = "x", input.results[0].dims = dims;
    input.preprocess = preprocess_attributes(o, dims);
    auto const v = g.add(std::move(input));
    last.op = &info_of<op::abs>(), last.attributes = op::abs::attributes{};
    last.results.resize(1), last.results[0].name = "y", last.results[0].dims = dims;
    g.outputs = {{g.add(std::move(last), {{v, 0}}), 0}};
    return g;
}

// Bytes of pixel (row, column), by the number of its colour.
float byte_of(std::int64_t color, std::int64_t row, std::int64_t column) {
    return static_cast<float>((color * 71 + row * 13 + column * 5) % 256);
}

} // namespace

TEST_CASE("raw images, packed and in the other order of colours, give what the planar input gave") {
    auto g = image_network({1, 3, 4, 6}, "nchw");
    tensor planar({1, 3, 4, 6}), raw({1, 4, 6, 3});
    float const mean[]{10, 20, 30}, scale[]{0.5f, 0.25f, 2};
    for (std::int64_t c = 0; c < 3; ++c)
        for (std::int64_t h = 0; h < 4; ++h)
            for (std::int64_t w = 0; w < 6; ++w) {
                planar[(c * 4 + h) * 6 + w] = (byte_of(c, h, w) - mean[c]) * scale[c];
                raw[(h * 6 + w) * 3 + 2 - c] = byte_of(c, h, w);
            }
    auto const wanted = evaluate_graph(g, {{"x", planar}}).at("y");
    auto const names = fuse_preprocess(g, raw_image_format_named("BGR_PACKED"));
    CHECK(names == std::vector<std::string>{"x_float", "x"});
    auto const& input = g[g.inputs()[0]].results[0];
    CHECK((input.name == "x_raw" && input.type == dtype::u8 && input.dims == shape{1, 4, 6, 3}));
    auto const got = evaluate_graph(g, {{"x_raw", raw}}).at("y");
    for (std::int64_t i = 0; i < wanted.size(); ++i) CHECK(got[i] == wanted[i]);
}

TEST_CASE("aligned images are cut before anything else") {
    auto g = image_network({1, 3, 4, 6}, "nchw");
    fuse_preprocess(g, {"rgb", false, 32, 256});
    CHECK(g[g.inputs()[0]].results[0].dims == shape{1, 3, 256});
    tensor raw({1, 3, 256});
    std::fill(raw.values().begin(), raw.values().end(), 99.0f);
    for (std::int64_t c = 0; c < 3; ++c)
        for (std::int64_t h = 0; h < 4; ++h)
            for (std::int64_t w = 0; w < 6; ++w) raw[c * 256 + h * 32 + w] = 200;
    auto const got = evaluate_graph(g, {{"x_raw", raw}}).at("y");
    CHECK(got.shape() == shape{1, 3, 4, 6});
    for (std::int64_t i = 0; i < got.size(); ++i) CHECK(got[i] == (i < 24 ? 95.0f : i < 48 ? 45.0f : 340.0f));
}

TEST_CASE("an unused plane of opacity is left out") {
    auto g = image_network({1, 3, 4, 6}, "nchw");
    fuse_preprocess(g, raw_image_format_named("RGBA_PLANAR"));
    tensor raw({1, 4, 4, 6});
    for (std::int64_t i = 0; i < raw.size(); ++i) raw[i] = i < 72 ? 200.0f : 7.0f;
    auto const got = evaluate_graph(g, {{"x_raw", raw}}).at("y");
    CHECK(got.shape() == shape{1, 3, 4, 6});
    for (std::int64_t i = 0; i < got.size(); ++i) CHECK(got[i] == (i < 24 ? 95.0f : i < 48 ? 45.0f : 340.0f));
}

TEST_CASE("colour differences at half the size become colours, whatever their order and alignment") {
    // Two rows of four pixels; the left half has U 90 and V 200, the right one U 140 and V 60.
    float const brightness[]{16, 50, 100, 235, 30, 60, 128, 200}, u[]{90, 140}, v[]{200, 60};
    auto const bytes = [&](chroma_order order, std::int64_t row, std::int64_t differences, std::int64_t size) {
        tensor raw({1, size});
        std::fill(raw.values().begin(), raw.values().end(), 99.0f);
        for (std::int64_t i = 0; i < 8; ++i) raw[i / 4 * row + i % 4] = brightness[i];
        for (std::int64_t i = 0; i < 2; ++i) {
            bool const planes = order == chroma_order::planes;
            std::int64_t const second = planes ? (size - differences) / 2 : 1, step = planes ? 1 : 2;
            raw[differences + i * step + (order == chroma_order::vu ? second : 0)] = u[i];
            raw[differences + i * step + (order == chroma_order::vu ? 0 : second)] = v[i];
        }
        return raw;
    };
    auto const check = [&](raw_image_format const& format, tensor const& raw) {
        auto g = image_network({1, 3, 2, 4}, "nchw");
        fuse_preprocess(g, format);
        REQUIRE(g[g.inputs()[0]].results[0].dims == raw.shape());
        auto const got = evaluate_graph(g, {{"x_raw", raw}}).at("y");
        double const mean[]{10, 20, 30}, scale[]{0.5, 0.25, 2};
        for (std::int64_t i = 0; i < 8; ++i) {
            double const y = 1.164 * (brightness[i] - 16), du = u[i % 4 / 2] - 128, dv = v[i % 4 / 2] - 128;
            double const colors[]{y + 1.596 * dv, y - 0.391 * du - 0.813 * dv, y + 2.018 * du};
            for (std::int64_t c = 0; c < 3; ++c)
                CHECK(got[c * 8 + i] ==
                      doctest::Approx(std::fabs((std::clamp(colors[c], 0.0, 255.0) - mean[c]) * scale[c])).epsilon(1e-4));
        }
    };
    check(raw_image_format_named("YUV_NV12"), bytes(chroma_order::uv, 4, 8, 12));
    check(raw_image_format_named("YUV_NV21"), bytes(chroma_order::vu, 4, 8, 12));
    check(raw_image_format_named("YUV420_PLANAR"), bytes(chroma_order::planes, 4, 8, 12));
    check({"", false, 16, 64, chroma_order::uv}, bytes(chroma_order::uv, 16, 64, 128));
    check({"", false, 16, 64, chroma_order::planes}, bytes(chroma_order::planes, 32, 64, 192));
    auto odd = image_network({1, 3, 3, 4}, "nchw");
    CHECK_THROWS_WITH_AS(fuse_preprocess(odd, raw_image_format_named("YUV_NV12")), doctest::Contains("even sides"), model_error);
}

TEST_CASE("formats that are unknown, and networks without images, are refused") {
    CHECK_THROWS_WITH_AS((void)raw_image_format_named("GBRG_RAW"), doctest::Contains("is not built yet"), model_error);
    CHECK_THROWS_WITH_AS((void)raw_image_format_named("RBG"), doctest::Contains("is no format"), model_error);
    auto g = image_network({1, 3, 4, 6}, "nchw");
    g[g.inputs()[0]].preprocess.clear();
    CHECK_THROWS_AS(fuse_preprocess(g, {}), model_error);
}
