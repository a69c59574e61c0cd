#pragma once
#include <algorithm>
#include <fmt/format.h>
#include <tpu_convert/report/drawing.hpp>
#include <tpu_convert/report/memory.hpp>

namespace tpu_convert::report {

namespace detail {

inline constexpr double memory_left = 64, memory_height = 300, memory_foot = 20;

TPU_CONVERT_INLINE std::string bytes_text(double bytes) {
    if (bytes < 1024) return fmt::format("{:.0f} B", bytes);
    return bytes < 1024 * 1024 ? fmt::format("{:.4g} KiB", bytes / 1024) : fmt::format("{:.4g} MiB", bytes / 1024 / 1024);
}

// Names that are alike have colours that are not; what is no tensor is grey.
TPU_CONVERT_INLINE std::string fill_of(std::string_view name) {
    if (name == planned_buffer::working_memory) return "#888";
    std::uint32_t h = 2166136261;
    for (unsigned char const c : name) h = (h ^ c) * 16777619;
    return fmt::format("hsl({} 50% 50%)", (h ^ h >> 15) % 360);
}

// From memory's units to the picture's.
struct memory_scale {
    double step, byte;
    std::uint64_t base;

    double x(std::size_t position) const { return memory_left + step * static_cast<double>(position); }
    double y(std::uint64_t address) const { return memory_height - byte * static_cast<double>(address - base); }
};

TPU_CONVERT_INLINE std::string buffer_svg(planned_buffer const& b, std::span<std::string const> nodes, memory_scale const& s) {
    double const x = s.x(b.first), y = s.y(b.address + b.bytes), width = s.x(b.last + 1) - x, height = s.y(b.address) - y;
    auto const name = escaped(b.name);
    auto text = fmt::format("<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{:.1f}' style='fill:{}'>"
                            "<title>{}: {} bytes at {:#x}\n{}", x, y, width, height, fill_of(b.name), name, b.bytes, b.address,
                            escaped(nodes[b.first]));
    if (b.last > b.first) text += " to " + escaped(nodes[b.last]);
    text += "</title></rect>";
    double const letters = (width - 6) / 6.2;
    if (height < 13 || letters < 4) return text + "\n";
    auto shown = b.name.substr(0, static_cast<std::size_t>(letters));
    while (!shown.empty() && static_cast<unsigned char>(shown.back()) >= 0x80) shown.pop_back(); // no part of a letter
    return text + fmt::format("<text x='{:.1f}' y='{:.1f}'>{}</text>\n", x + 3, y + height / 2 + 4, escaped(shown));
}

TPU_CONVERT_INLINE std::string memory_axes(std::span<std::string const> nodes, double bytes, memory_scale const& s) {
    std::string text;
    double const right = s.x(nodes.size());
    for (int quarter = 0; quarter <= 4; ++quarter) {
        double const y = memory_height - memory_height * quarter / 4;
        text += fmt::format("<path d='M{} {:.1f}H{:.1f}'/><text x='{}' y='{:.1f}' class='axis'>{}</text>", memory_left, y, right,
                            memory_left - 4, std::max(y + 4, 10.0), bytes_text(bytes * quarter / 4));
    }
    std::size_t const every = std::max<std::size_t>(1, (nodes.size() + 9) / 10);
    for (std::size_t i = 0; i < nodes.size(); i += every)
        text += fmt::format("<text x='{:.1f}' y='{}'>{}</text>", s.x(i), memory_height + 15, i + 1);
    return text;
}

} // namespace detail

TPU_CONVERT_INLINE std::string memory_svg(std::span<planned_buffer const> buffers, std::span<std::string const> nodes,
                                          std::uint64_t bytes) {
    constexpr std::size_t most = 20000;
    if (buffers.empty() || buffers.size() > most || bytes == 0) return "";
    std::uint64_t base = buffers[0].address;
    for (auto const& b : buffers) {
        if (b.first > b.last || b.last >= nodes.size()) return "";
        base = std::min(base, b.address);
    }
    if (bytes <= buffers[0].address - base) return "";
    double const width = std::max(1000.0, 5.0 * static_cast<double>(nodes.size()));
    detail::memory_scale const s{width / static_cast<double>(nodes.size()), detail::memory_height / static_cast<double>(bytes),
                                 base};
    auto svg = fmt::format("<svg xmlns='http://www.w3.org/2000/svg' class='memory' width='{:.0f}' height='{}' role='img'>\n{}\n",
                           detail::memory_left + width + 4, detail::memory_height + detail::memory_foot,
                           detail::memory_axes(nodes, static_cast<double>(bytes), s));
    for (auto const& b : buffers) svg += detail::buffer_svg(b, nodes, s);
    return svg + "</svg>\n";
}

TPU_CONVERT_INLINE std::string memory_html(memory_plan const& m, std::span<std::string const> nodes) {
    std::uint64_t low = ~std::uint64_t{0}, high = 0, all = 0;
    for (auto const& b : m.global) low = std::min(low, b.address), high = std::max(high, b.address + b.bytes), all += b.bytes;
    auto const global = m.global.empty() ? std::string() : memory_svg(m.global, nodes, high - low);
    auto const local = memory_svg(m.local, nodes, m.lane_bytes);
    std::string text;
    if (!global.empty())
        text += fmt::format(
            "<h2>Global memory</h2>\n<p>{} tensors of {} together share {} beside the weights. To the right: operators, "
            "by number; upwards: addresses.</p>\n<div class='scroll'>{}</div>\n",
            m.global.size(), detail::bytes_text(static_cast<double>(all)), detail::bytes_text(static_cast<double>(high - low)),
            global);
    if (!local.empty())
        text += fmt::format(
            "<h2>Local memory</h2>\n<p>A lane of {}, all lanes alike: what the tile of each operator or group needs. "
            "Two of a name: the next tile is loaded, or the last one stored, beside this one.</p>\n"
            "<div class='scroll'>{}</div>\n",
            detail::bytes_text(static_cast<double>(m.lane_bytes)), local);
    return text;
}

TPU_CONVERT_INLINE std::string_view memory_style() {
    return R"css(svg.memory { margin: 0; } svg.memory path { stroke: #8886; }
svg.memory text { font: 11px system-ui, sans-serif; text-anchor: start; fill: currentColor; }
svg.memory text.axis { text-anchor: end; }
svg.memory rect { stroke: #8888; stroke-width: .5; fill-opacity: .55; } svg.memory rect:hover { fill-opacity: 1; }
)css";
}

} // namespace tpu_convert::report
