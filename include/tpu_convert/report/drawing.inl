#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <tpu_convert/report/drawing.hpp>

namespace tpu_convert::report {

namespace detail {

inline constexpr double box_width = 176, box_height = 40, bend_width = 14, row_height = 66, gap = 14;

// A box, or a bend of a wire that passes a row.
struct drawn {
    std::size_t tensor;
    bool is_box;
    std::vector<std::size_t> above; // what it hangs from
    double x = 0;                   // centre
    std::size_t row = 0;

    double width() const { return is_box ? box_width : bend_width; }
    double y() const { return 24 + static_cast<double>(row) * row_height; }
};

struct drawing {
    std::vector<drawn> parts;
    std::vector<std::vector<std::size_t>> rows;
    double width = 0;
};

TPU_CONVERT_INLINE drawing place_in_rows(std::span<page_tensor const> tensors) {
    drawing d;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        std::size_t row = 0;
        for (auto const o : tensors[i].operands) row = std::max(row, d.parts[o].row + 1);
        d.parts.push_back({i, true, {}, 0, row});
    }
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        for (std::size_t from : tensors[i].operands) {
            for (std::size_t row = d.parts[from].row + 1; row < d.parts[i].row; ++row) {
                d.parts.push_back({i, false, {from}, 0, row});
                from = d.parts.size() - 1;
            }
            d.parts[i].above.push_back(from);
        }
    }
    for (std::size_t i = 0; i < d.parts.size(); ++i) {
        if (d.rows.size() <= d.parts[i].row) d.rows.resize(d.parts[i].row + 1);
        d.rows[d.parts[i].row].push_back(i);
    }
    return d;
}

// Rows from top to bottom; within a row by the mean position of what is above, which keeps wires short.
TPU_CONVERT_INLINE void place_across(drawing& d) {
    for (auto& row : d.rows) {
        for (auto const i : row) {
            auto& p = d.parts[i];
            if (p.above.empty()) continue;
            p.x = std::accumulate(p.above.begin(), p.above.end(), 0.0, [&](double sum, auto a) { return sum + d.parts[a].x; }) /
                  static_cast<double>(p.above.size());
        }
        std::stable_sort(row.begin(), row.end(), [&](auto a, auto b) { return d.parts[a].x < d.parts[b].x; });
        double wanted = 0, right = -1e9, placed = 0;
        for (auto const i : row) wanted += d.parts[i].x;
        for (auto const i : row) {
            auto& p = d.parts[i];
            p.x = std::max(p.x, right + gap + p.width() / 2);
            right = p.x + p.width() / 2;
            placed += p.x;
        }
        for (auto const i : row) d.parts[i].x -= (placed - wanted) / static_cast<double>(row.size());
    }
    double left = 0;
    for (auto const& p : d.parts) left = std::min(left, p.x - p.width() / 2);
    for (auto& p : d.parts) {
        p.x += gap - left;
        d.width = std::max(d.width, p.x + p.width() / 2 + gap);
    }
}

TPU_CONVERT_INLINE std::string wires_of(drawing const& d) {
    std::string text;
    for (auto const& p : d.parts)
        for (auto const a : p.above) {
            auto const& from = d.parts[a];
            double const y0 = from.y() + (from.is_box ? box_height / 2 : 0), y1 = p.y() - (p.is_box ? box_height / 2 : 0);
            text += fmt::format("<path d='M{:.0f} {:.0f}C{:.0f} {:.0f} {:.0f} {:.0f} {:.0f} {:.0f}'/>", from.x, y0, from.x,
                                (y0 + y1) / 2, p.x, (y0 + y1) / 2, p.x, y1);
        }
    return text;
}

TPU_CONVERT_INLINE std::string box_of(drawn const& p, page_tensor const& t) {
    auto const close = t.close ? fmt::format("\ncosine {:.6f}, SQNR {:.1f} dB", t.close->cosine, t.close->sqnr) : std::string();
    return fmt::format("<g class='box {}'><title>{} {}{}</title><rect x='{:.0f}' y='{:.0f}' width='{}' height='{}' rx='6'/>"
                       "<text x='{:.0f}' y='{:.0f}' class='op'>{}</text><text x='{:.0f}' y='{:.0f}'>{}</text></g>\n",
                       grade(t.close), escaped(t.name), to_string(t.dims), close, p.x - box_width / 2, p.y() - box_height / 2,
                       box_width, box_height, p.x, p.y() - 3, escaped(t.operation), p.x, p.y() + 13,
                       to_string(t.dims) + (t.is_output ? " output" : ""));
}

} // namespace detail

TPU_CONVERT_INLINE std::string escaped(std::string_view text) {
    std::string safe;
    for (char const c : text) {
        if (c == '<') safe += "&lt;";
        else if (c == '>') safe += "&gt;";
        else if (c == '&') safe += "&amp;";
        else if (c == '"') safe += "&quot;";
        else if (c == '\'') safe += "&#39;";
        else safe += c;
    }
    return safe;
}

TPU_CONVERT_INLINE std::string_view grade(std::optional<similarity> const& s) {
    if (!s) return "";
    return s->cosine >= 0.999 ? "good" : s->cosine >= 0.99 ? "fair" : "poor";
}

TPU_CONVERT_INLINE std::string network_svg(std::span<page_tensor const> tensors) {
    if (tensors.empty() || tensors.size() > 2000) return "";
    auto d = detail::place_in_rows(tensors);
    detail::place_across(d);
    std::string svg = fmt::format("<svg xmlns='http://www.w3.org/2000/svg' width='{:.0f}' height='{:.0f}' role='img' "
                                  "aria-label='network'>\n<g class='wires'>{}</g>\n",
                                  d.width, static_cast<double>(d.rows.size()) * detail::row_height, detail::wires_of(d));
    for (auto const& p : d.parts)
        if (p.is_box) svg += detail::box_of(p, tensors[p.tensor]);
    return svg + "</svg>\n";
}

} // namespace tpu_convert::report
