#include <algorithm>
#include <fmt/format.h>
#include <tpu_convert/report/drawing.hpp>
#include <tpu_convert/report/html.hpp>
#include <tpu_convert/report/memory.hpp>
#include <tpu_convert/report/sections.hpp>

namespace tpu_convert::report {

namespace detail {

inline constexpr std::string_view page_style = R"css(
:root { color-scheme: light dark; --line: #8886; --soft: #8881;
        --good: #2e9e5b; --fair: #d29a1b; --poor: #d0452f; --plain: #7a8aa0; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1080px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
.figures { display: flex; flex-wrap: wrap; gap: 12px; }
.figures div { border: 1px solid var(--line); border-radius: 8px; padding: 8px 16px; }
.figures b { display: block; font-size: 1.3rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 10px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:nth-child(-n+3), td:nth-child(-n+3) { text-align: left; } td:first-child { white-space: normal; overflow-wrap: anywhere; }
.scroll { overflow: auto; max-height: 75vh; border: 1px solid var(--line); border-radius: 8px; padding: 8px; }
.bar { background: var(--plain); height: 14px; border-radius: 3px; min-width: 2px; }
.stages { display: grid; grid-template-columns: max-content 1fr max-content; gap: 4px 14px; align-items: center; }
svg { display: block; margin: auto; } svg text { font: 11px system-ui, sans-serif; text-anchor: middle; fill: currentColor; }
svg .op { font-weight: 600; font-size: 13px; } .wires path { fill: none; stroke: var(--plain); stroke-width: 1.4; }
.box rect { fill: var(--soft); stroke: var(--plain); stroke-width: 1.6; }
.box.good rect { stroke: var(--good); } .box.fair rect { stroke: var(--fair); } .box.poor rect { stroke: var(--poor); }
.plots { display: flex; flex-wrap: wrap; gap: 14px; } figure { margin: 0; } figcaption { text-align: center; font-size: 13px; }
.plots img { max-width: 340px; } .bars path { fill: var(--plain); } .limits path { stroke: var(--poor); stroke-width: 1.5; }
.finding { border-left: 4px solid var(--poor); padding: 4px 12px; }
td.good { color: var(--good); } td.fair { color: var(--fair); } td.poor { color: var(--poor); font-weight: 600; }
)css";

TPU_CONVERT_INLINE std::string duration(double seconds) {
    return seconds < 1 ? fmt::format("{:.0f} ms", seconds * 1e3) : fmt::format("{:.2f} s", seconds);
}

TPU_CONVERT_INLINE std::string figures_html(page const& p) {
    std::string text = "<div class='figures'>";
    for (auto const& f : p.figures) text += fmt::format("<div>{}<b>{}</b></div>", escaped(f.label), escaped(f.value));
    return text + "</div>\n";
}

TPU_CONVERT_INLINE std::string stages_html(page const& p) {
    if (p.stages.empty()) return "";
    double most = 1e-9;
    for (auto const& s : p.stages) most = std::max(most, s.seconds);
    std::string text = "<h2>Time of each stage</h2>\n<div class='stages'>";
    for (auto const& s : p.stages)
        text += fmt::format("<span>{}</span><div class='bar' style='width:{:.1f}%'></div><span>{}</span>\n", escaped(s.name),
                            100 * s.seconds / most, duration(s.seconds));
    return text + "</div>\n";
}

TPU_CONVERT_INLINE std::string layers_html(page const& p) {
    double most = 0;
    for (auto const& l : p.layers) most = std::max(most, l.microseconds);
    if (most <= 0) return ""; // the chip has no clock
    std::string text = "<h2>Time on the chip, estimated</h2>\n<div class='scroll'><div class='stages'>";
    for (auto const& l : p.layers)
        text += fmt::format("<span>{} ({})</span><div class='bar' style='width:{:.1f}%'></div><span>{:.2f} \u00b5s</span>\n",
                            escaped(l.name), escaped(l.operation), 100 * l.microseconds / most, l.microseconds);
    return text + "</div></div>\n";
}

TPU_CONVERT_INLINE std::string memory_of(page const& p) {
    std::vector<std::string> names;
    for (auto const& l : p.layers) names.push_back(l.name);
    return memory_html(p.memory, names);
}

TPU_CONVERT_INLINE std::string tensors_html(page const& p) {
    bool const measured = std::any_of(p.tensors.begin(), p.tensors.end(), [](auto const& t) { return t.close.has_value(); });
    bool const ranged = std::any_of(p.tensors.begin(), p.tensors.end(), [](auto const& t) { return t.range.has_value(); });
    std::string text = "<h2>Tensors</h2>\n<div class='scroll'><table><tr><th>tensor</th><th>operator</th><th>shape</th>";
    if (measured) text += "<th>cosine</th><th>euclidean</th><th>SQNR dB</th>";
    if (ranged) text += "<th>threshold</th><th>clipped</th>";
    text += "</tr>\n";
    for (auto const& t : p.tensors) {
        text += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td>", escaped(t.name), escaped(t.operation), to_string(t.dims));
        if (t.close)
            text += fmt::format("<td class='{}'>{:.6f}</td><td>{:.6f}</td><td>{:.1f}</td>", grade(t.close), t.close->cosine,
                                t.close->euclidean, t.close->sqnr);
        else if (measured) text += "<td></td><td></td><td></td>";
        if (t.range) text += fmt::format("<td>{:.4g}</td><td>{:.3f} %</td>", t.range->threshold, 100 * t.range->clipped);
        else if (ranged) text += "<td></td><td></td>";
        text += "</tr>\n";
    }
    return text + "</table></div>\n";
}

} // namespace detail

TPU_CONVERT_INLINE std::string to_html(page const& p) {
    std::string text = fmt::format("<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>{0}</title>\n"
                                   "<meta name='viewport' content='width=device-width'>\n<style>{1}{2}</style></head><body>\n"
                                   "<h1>{0}</h1>\n",
                                   escaped(p.title), detail::page_style, memory_style());
    text += detail::figures_html(p) + losses_html(p) + pictures_html(p) + detail::stages_html(p) + detail::layers_html(p) +
            detail::memory_of(p);
    if (auto const svg = network_svg(p.tensors); !svg.empty())
        text += "<h2>Network</h2>\n<p>The colour of a box says how close the chip's tensor is to the float network's: green from "
                "cosine 0.999, amber from 0.99, red below; grey was not measured.</p>\n<div class='scroll'>" + svg + "</div>\n";
    return text + detail::tensors_html(p) + "</body></html>\n";
}

} // namespace tpu_convert::report
