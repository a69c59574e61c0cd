// Images: order of channels, mean and scale, letterbox, centre cut.
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/preprocess.hpp>
#include <unistd.h>

using namespace tpu_convert;

namespace {
// A binary PPM: height x width pixels, red = 10 y, green = 10 x, blue = 200.
struct picture {
    std::filesystem::path path = std::filesystem::temp_directory_path() / (std::to_string(::getpid()) + ".ppm");
    picture(int height, int width) {
        std::ofstream f(path, std::ios::binary);
        f << "P6\n" << width << ' ' << height << "\n255\n";
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) f << static_cast<char>(10 * y) << static_cast<char>(10 * x) << static_cast<char>(200);
    }
    ~picture() { std::filesystem::remove(path); }
    tensor load(preprocess_options const& o, shape const& dims) const { return load_images(std::span{&path, 1}, o, dims); }
};
} // namespace

TEST_CASE("channels are ordered as the network wants them, then mean and scale are applied") {
    picture const p(2, 3);
    preprocess_options o;
    o.mean = {1, 2, 3}, o.scale = {0.5, 2, 4};
    auto const bgr = p.load(o, {1, 3, 2, 3});
    CHECK(bgr[0] == (200 - 1) * 0.5f);
    CHECK(bgr[6 + 5] == (20 - 2) * 2.f);
    CHECK(bgr[12 + 5] == (10 - 3) * 4.f);
    o.pixel_format = "rgb", o.channel_format = "nhwc";
    auto const rgb = p.load(o, {2, 2, 3, 3}); // the one image for both of the batch
    CHECK(rgb[15] == (10 - 1) * 0.5f);
    CHECK(rgb[16] == (20 - 2) * 2.f);
    CHECK(rgb[18 + 17] == (200 - 3) * 4.f);
}

TEST_CASE("a letterbox is filled with the pad value around the image or below it") {
    picture const p(2, 4);
    preprocess_options o;
    o.keep_aspect_ratio = true, o.pad_value = 114;
    auto const centre = p.load(o, {1, 3, 4, 4});
    CHECK(centre[0] == 114);
    CHECK(centre[4] == 200);
    CHECK(centre[12] == 114);
    o.pad_type = "normal";
    auto const top = p.load(o, {1, 3, 4, 4});
    CHECK(top[0] == 200);
    CHECK(top[8] == 114);
}

TEST_CASE("the centre of the resized image is cut out") {
    picture const p(4, 6);
    preprocess_options o;
    o.pixel_format = "rgb", o.resize_dims = {4, 6};
    auto const t = p.load(o, {1, 3, 2, 2});
    CHECK(t[0] == 10); // row 1
    CHECK(t[4] == 20); // column 2
}

TEST_CASE("preprocessing options come back from the input's attributes") {
    preprocess_options o;
    o.pixel_format = "gray", o.mean = {0.5}, o.scale = {2}, o.keep_aspect_ratio = true, o.pad_value = 7;
    auto const back = preprocess_from(preprocess_attributes(o, {1, 1, 8, 9}));
    CHECK(back.pixel_format == "gray");
    CHECK(back.mean == o.mean);
    CHECK(back.pad_value == 7);
    CHECK(back.resize_dims == std::vector<std::int64_t>{8, 9});
    CHECK_THROWS_AS(check_preprocess(o, {1, 3, 8, 9}, "x"), model_error);
    o.resize_dims = {4, 4};
    CHECK_THROWS_AS(check_preprocess(o, {1, 1, 8, 9}, "x"), model_error);
}
