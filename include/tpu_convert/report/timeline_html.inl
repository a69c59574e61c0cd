#pragma once
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <tpu_convert/report/drawing.hpp>
#include <tpu_convert/report/memory.hpp>
#include <tpu_convert/report/timeline.hpp>

namespace tpu_convert::report {

namespace detail {

inline constexpr std::string_view timeline_style = R"css(
:root { color-scheme: light dark; --line: #8886; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1280px; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
canvas { width: 100%; height: 190px; border: 1px solid var(--line); border-radius: 8px; cursor: grab; touch-action: none; }
pre, .scroll { overflow: auto; border: 1px solid var(--line); border-radius: 8px; padding: 10px; font-size: 13px; }
#hint { min-height: 1.5em; font-variant-numeric: tabular-nums; }
)css";

// Rows of bars over time; the wheel zooms at the pointer, dragging moves, a double click shows everything.
inline constexpr std::string_view timeline_script = R"js(
const canvas = document.getElementById('time'), hint = document.getElementById('hint'), pen = canvas.getContext('2d');
const whole = Math.max(data.end, 1e-9);
let from = 0, span = whole, grip = null;
const colours = {};
function colour(name) {
  if (!colours[name]) {
    let h = 0;
    for (const c of name) h = (h * 31 + c.charCodeAt(0)) % 360;
    colours[name] = `hsl(${h} 55% 50%)`;
  }
  return colours[name];
}
const left = 52, top_ = 26, high = 40, step = 50;
const x_of = t => left + (t - from) / span * (canvas.clientWidth - left);
const t_of = x => from + (x - left) / (canvas.clientWidth - left) * span;
function keep() {
  span = Math.min(Math.max(span, 0.02), whole);
  from = Math.min(Math.max(from, 0), whole - span);
}
function first_after(bars, t) {
  let a = 0, b = bars.length;
  while (a < b) { const m = a + b >> 1; if (bars[m][0] + bars[m][1] < t) a = m + 1; else b = m; }
  return a;
}
function draw() {
  const scale = window.devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
  canvas.width = width * scale, canvas.height = height * scale;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.font = '12px system-ui, sans-serif';
  const ink = getComputedStyle(canvas).color;
  let tick = Math.pow(10, Math.floor(Math.log10(span / 4)));
  if (span / tick > 20) tick *= 5; else if (span / tick > 8) tick *= 2;
  pen.fillStyle = ink;
  for (let t = Math.ceil(from / tick) * tick; t <= from + span; t += tick) {
    pen.globalAlpha = 0.2, pen.fillRect(x_of(t), top_ - 6, 1, height);
    pen.globalAlpha = 1, pen.fillText(+t.toPrecision(8) + ' \u00b5s', x_of(t) + 3, 14);
  }
  data.rows.forEach((row, r) => {
    const y = top_ + r * step;
    let reached = left;
    for (let i = first_after(row.bars, from); i < row.bars.length && row.bars[i][0] <= from + span; ++i) {
      const [start, time, name] = row.bars[i], a = Math.max(x_of(start), left), b = x_of(start + time);
      if (b < reached + 0.3) continue;
      pen.fillStyle = colour(data.names[name]);
      pen.fillRect(a, y, Math.max(b - a - (b - a > 3 ? 0.5 : 0), 0.5), high);
      if (b - a > 46) {
        pen.save(), pen.beginPath(), pen.rect(a, y, b - a - 4, high), pen.clip();
        pen.fillStyle = '#fff', pen.fillText(data.names[name], a + 4, y + 24), pen.restore();
      }
      reached = b;
    }
    pen.clearRect(0, y, left - 1, high), pen.fillStyle = ink, pen.fillText(row.name, 4, y + 24);
  });
}
function show(x, y) {
  const r = Math.floor((y - top_) / step), row = data.rows[r], t = t_of(x);
  if (!row || x < left) return hint.textContent = '';
  const bar = row.bars[first_after(row.bars, t)];
  hint.textContent = bar && bar[0] <= t
    ? `${row.name}: ${data.names[bar[2]]}, ${bar[0].toFixed(3)} \u00b5s + ${bar[1].toFixed(3)} \u00b5s` +
      (bar[3] ? `, ${bar[3]} bytes` : '') + (row.indexed ? `, command ${bar[4] + 1}` : '')
    : `${row.name}: idle`;
}
canvas.addEventListener('wheel', e => {
  e.preventDefault();
  const t = t_of(e.offsetX), factor = Math.exp(e.deltaY * 0.0015);
  from = t - (t - from) * factor, span *= factor;
  keep(), draw();
}, {passive: false});
canvas.addEventListener('pointerdown', e => { grip = [e.offsetX, from]; canvas.setPointerCapture(e.pointerId); });
canvas.addEventListener('pointerup', () => { grip = null; });
canvas.addEventListener('pointermove', e => {
  if (!grip) return show(e.offsetX, e.offsetY);
  from = grip[1] - (e.offsetX - grip[0]) / (canvas.clientWidth - left) * span;
  keep(), draw();
});
canvas.addEventListener('dblclick', () => { from = 0, span = whole; draw(); });
window.addEventListener('resize', draw);
draw();
)js";

class bar_rows {
public:
    explicit bar_rows(simulate::bmodel_time const& t) : t_(t) {}

