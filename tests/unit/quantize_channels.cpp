// Scales for single channels, from samples to the integer network.
#include "graph_helper.hpp"
#include <limits>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/op/integer/integer_table.hpp>
#include <tpu_convert/op/silu.hpp>
#include <tpu_convert/quantize/calibrate.hpp>
#include <tpu_convert/quantize/channel_formats.hpp>
#include <tpu_convert/quantize/channel_statistics.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/network_types.hpp>
#include <tpu_convert/report/compare.hpp>

using namespace op_test;

namespace {

constexpr std::int64_t channels = 4;

graph::ref convolve(graph& g, graph::ref x, std::string const& name, tensor filters, std::int64_t group = 1) {
    op::conv::attributes a;
    a.kernel_shape = {3, 3}, a.strides = {1, 1}, a.pads = {1, 1, 1, 1}, a.group = group;
    return {add<op::conv>(g, name, a, {x, {add_weight(g, name + "_weight", std::move(filters)), 0}, {}}), 0};
}

// x -> wide -> act -> apart -> last; the channels of `wide` differ a hundredfold, and the filters of `apart` make up for it.
graph unlike_channels() {
    graph g;
    g.name = "unlike";
    tensor wide = noise({channels, 3, 3, 3}, 2), apart = noise({channels, 1, 3, 3}, 3);
    for (std::int64_t i = 0; i < wide.size(); ++i) wide[i] *= i < 27 ? 100.0f : 1.0f;
    for (std::int64_t i = 0; i < 9; ++i) apart[i] *= 0.01f;
    auto const first = convolve(g, {add_input(g, "x", {1, 3, 8, 8}), 0}, "wide", std::move(wide));
    graph::ref const act{add<op::silu>(g, "act", {}, {first}), 0};
    auto const second = convolve(g, act, "apart", std::move(apart), channels);
    g.outputs = {convolve(g, second, "last", noise({5, channels, 3, 3}, 5))};
    infer_shapes(g);
    return g;
}

std::map<std::string, tensor> channel_sample(std::size_t i) {
    return {{"x", noise({1, 3, 8, 8}, static_cast<std::uint32_t>(11 * i + 1))}};
}

network_type_options options_for(graph const& g) {
    network_type_options o;
    o.precision = dtype::f32, o.integer = true;
    o.table = calibrate(g, 6, channel_sample, {.method = "max", .tune = 0}).table;
    return o;
}

double cosine_of(graph const& g, network_type_options const& o) {
    auto const typed = assign_network_types<bm168x_rules>(g, o).net;
    return compare(evaluate_graph(typed, channel_sample(9)).at("last"), evaluate_graph(g, channel_sample(9)).at("last")).cosine;
}

} // namespace

TEST_CASE("ranges of channels are the same in both orders of elements") {
    shape const dims{2, 3, 5, 7};
    tensor const planes = noise(dims, 8);
    tensor pixels(dims);
    for (std::int64_t n = 0; n < 2; ++n)
        for (std::int64_t c = 0; c < 3; ++c)
            for (std::int64_t i = 0; i < 35; ++i) pixels[(n * 35 + i) * 3 + c] = planes[(n * 3 + c) * 35 + i];
    std::vector<channel_range> found, other;
    auto const range = range_of_channels(planes.values(), dims, false, found);
    auto const same = range_of_channels(pixels.values(), dims, true, other), plain = range_of(planes.values());
    REQUIRE(found.size() == 3);
    REQUIRE(other.size() == 3);
    for (std::size_t c = 0; c < 3; ++c) {
        CHECK(found[c].min == other[c].min);
        CHECK(found[c].max == other[c].max);
    }
    CHECK(range.min == plain.min);
    CHECK(same.max == plain.max);
    CHECK(same.count == 210);
    pixels[100] = std::numeric_limits<float>::quiet_NaN();
    CHECK(range_of_channels(pixels.values(), dims, true, other).not_finite == 1);
    CHECK(other.empty());
}

