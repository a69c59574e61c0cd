// Images as brightness and colour differences, these at half the size: 12 bits a pixel.
#pragma once
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/clip.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/op/upsample.hpp>
#include <tpu_convert/pass/image_steps.hpp>
#include <tpu_convert/pass/raw_image_format.hpp>

namespace tpu_convert::detail {

// Where the planes of an image lie, in bytes.
struct yuv_layout {
    std::int64_t batch, height, width, row, chroma_row, chroma, second, all;

    yuv_layout(std::int64_t n, std::int64_t h, std::int64_t w, raw_image_format const& f) : batch(n), height(h), width(w) {
        auto const up = [](std::int64_t x, std::int64_t unit) { return (x + unit - 1) / unit * unit; };
        bool const planar = f.chroma == chroma_order::planes;
        row = up(w, f.row_alignment * (planar && f.row_alignment > 1 ? 2 : 1));
        chroma_row = up(planar ? w / 2 : w, f.row_alignment);
        chroma = up(h * row, f.plane_alignment);
        second = planar ? up(chroma + h / 2 * chroma_row, f.plane_alignment) : chroma;
        all = up(second + h / 2 * chroma_row, f.plane_alignment);
    }
};

// From bytes [n, all] to float32 [n, 3, h, w] in 0..255, in the order of colours that is asked for:
//   R = 1.164 (Y - 16) + 1.596 (V - 128),  B = 1.164 (Y - 16) + 2.018 (U - 128),
//   G = 1.164 (Y - 16) - 0.813 (V - 128) - 0.391 (U - 128).
// Gives the names of what is made in floating point.
class yuv_to_colors {
public:
    yuv_to_colors(graph& g, std::string const& name, graph::ref raw, yuv_layout const& l, chroma_order order)
        : g_(g), name_(name), raw_(raw), l_(l), order_(order) {}

    graph::ref run(bool blue_first, std::vector<std::string>& names) {
        image_steps s = plane(0, l_.height, l_.row, l_.width, "y");
        s.add<op::cast>({.to = "float32"}, "y_float"), s.type(dtype::f32);
        image_steps c = differences();
        c.add<op::cast>({.to = "float32"}, "uv_float"), c.type(dtype::f32);
        names.insert(names.end(), {g_[s.last()].name, g_[c.last()].name});
        c.add<op::upsample>({.scale_h = 2, .scale_w = 2}, "uv");
        names.push_back(g_[c.last()].name);
        s.add<op::concat>({.axis = 1}, "yuv", {s.last(), c.last()});
        names.push_back(g_[s.last()].name);
        op::conv::attributes mix;
        mix.kernel_shape = {1, 1}, mix.strides = {1, 1}, mix.pads = {0, 0, 0, 0};
        s.add<op::conv>(mix, "colors", {s.last(), filters(blue_first), bias(blue_first)});
        names.push_back(g_[s.last()].name);
        s.add<op::clip>({.min = 0, .max = 255}, "limited");
        names.push_back(g_[s.last()].name);
        return s.last();
    }

private:
    image_steps plane(std::int64_t begin, std::int64_t rows, std::int64_t row, std::int64_t width, std::string const& suffix) {
        image_steps s(g_, name_, raw_);
        s.cut(1, begin, rows * row, suffix + "_part");
        s.add<op::reshape>({.new_shape = shape{l_.batch, 1, rows, row}}, suffix + "_rows");
        s.cut(3, 0, width, suffix + "_cut");
        return s;
    }
    image_steps differences() {
        if (order_ == chroma_order::planes) {
            image_steps u = plane(l_.chroma, l_.height / 2, l_.chroma_row, l_.width / 2, "u");
            image_steps const v = plane(l_.second, l_.height / 2, l_.chroma_row, l_.width / 2, "v");
            u.add<op::concat>({.axis = 1}, "both", {u.last(), v.last()});
            return u;
        }
        image_steps s = plane(l_.chroma, l_.height / 2, l_.chroma_row, l_.width, "both");
        s.add<op::reshape>({.new_shape = shape{l_.batch, l_.height / 2, l_.width / 2, 2}}, "pairs");
        s.add<op::permute>({{0, 3, 1, 2}}, "planes");
        return s;
    }
    // Of Y, U and V for red, green and blue.
    static constexpr double shares[3][3]{{1.164, 0, 1.596}, {1.164, -0.391, -0.813}, {1.164, 2.018, 0}};

    graph::ref filters(bool blue_first) {
        tensor w({3, 3, 1, 1});
        bool const v_first = order_ == chroma_order::vu;
        for (std::int64_t o = 0; o < 3; ++o)
            for (std::int64_t i = 0; i < 3; ++i)
                w[o * 3 + (v_first && i > 0 ? 3 - i : i)] = static_cast<float>(shares[blue_first ? 2 - o : o][i]);
        return pass::add_weight(g_, name_ + "_shares", std::move(w));
    }
    graph::ref bias(bool blue_first) {
        tensor b(shape{3});
        for (std::int64_t o = 0; o < 3; ++o) {
            auto const& share = shares[blue_first ? 2 - o : o];
            b[o] = static_cast<float>(-16 * share[0] - 128 * (share[1] + share[2]));
        }
        return pass::add_weight(g_, name_ + "_offsets", std::move(b));
    }

    graph& g_;
    std::string name_;
    graph::ref raw_;
    yuv_layout l_;
    chroma_order order_;
};

} // namespace tpu_convert::detail
