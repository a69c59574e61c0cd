// Raw images as inputs: the network computes the same from bytes.
#include "op_helper.hpp"
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

TEST_CASE("formats that are unknown, and networks without images, are refused") {
    CHECK_THROWS_WITH_AS((void)raw_image_format_named("YUV_NV12"), doctest::Contains("is not built yet"), model_error);
    CHECK_THROWS_WITH_AS((void)raw_image_format_named("RBG"), doctest::Contains("is no format"), model_error);
    auto g = image_network({1, 3, 4, 6}, "nchw");
    g[g.inputs()[0]].preprocess.clear();
    CHECK_THROWS_AS(fuse_preprocess(g, {}), model_error);
}