    // {start, time, number of the name, bytes, command}, in microseconds.
    nlohmann::ordered_json bar(double start, double cycles, std::string_view name, std::uint64_t bytes, std::size_t command) {
        auto const [at, fresh] = numbers_.try_emplace(std::string(name), names_.size());
        if (fresh) names_.push_back(name);
        return {t_.seconds(start) * 1e6, t_.seconds(cycles) * 1e6, at->second, bytes, command};
    }
    nlohmann::ordered_json engine_row(isa::engine e) {
        nlohmann::ordered_json row{{"name", e == isa::engine::tiu ? "TIU" : "DMA"}, {"indexed", true}};
        row["bars"] = nlohmann::ordered_json::array();
        for (auto const& c : t_.commands)
            if (c.on == e && c.cycles > 0)
                row["bars"].push_back(bar(c.start, c.cycles, c.name, c.cost.read + c.cost.written, c.index));
        return row;
    }
    // Where each layer ends; what it does before the one ahead of it has ended is not drawn.
    nlohmann::ordered_json layer_row(simulate::time_summary const& s) {
        nlohmann::ordered_json row{{"name", "layer"}, {"indexed", false}};
        row["bars"] = nlohmann::ordered_json::array();
        double end = 0;
        for (auto const& l : s.layers) {
            double const begin = std::max(end, l.sum.begin);
            if (l.sum.end <= begin) continue;
            row["bars"].push_back(bar(begin, l.sum.end - begin, l.name, l.sum.read + l.sum.written, 0));
            end = l.sum.end;
        }
        return row;
    }
    nlohmann::ordered_json const& names() const { return names_; }

private:
    simulate::bmodel_time const& t_;
    nlohmann::ordered_json names_ = nlohmann::ordered_json::array();
    std::map<std::string, std::size_t> numbers_;
};

// JSON within a script: no text may end it.
TPU_CONVERT_INLINE std::string script_data(nlohmann::ordered_json const& j) {
    std::string text = j.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace), safe;
    for (char const c : text) safe += c == '<' ? std::string("\\u003c") : std::string(1, c);
    return safe;
}

} // namespace detail

TPU_CONVERT_INLINE std::string timeline_html(simulate::bmodel_time const& t, simulate::time_summary const& s,
                                             memory_plan const& memory) {
    detail::bar_rows rows(t);
    std::vector<std::string> names;
    for (auto const& l : s.layers) names.push_back(l.name);
    nlohmann::ordered_json data{{"end", t.seconds(t.cycles) * 1e6}};
    data["rows"] = nlohmann::ordered_json::array();
    data["rows"].push_back(rows.engine_row(isa::engine::tiu));
    data["rows"].push_back(rows.engine_row(isa::engine::gdma));
    if (!s.layers.empty()) data["rows"].push_back(rows.layer_row(s));
    data["names"] = rows.names();
    return fmt::format("<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>{0}: time on {1}</title>\n"
                       "<meta name='viewport' content='width=device-width'>\n<style>{2}{7}</style></head><body>\n"
                       "<h1>{0} on {1}: {3}</h1>\n<p>Wheel: zoom. Drag: move. Double click: everything.</p>\n"
                       "<canvas id='time'></canvas>\n<p id='hint'></p>\n{8}<h2>Figures</h2>\n<pre>{4}</pre>\n"
                       "<script>\nconst data = {5};\n{6}</script></body></html>\n",
                       escaped(t.net), escaped(t.chip), detail::timeline_style, milliseconds(t, t.cycles),
                       escaped(profile_text(t, s)), detail::script_data(data), detail::timeline_script,
                       memory_style(), memory_html(memory, names));
}

} // namespace tpu_convert::report
