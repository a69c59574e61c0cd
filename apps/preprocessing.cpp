// How images become inputs, and options that can't be right for any input of the network.
#include "preprocessing.hpp"
#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/preprocess.hpp>

namespace tpu_convert::apps {

namespace {

[[noreturn]] void wrong(std::string const& option, std::string const& why) {
    throw model_error{error_code::usage, "--" + option, why};
}

// Whole numbers from 1 on.
std::vector<std::int64_t> counts(arguments const& a, std::string const& option, std::int64_t most, std::string const& what) {
    std::vector<std::int64_t> found;
    for (double const d : a.numbers(option)) {
        if (d < 1 || d > static_cast<double>(most) || d != std::floor(d))
            wrong(option, what + " are whole numbers from 1 to " + std::to_string(most));
        found.push_back(static_cast<std::int64_t>(d));
    }
    return found;
}

preprocess_options options_of(arguments const& a) {
    preprocess_options o;
    o.pixel_format = a.text("pixel_format") == "rgbd" ? "rgba" : a.text("pixel_format");
    if (o.pixel_format != "rgb" && o.pixel_format != "bgr" && o.pixel_format != "gray" && o.pixel_format != "rgba")
        throw model_error{error_code::not_built_yet, "--pixel_format",
                          "raw sensor formats are not built yet; use rgb, bgr, gray or rgba"};
    o.channel_format = a.text("channel_format");
    o.resize_dims = counts(a, "resize_dims", 32768, "height and width");
    if (!o.resize_dims.empty() && o.resize_dims.size() != 2) wrong("resize_dims", "two numbers are needed, height,width");
    o.keep_aspect_ratio = a.flag("keep_aspect_ratio");
    o.keep_ratio_mode = a.text("keep_ratio_mode");
    o.pad_value = a.integer("pad_value");
    if (o.pad_value < 0 || o.pad_value > 255) wrong("pad_value", "values of images are from 0 to 255");
    o.pad_type = a.text("pad_type");
    o.mean = a.numbers("mean"), o.scale = a.numbers("scale");
    return o;
}

// What the options mean for one input: grey where it has one channel and nothing else is said; defaults for each channel; no size
// below the network's.
preprocess_options fitted(preprocess_options o, arguments const& a, shape const& dims) {
    auto const l = detail::layout_of(o, dims);
    if (!a.given("pixel_format") && l.channels == 1) o.pixel_format = "gray";
    auto const channels = std::max<std::size_t>(3, o.channels());
    if (!a.given("mean")) o.mean.assign(channels, 0);
    if (!a.given("scale")) o.scale.assign(channels, 1);
    if (!o.resize_dims.empty()) o.resize_dims = {std::max(o.resize_dims[0], l.height), std::max(o.resize_dims[1], l.width)};
    return o;
}

// Why no image can become this input; empty if one can, and if it looks like no image at all. Of three numbers the first is for
// grey images.
std::string misfit(preprocess_options const& o, arguments const& a, tpu_convert::value const& input) {
    auto const l = detail::layout_of(o, input.dims);
    auto const channels = o.channels();
    if (input.dims.size() != 4 || l.channels == 2) return {};
    auto const has = "the input " + input.name + " " + to_string(input.dims) + " has " + std::to_string(l.channels) + " channels";
    if (l.channels != static_cast<std::int64_t>(channels))
        return "pixel_format: " + has + ", " + o.pixel_format + " has " + std::to_string(channels) +
               "; --channel_format none says that inputs are no images";
    for (std::string const name : {"mean", "scale"}) {
        auto const given = (name == "mean" ? o.mean : o.scale).size();
        if (a.given(name) && given != channels && !(channels == 1 && given == 3))
            return name + ": " + has + ", " + std::to_string(given) + " numbers are given";
    }
    return {};
}

void check_axes(graph const& g, preprocess_options const& o) {
    if (o.channel_format != "nhwc") return;
    preprocess_options first;
    std::optional<tpu_convert::value> other;
    for (auto const v : g.inputs()) {
        auto const& input = g[v].results[0];
        if (takes_images(o, input.dims)) return;
        if (takes_images(first, input.dims)) other = input;
    }
    if (other)
        wrong("channel_format", "the channels of " + other->name + " " + to_string(other->dims) +
              " are its second axis, not the last; leave the option out");
}

} // namespace

void attach_preprocessing(graph& g, arguments const& a) {
    auto const options = options_of(a);
    auto const inputs = g.inputs();
    auto const listed = counts(a, "preprocess_list", static_cast<std::int64_t>(inputs.size()), "the network's inputs");
    std::set<std::int64_t> const chosen(listed.begin(), listed.end());
    check_axes(g, options);
    bool const asked = !chosen.empty() || a.given("mean") || a.given("scale") || a.given("pixel_format") ||
                       options.channel_format == "nhwc";
    bool some_fit = false;
    std::string why;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        auto const& input = g[inputs[i]].results[0];
        bool const takes = takes_images(options, input.dims), named = chosen.contains(static_cast<std::int64_t>(i) + 1);
        if (named && !takes) check_preprocess(options, input.dims, input.name); // throws
        if (!takes || (!chosen.empty() && !named)) continue;
        auto const own = fitted(options, a, input.dims);
        auto const bad = misfit(own, a, input);
        if (bad.empty()) some_fit = true;
        else if (why.empty() || named) why = bad;
        if (named && !bad.empty()) break;
        g[inputs[i]].preprocess = preprocess_attributes(own, input.dims);
    }
    // Among several inputs there may be tensors that only look like images.
    bool const named_misfit = !chosen.empty() && !why.empty();
    if (asked && !why.empty() && (named_misfit || !some_fit))
        wrong(why.substr(0, why.find(':')), why.substr(why.find(':') + 2));
}

} // namespace tpu_convert::apps
