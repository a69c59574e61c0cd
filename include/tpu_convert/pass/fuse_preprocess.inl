#pragma once
#include <array>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/preprocess.hpp>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/op/reverse.hpp>
#include <tpu_convert/op/scale.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/pass/fuse_preprocess.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert {

namespace detail {

// Operators between the raw image and the input, one behind the other.
class raw_input {
public:
    raw_input(graph& g, graph::id input, raw_image_format const& format)
        : g_(g), input_(input), format_(format), own_(preprocess_from(g[input].preprocess)), name_(g[input].results[0].name),
          layout_(layout_of(own_, g[input].results[0].dims)), users_(g.users(input)) {
        check_preprocess(own_, g[input].results[0].dims, name_);
        if (format_.pixel_format.empty()) format_.pixel_format = own_.pixel_format;
        preprocess_options raw = own_;
        raw.pixel_format = format_.pixel_format;
        if (raw.channels() != own_.channels())
            throw model_error{error_code::attribute_invalid, name_,
                              "the network wants " + own_.pixel_format + " images, the file is to take " + raw.pixel_format};
    }

    std::vector<std::string> run() {
        make_raw();
        crop();
        bool const last = own_.channel_format == "nhwc";
        if (format_.packed && !last) add<op::permute>({{0, 3, 1, 2}}, "planar");
        if (!format_.packed && last) add<op::permute>({{0, 2, 3, 1}}, "packed");
        if (format_.pixel_format != own_.pixel_format) add<op::reverse>({last ? 3 : 1}, "turned");
        add<op::cast>({.to = "float32"}, "float");
        g_[last_].type = dtype::f32;
        std::vector<std::string> const names{g_[last_].name, name_};
        add_scale(last);
        for (auto const& u : users_) g_.set_operand(u.node, u.operand, last_);
        return names;
    }

private:
    static std::int64_t up(std::int64_t x, std::int64_t unit) { return (x + unit - 1) / unit * unit; }

    void make_raw() {
        auto const& l = layout_;
        std::int64_t const row = up(l.width * (format_.packed ? l.channels : 1), format_.row_alignment);
        shape const image = format_.packed ? shape{l.batch, l.height, l.width, l.channels}
                                           : shape{l.batch, l.channels, l.height, l.width};
        plane_ = up(row * l.height, format_.plane_alignment), row_ = row;
        bool const gaps = plane_ != l.height * l.width * (format_.packed ? l.channels : 1);
        value& raw = g_[input_].results[0];
        raw.name = name_ + "_raw", raw.type = dtype::u8;
        raw.dims = !gaps ? image : format_.packed ? shape{l.batch, plane_} : shape{l.batch, l.channels, plane_};
        preprocess_options o = own_;
        o.mean.assign(o.channels(), 0), o.scale.assign(o.channels(), 1);
        o.pixel_format = format_.pixel_format, o.channel_format = format_.packed ? "nhwc" : "nchw";
        g_[input_].preprocess = gaps ? attribute_map{} : preprocess_attributes(o, raw.dims);
        last_ = {input_, 0}, image_ = image;
    }
    // Rows and planes without what fills them up.
    void crop() {
        if (g_[last_].dims == image_) return;
        auto const& l = layout_;
        std::int64_t const rows = row_ * l.height, pixel = format_.packed ? l.channels : 1;
        cut(rows);
        shape lines(g_[last_].dims.begin(), g_[last_].dims.end() - 1);
        lines.push_back(l.height), lines.push_back(row_);
        add<op::reshape>({.new_shape = lines}, "rows");
        cut(l.width * pixel);
        add<op::reshape>({.new_shape = image_}, "image");
    }
    // The first elements of the last axis.
    void cut(std::int64_t count) {
        shape const& dims = g_[last_].dims;
        if (dims.back() == count) return;
        op::slice::attributes a;
        a.offset.assign(dims.size(), 0), a.steps.assign(dims.size(), 1), a.ends = dims;
        a.ends.back() = count;
        add<op::slice>(a, "cut" + std::to_string(dims.size()));
    }
    // (x - mean) * scale for each channel.
    void add_scale(bool last) {
        shape dims{1, 1, 1, 1};
        dims[last ? 3 : 1] = layout_.channels;
        tensor factor(dims), bias(dims);
        for (std::size_t c = 0; c < own_.channels(); ++c) {
            factor[static_cast<std::int64_t>(c)] = static_cast<float>(own_.scale[c]);
            bias[static_cast<std::int64_t>(c)] = static_cast<float>(-own_.mean[c] * own_.scale[c]);
        }
        auto const by = pass::add_weight(g_, name_ + "_factor", std::move(factor));
        auto const plus = pass::add_weight(g_, name_ + "_bias", std::move(bias));
        last_ = pass::add_operation<op::scale>(g_, name_, g_[last_].dims, {}, {last_, by, plus});
    }
    template <class Op>
    void add(typename Op::attributes const& a, std::string const& suffix) {
        std::array<shape, 1> const in{g_[last_].dims};
        auto const type = g_[last_].type;
        last_ = pass::add_operation<Op>(g_, name_ + "_" + suffix, Op::infer(a, in)[0], a, {last_});
        g_[last_].type = type;
    }

    graph& g_;
    graph::id input_;
    raw_image_format format_;
    preprocess_options own_;
    std::string name_;
    image_layout layout_;
    std::vector<graph::use> users_;
    graph::ref last_{};
    std::int64_t row_ = 0, plane_ = 0;
    shape image_;
};

} // namespace detail

TPU_CONVERT_INLINE raw_image_format raw_image_format_named(std::string_view name) {
    struct known {
        std::string_view name, pixels;
        bool packed;
    };
    static constexpr std::array<known, 6> all{{{"", "", false}, {"RGB_PLANAR", "rgb", false}, {"RGB_PACKED", "rgb", true},
                                               {"BGR_PLANAR", "bgr", false}, {"BGR_PACKED", "bgr", true},
                                               {"GRAYSCALE", "gray", false}}};
    for (auto const& k : all)
        if (k.name == name) return {std::string(k.pixels), k.packed, 1, 1};
    static constexpr std::array<std::string_view, 8> others{"YUV420_PLANAR", "YUV_NV12", "YUV_NV21", "RGBA_PLANAR",
                                                            "GBRG_RAW", "GRBG_RAW", "BGGR_RAW", "RGGB_RAW"};
    bool const elsewhere = std::find(others.begin(), others.end(), name) != others.end();
    throw model_error{elsewhere ? error_code::not_built_yet : error_code::usage, "--customization_format",
                      std::string(name) + (elsewhere ? " is not built yet" : " is no format") +
                          "; this version has RGB_PLANAR, RGB_PACKED, BGR_PLANAR, BGR_PACKED and GRAYSCALE"};
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
