#pragma once
#include <algorithm>
#include <limits>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/quantize/channel_formats.hpp>

namespace tpu_convert {

namespace detail {

inline bool is_constant_depthwise(graph const& g, graph::id v) {
    return g[v].kind == node_kind::operation && g[v].op == &info_of<op::conv>() && is_depthwise(g, v) &&
           has_constant_weights(g, v);
}

// All readers are such convolutions, and there are some.
inline bool only_depthwise_reads(graph const& g, graph::id v) {
    auto const readers = g.users(v);
    return !readers.empty() && !g.is_output({v, 0}) && std::all_of(readers.begin(), readers.end(), [&](auto const& u) {
        return u.operand == 0 && is_constant_depthwise(g, u.node);
    });
}

inline bool is_image_operation(graph const& g, graph::id v) {
    node const& n = g[v];
    return n.kind == node_kind::operation && n.results.size() == 1 && n.results[0].dims.size() > 2 &&
           n.results[0].dims.size() < 5;
}

// The scales with which a zero point spans the ranges.
inline std::vector<double> spanning_scales(std::span<channel_range const> ranges, std::int64_t zero, std::int64_t lowest,
                                           std::int64_t highest) {
    constexpr double none = std::numeric_limits<double>::infinity();
    auto const needed = [](double length, std::int64_t levels) {
        return length <= 0 ? 0 : levels > 0 ? length / static_cast<double>(levels) : none;
    };
    std::vector<double> scales;
    for (auto const& r : ranges) scales.push_back(std::max(needed(r.max, highest - zero), needed(-r.min, zero - lowest)));
    return scales;
}

// Sum of the squared steps, in units of those that a channel's range alone would need.
inline double cost_of(std::span<channel_range const> ranges, std::span<double const> scales) {
    double sum = 0;
    for (std::size_t c = 0; c < scales.size(); ++c) {
        double const length = std::max(ranges[c].max, 0.0) - std::min(ranges[c].min, 0.0);
        if (length > 0) sum += (scales[c] / length) * (scales[c] / length);
    }
    return sum;
}

} // namespace detail

TPU_CONVERT_INLINE detail::value_set values_with_channels_apart(graph const& g) {
    detail::value_set found;
    for (auto v : g.order()) {
        bool const conv = g[v].op == &info_of<op::conv>(), table = g[v].op && g[v].op->quantization == quantize_rule::table;
        if (!detail::is_image_operation(g, v) || (!conv && !table) || !detail::only_depthwise_reads(g, v)) continue;
        found.insert({v, 0});
        auto const x = g.operands(v)[0];
        if (table && detail::is_image_operation(g, x.node) && g[x.node].op == &info_of<op::conv>() && g.use_count(x) == 1)
            found.insert({x.node, x.result});
    }
    return found;
}

TPU_CONVERT_INLINE number_format channel_format(std::span<channel_range const> ranges) {
    constexpr double least_share = 1.0 / 64;
    bool const is_signed = std::any_of(ranges.begin(), ranges.end(), [](auto const& r) { return r.min < 0; });
    number_format f{is_signed ? dtype::i8 : dtype::u8, 0, 0};
    auto const low = lowest_of(f.type), high = highest_of(f.type);
    double least = std::numeric_limits<double>::infinity();
    for (std::int64_t zero = low; zero <= (is_signed ? high : low); ++zero) {
        auto scales = detail::spanning_scales(ranges, zero, low, high);
        double const cost = detail::cost_of(ranges, scales);
        if (!(cost < least)) continue;
        least = cost, f.zero_point = zero, f.channel_scales = std::move(scales);
    }
    f.scale = std::max(*std::max_element(f.channel_scales.begin(), f.channel_scales.end()), least_threshold / 255);
    for (double& s : f.channel_scales) s = std::max(s, f.scale * least_share);
    return f;
}

} // namespace tpu_convert
