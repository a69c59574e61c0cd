// Rewrite: zero padding before convolutions and pools.
#pragma once
#include <algorithm>
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/max_pool.hpp>
#include <tpu_convert/op/pad.hpp>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/op/sigmoid.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

// Spatial paddings, all beginnings then all ends; nothing if the pad does anything else than adding around them.
inline std::optional<std::vector<std::int64_t>> spatial_padding(graph const& g, ref r) {
    if (!is<op::pad>(g, r)) return std::nullopt;
    auto const& a = attributes<op::pad>(g, r.node);
    auto const rank = g[r].dims.size();
    if (a.mode != padding_mode::constant || a.paddings.size() != 2 * rank || rank < 3) return std::nullopt;
    std::vector<std::int64_t> pads;
    for (std::size_t i = 0; i < 2 * rank; ++i) {
        if (a.paddings[i] < 0 || (i % rank < 2 && a.paddings[i] != 0)) return std::nullopt;
        if (i % rank >= 2) pads.push_back(a.paddings[i]);
    }
    return pads;
}

inline std::vector<std::int64_t> sum(std::vector<std::int64_t> a, std::vector<std::int64_t> const& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
    return a;
}

inline bool is_zero_pad(graph const& g, ref r) { return attributes<op::pad>(g, r.node).val == 0; }

// Zeros never win over values that are not negative; nor does what is below every float.
inline bool never_wins(graph const& g, ref pad) {
    double const value = attributes<op::pad>(g, pad.node).val;
    ref const x = operand(g, pad, 0);
    return value <= -3.4e38 || (value == 0 && (is<op::relu>(g, x) || is<op::sigmoid>(g, x)));
}

// A window that lies in the padding only would have nothing to choose from.
inline bool fits_kernel(std::vector<std::int64_t> const& pads, std::vector<std::int64_t> const& kernel) {
    for (std::size_t i = 0; i < pads.size(); ++i)
        if (pads[i] >= kernel[i % kernel.size()]) return false;
    return true;
}

template <operation Op>
bool pad_before(graph& g, graph::id v, bool (*allowed)(graph const&, ref)) {
    if (!is<Op>(g, v)) return false;
    ref const pad = operand(g, v, 0);
    auto const more = spatial_padding(g, pad);
    auto& a = attributes<Op>(g, v);
    if (!more || more->size() != a.pads.size() || !allowed(g, pad)) return false;
    auto const pads = sum(a.pads, *more);
    if constexpr (!std::is_same_v<Op, op::conv>)
        if (!fits_kernel(pads, a.kernel_shape) || a.ceil_mode.value_or(false)) return false;
    if constexpr (std::is_same_v<Op, op::avg_pool>) {
        bool const none = std::all_of(a.pads.begin(), a.pads.end(), [](auto p) { return p == 0; });
        if (!none && !a.count_include_pad) return false;
        a.count_include_pad = true;
    }
    a.pads = pads;
    g.set_operand(v, 0, operand(g, pad, 0));
    return true;
}

} // namespace detail

TPU_CONVERT_INLINE void fuse_pad(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        (void)(detail::pad_before<op::conv>(g, v, detail::is_zero_pad) ||
               detail::pad_before<op::avg_pool>(g, v, detail::is_zero_pad) ||
               detail::pad_before<op::max_pool>(g, v, detail::never_wins));
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
