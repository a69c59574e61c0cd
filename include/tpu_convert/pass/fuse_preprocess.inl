#pragma once
#include <algorithm>
#include <array>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/preprocess.hpp>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/op/reverse.hpp>
#include <tpu_convert/op/scale.hpp>
#include <tpu_convert/pass/fuse_preprocess.hpp>
#include <tpu_convert/pass/image_steps.hpp>
#include <tpu_convert/pass/yuv_images.hpp>

namespace tpu_convert {

namespace detail {

// What takes the place of one input.
class raw_input {
public:
    raw_input(graph& g, graph::id input, raw_image_format const& format)
        : g_(g), input_(input), format_(format), own_(preprocess_from(g[input].preprocess)), name_(g[input].results[0].name),
          layout_(layout_of(own_, g[input].results[0].dims)), channels_(layout_.channels), users_(g.users(input)),
          steps_(g, name_, {input, 0}) {
        check_preprocess(own_, g[input].results[0].dims, name_);
        if (format_.pixel_format.empty()) format_.pixel_format = own_.pixel_format;
        bool const colors = own_.pixel_format == "rgb" || own_.pixel_format == "bgr";
        bool const same = channels_of(format_.pixel_format) == own_.channels();
        if (!same && !(colors && format_.pixel_format == "rgba"))
            throw model_error{error_code::attribute_invalid, name_,
                              "the network wants " + own_.pixel_format + " images, the file is to take " + format_.pixel_format};
        if (format_.pixel_format == "rgba") channels_ = 4;
        if (format_.chroma != chroma_order::none && (!colors || layout_.height % 2 != 0 || layout_.width % 2 != 0))
            throw model_error{error_code::attribute_invalid, name_,
                              "images of colour differences at half the size are for networks of coloured images with even "
                              "sides, not of " + own_.pixel_format + " " + to_string(g[input].results[0].dims)};
    }

    std::vector<std::string> run() {
        std::vector<std::string> names;
        bool const last = own_.channel_format == "nhwc";
        if (format_.chroma != chroma_order::none) from_differences(last, names);
        else from_colors(last, names);
        names.push_back(name_);
        graph::ref const made = scaled(last);
        for (auto const& u : users_) g_.set_operand(u.node, u.operand, made);
        return names;
    }

private:
    static std::int64_t up(std::int64_t x, std::int64_t unit) { return (x + unit - 1) / unit * unit; }
    static std::size_t channels_of(std::string const& pixels) {
        preprocess_options o;
        o.pixel_format = pixels;
        return o.channels();
    }

    void from_colors(bool last, std::vector<std::string>& names) {
        make_raw();
        crop();
        if (format_.packed && !last) steps_.add<op::permute>({{0, 3, 1, 2}}, "planar");
        if (!format_.packed && last) steps_.add<op::permute>({{0, 2, 3, 1}}, "packed");
        steps_.cut(last ? 3 : 1, 0, layout_.channels, "opaque");
        bool const turned = (format_.pixel_format == "bgr") != (own_.pixel_format == "bgr");
        if (turned) steps_.add<op::reverse>({last ? 3 : 1}, "turned");
        steps_.add<op::cast>({.to = "float32"}, "float"), steps_.type(dtype::f32);
        names.push_back(g_[steps_.last()].name);
    }
    void from_differences(bool last, std::vector<std::string>& names) {
        yuv_layout const l(layout_.batch, layout_.height, layout_.width, format_);
        value& raw = g_[input_].results[0];
        raw.name = name_ + "_raw", raw.type = dtype::u8, raw.dims = {l.batch, l.all};
        g_[input_].preprocess = {};
        yuv_to_colors colors(g_, name_, {input_, 0}, l, format_.chroma);
        steps_ = image_steps(g_, name_, colors.run(own_.pixel_format == "bgr", names));
        if (!last) return;
        steps_.add<op::permute>({{0, 2, 3, 1}}, "packed");
        names.push_back(g_[steps_.last()].name);
    }
    void make_raw() {
        auto const& l = layout_;
        std::int64_t const row = up(l.width * (format_.packed ? channels_ : 1), format_.row_alignment);
        shape const image = format_.packed ? shape{l.batch, l.height, l.width, channels_}
                                           : shape{l.batch, channels_, l.height, l.width};
        plane_ = up(row * l.height, format_.plane_alignment), row_ = row;
        bool const gaps = plane_ != l.height * l.width * (format_.packed ? channels_ : 1);
        value& raw = g_[input_].results[0];
        raw.name = name_ + "_raw", raw.type = dtype::u8;
        raw.dims = !gaps ? image : format_.packed ? shape{l.batch, plane_} : shape{l.batch, channels_, plane_};
        preprocess_options o = own_;
        o.pixel_format = format_.pixel_format, o.channel_format = format_.packed ? "nhwc" : "nchw";
        o.mean.assign(o.channels(), 0), o.scale.assign(o.channels(), 1);
        g_[input_].preprocess = gaps ? attribute_map{} : preprocess_attributes(o, raw.dims);
        image_ = image;
    }
    // Rows and planes without what fills them up.
    void crop() {
        if (steps_.dims() == image_) return;
        auto const& l = layout_;
        std::int64_t const rows = row_ * l.height, pixel = format_.packed ? channels_ : 1;
        steps_.cut(steps_.dims().size() - 1, 0, rows, "cut" + std::to_string(steps_.dims().size()));
        shape lines(steps_.dims().begin(), steps_.dims().end() - 1);
        lines.push_back(l.height), lines.push_back(row_);
        steps_.add<op::reshape>({.new_shape = lines}, "rows");
        steps_.cut(lines.size() - 1, 0, l.width * pixel, "cut" + std::to_string(lines.size()));
        steps_.add<op::reshape>({.new_shape = image_}, "image");
    }
    // (x - mean) * scale for each channel.
    graph::ref scaled(bool last) {
        shape dims{1, 1, 1, 1};
        dims[last ? 3 : 1] = layout_.channels;
        tensor factor(dims), bias(dims);
        for (std::size_t c = 0; c < own_.channels(); ++c) {
            factor[static_cast<std::int64_t>(c)] = static_cast<float>(own_.scale[c]);
            bias[static_cast<std::int64_t>(c)] = static_cast<float>(-own_.mean[c] * own_.scale[c]);
        }
        auto const by = pass::add_weight(g_, name_ + "_factor", std::move(factor));
        auto const plus = pass::add_weight(g_, name_ + "_bias", std::move(bias));
        return pass::add_operation<op::scale>(g_, name_, steps_.dims(), {}, {steps_.last(), by, plus});
    }