TEST_CASE("channels are clipped at twice what was seen, at the tensor's threshold, or at a mean of fourth powers beyond it") {
    channel_statistics s;
    CHECK(s.ranges(1).empty());
    std::vector<channel_range> const one{{0, 4}, {-1, 0}}, other{{0, 2}, {-1, 3}};
    s.add(one), s.add(other);
    auto const near = s.ranges(3.5), far = s.ranges(100);
    CHECK(near[0].min == 0);
    CHECK(near[0].max == 3.5); // above (136)^(1/4), 136 = (256 + 16) / 2
    CHECK(s.ranges(1)[0].max == doctest::Approx(std::pow(136.0, 0.25)));
    CHECK(near[1].min == -2);
    CHECK(far[0].max == 8);
    CHECK(far[1].max == 6);
}

TEST_CASE("formats of channels: one zero point, a scale for each, none below a 64th") {
    auto const positive = channel_format(std::vector<channel_range>{{0, 51}, {0, 5.1}, {0, 0}});
    CHECK(positive.type == dtype::u8);
    CHECK(positive.zero_point == 0);
    CHECK(positive.scale == doctest::Approx(0.2));
    CHECK(positive.scale_of(1) == doctest::Approx(0.02));
    CHECK(positive.scale_of(2) == doctest::Approx(0.2 / 64));
    auto const both = channel_format(std::vector<channel_range>{{-1, 4}, {-10, 40}});
    CHECK(both.type == dtype::i8);
    CHECK(both.zero_point == -77); // 51 levels of 255 below 0
    CHECK(both.scale_of(0) == doctest::Approx(4.0 / 204));
    CHECK(both.real(127, 1) == doctest::Approx(40));
    CHECK(channel_format(std::vector<channel_range>{{0, 0}}).scale > 0);
}

TEST_CASE("a depthwise convolution's operand and the table's before it have a scale for each channel") {
    graph const g = unlike_channels();
    auto o = options_for(g);
    CHECK(o.table.channels.size() == 2);
    CHECK(o.table.channels.contains("wide"));
    CHECK(o.table.channels.at("act").size() == channels);
    auto const typed = assign_network_types<bm168x_rules>(g, o).net;
    auto const &act = typed[*typed.find("act")], &wide = typed[*typed.find("wide")], &apart = typed[*typed.find("apart")];
    REQUIRE(act.channel_scales.size() == channels);
    CHECK(wide.channel_scales.size() == channels);
    CHECK(apart.channel_scales.empty());
    CHECK(act.scale == *std::max_element(act.channel_scales.begin(), act.channel_scales.end()));
    CHECK(act.channel_scales[1] < act.channel_scales[0] / 20);
    auto const& table = std::any_cast<op::integer_table::attributes const&>(typed[typed.find("act")->node].attributes).table;
    CHECK(table.size() == channels * 256);
    double const better = cosine_of(g, o);
    o.channel_scales = false;
    CHECK(better > 0.998);
    CHECK(cosine_of(g, o) < 0.99);
}

TEST_CASE("whole numbers of channels with scales of their own stand for the real ones") {
    graph const g = unlike_channels();
    auto const typed = assign_network_types<bm168x_rules>(g, options_for(g)).net;
    evaluate_options const all{.keep = evaluate_options::keep_rule::all};
    auto got = evaluate_graph(typed, channel_sample(9), all).at("act");
    auto const wanted = evaluate_graph(g, channel_sample(9), all).at("act");
    auto const& act = typed[*typed.find("act")];
    make_real(act, got.values());
    for (std::int64_t i = 0; i < got.size(); ++i) {
        double const step = act.channel_scales[static_cast<std::size_t>(i / 64)];
        CHECK(std::abs(static_cast<double>(got[i] - wanted[i])) < 40 * step + 0.02); // a sample that was not calibrated with
    }
}

TEST_CASE("a tensor that others read, that is an output, or whose reader is float has one scale") {
    graph g = unlike_channels();
    auto const o = options_for(g);
    CHECK(values_with_channels_apart(g).size() == 2);
    auto floating = o;
    floating.exceptions.rows.push_back({"apart", "F16", 0});
    auto const typed = assign_network_types<bm168x_rules>(g, floating).net;
    CHECK(typed[*typed.find("act")].channel_scales.empty());
    g.outputs.push_back(*g.find("act"));
    CHECK(values_with_channels_apart(g).empty());
    CHECK(cosine_of(g, o) < 0.99);
}
