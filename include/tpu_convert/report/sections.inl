// Sections as HTML.
#pragma once
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <tpu_convert/report/accuracy.hpp>
#include <tpu_convert/report/drawing.hpp>
#include <tpu_convert/report/sections.hpp>

namespace tpu_convert::report {

namespace detail {

inline constexpr double plot_width = 480, plot_height = 110;

TPU_CONVERT_INLINE std::string loss_row(page_tensor const& t) {
    auto text = fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{:.5f}</td><td class='{}'>{:.6f}</td><td>{:.1f}</td>",
                            escaped(t.name), escaped(t.operation), to_string(t.dims), t.loss, grade(t.close), t.close->cosine,
                            t.close->sqnr);
    if (t.range)
        text += fmt::format("<td>{:.4g}</td><td>{:.4g}</td><td>{:.3f} %</td><td>{:.4g}</td>", t.range->threshold,
                            t.range->largest, 100 * t.range->clipped, t.range->step);
    else text += "<td></td><td></td><td></td><td></td>";
    return text + "</tr>\n";
}

TPU_CONVERT_INLINE std::string bars_of(page_histogram const& h) {
    double const bar = plot_width / static_cast<double>(std::max<std::size_t>(1, h.counts.size()));
    double most = 1;
    for (auto const c : h.counts) most = std::max(most, std::log1p(static_cast<double>(c)));
    std::string bars;
    for (std::size_t i = 0; i < h.counts.size(); ++i) {
        double const height = plot_height * std::log1p(static_cast<double>(h.counts[i])) / most;
        if (height > 0)
            bars += fmt::format("<path d='M{:.1f} {:.1f}h{:.1f}V{}h-{:.1f}z'/>", static_cast<double>(i) * bar,
                                plot_height - height, bar, plot_height, bar);
    }
    return bars;
}

TPU_CONVERT_INLINE std::string limits_of(page_histogram const& h) {
    std::string limits;
    double const width = h.high - h.low;
    for (double const x : h.lines) {
        double const at = width > 0 ? std::clamp((x - h.low) / width, 0.0, 1.0) * plot_width : 0;
        limits += fmt::format("<path d='M{0:.1f} 0V{1}'/><text x='{2:.1f}' y='{3}'>{4:.4g}</text>", at, plot_height,
                              std::clamp(at, 20.0, plot_width - 20), plot_height + 13, x);
    }
    return limits;
}

inline constexpr std::string_view loss_header =
    "<h2>What loses most</h2>\n<p>Loss is by how much a tensor's cosine lies below the lowest of its operands', as far as its "
    "users see it.</p>\n"
    "<div class='scroll'><table><tr><th>tensor</th><th>operator</th><th>shape</th><th>loss</th><th>cosine</th>"
    "<th>SQNR dB</th><th>threshold</th><th>largest</th><th>clipped</th><th>step</th></tr>\n";
inline constexpr std::string_view plots_header =
    "<p>Values of the float network, their numbers on a logarithmic scale; lines mark what the stored type reaches.</p>\n"
    "<div class='plots'>\n";

} // namespace detail

// Heights are logarithms: a threshold is about the few values at the edges.
TPU_CONVERT_INLINE std::string histogram_svg(page_histogram const& h) {
    auto const name = escaped(h.tensor);
    return fmt::format(
        "<figure><svg xmlns='http://www.w3.org/2000/svg' width='{}' height='{}' role='img'><title>{}</title>"
        "<g class='bars'>{}</g><g class='limits'>{}</g></svg><figcaption>{}: {:.4g} to {:.4g}</figcaption></figure>\n",
        detail::plot_width, detail::plot_height + 16, name, detail::bars_of(h), detail::limits_of(h), name, h.low, h.high);
}

TPU_CONVERT_INLINE std::string losses_html(page const& p) {
    auto const worst = greatest_losses(p, 12);
    std::string text;
    if (!p.finding.empty()) text += "<p class='finding'>" + escaped(p.finding) + "</p>\n";
    if (worst.empty()) return text;
    text += detail::loss_header;
    for (auto const i : worst) text += detail::loss_row(p.tensors[i]);
    text += "</table></div>\n";
    if (p.histograms.empty()) return text;
    text += detail::plots_header;
    for (auto const& h : p.histograms) text += histogram_svg(h);
    return text + "</div>\n";
}

TPU_CONVERT_INLINE std::string pictures_html(page const& p) {
    if (p.pictures.empty()) return "";
    std::string text = "<h2>Pictures</h2>\n<div class='plots'>\n";
    for (auto const& q : p.pictures)
        text += fmt::format("<figure><img alt='{0}' src='data:{1};base64,{2}'><figcaption>{0}</figcaption></figure>\n",
                            escaped(q.caption), q.media_type, q.base64);
    return text + "</div>\n";
}

TPU_CONVERT_INLINE page_picture picture_of(std::string caption, std::string media_type, std::span<std::byte const> bytes) {
    static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    page_picture out{std::move(caption), std::move(media_type), {}};
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::size_t const here = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < here ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0);
        for (std::size_t k = 0; k < 4; ++k) out.base64 += k <= here ? digits[group >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

} // namespace tpu_convert::report