    graph& g_;
    graph::id input_;
    raw_image_format format_;
    preprocess_options own_;
    std::string name_;
    image_layout layout_;
    std::int64_t channels_; // of the raw image
    std::vector<graph::use> users_;
    image_steps steps_;
    std::int64_t row_ = 0, plane_ = 0;
    shape image_;
};

} // namespace detail

TPU_CONVERT_INLINE raw_image_format raw_image_format_named(std::string_view name) {
    struct known {
        std::string_view name, pixels;
        bool packed;
        chroma_order chroma = chroma_order::none;
    };
    static constexpr std::array<known, 10> all{{{"", "", false},
                                                {"RGB_PLANAR", "rgb", false},
                                                {"RGB_PACKED", "rgb", true},
                                                {"BGR_PLANAR", "bgr", false},
                                                {"BGR_PACKED", "bgr", true},
                                                {"GRAYSCALE", "gray", false},
                                                {"RGBA_PLANAR", "rgba", false},
                                                {"YUV420_PLANAR", "", false, chroma_order::planes},
                                                {"YUV_NV12", "", false, chroma_order::uv},
                                                {"YUV_NV21", "", false, chroma_order::vu}}};
    for (auto const& k : all)
        if (k.name == name) return {std::string(k.pixels), k.packed, 1, 1, k.chroma};
    static constexpr std::array<std::string_view, 4> others{"GBRG_RAW", "GRBG_RAW", "BGGR_RAW", "RGGB_RAW"};
    bool const elsewhere = std::find(others.begin(), others.end(), name) != others.end();
    std::string list;
    for (auto const& k : all) list += (k.name.empty() ? "" : list.empty() ? " " : ", ") + std::string(k.name);
    throw model_error{elsewhere ? error_code::not_built_yet : error_code::usage, "--customization_format",
                      std::string(name) + (elsewhere ? " is not built yet" : " is no format") + "; this version has" + list};
}

TPU_CONVERT_INLINE std::vector<std::string> fuse_preprocess(graph& g, raw_image_format const& format) {
    std::vector<std::string> names;
    for (auto const v : g.inputs()) {
        auto const done = g[v].preprocess.find("do_preprocess");
        bool const image = done != g[v].preprocess.end() && done->second == attribute_value{true};
        if (!image || !takes_images(preprocess_from(g[v].preprocess), g[v].results[0].dims)) continue;
        if (g[v].results[0].dims.size() != 4)
            throw model_error{error_code::attribute_invalid, g[v].results[0].name, "images without an axis of channels"};
        for (auto& n : detail::raw_input(g, v, format).run()) names.push_back(std::move(n));
    }
    if (names.empty())
        throw model_error{error_code::input_mismatch, g.name,
                          "no input of the network is an image; transform it with --mean, --scale or --pixel_format"};
    return names;
}

} // namespace tpu_convert
