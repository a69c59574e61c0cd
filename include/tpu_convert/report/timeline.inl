#pragma once
#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <tpu_convert/report/timeline.hpp>

namespace tpu_convert::report {

namespace detail {

using simulate::time_sum;

// What a sum of commands is limited by, as far as the engines' busy times tell.
TPU_CONVERT_INLINE std::string_view limit_of(time_sum const& s) {
    if (s.commands == 0 || s.cycles() <= 0) return "";
    double const most = std::max(s.tiu, s.gdma);
    if (most < 0.6 * s.cycles()) return "waits";
    return s.tiu >= s.gdma ? "compute" : "memory";
}

TPU_CONVERT_INLINE std::string head_text(simulate::bmodel_time const& t, simulate::time_summary const& s) {
    auto const& a = s.all;
    double const seconds = t.seconds(t.cycles), percent = t.cycles > 0 ? 100 / t.cycles : 0;
    std::string text = fmt::format("{} on {}, {} calibration: {}, {} commands\n", t.net, t.chip, name_of(t.by),
                                   milliseconds(t, t.cycles), a.commands);
    text += fmt::format("  TIU busy {:.1f} %, DMA busy {:.1f} %, multiplier array used {:.1f} %; one engine after the other {}\n",
                        a.tiu * percent, a.gdma * percent, a.full_cycles * percent, milliseconds(t, a.tiu + a.gdma));
    text += fmt::format("  {:.3f} MB read, {:.3f} MB written, {:.2f} GB/s; weights, inputs and outputs are {:.3f} MB\n",
                        static_cast<double>(a.read) / 1e6, static_cast<double>(a.written) / 1e6,
                        seconds > 0 ? static_cast<double>(a.read + a.written) / seconds / 1e9 : 0,
                        static_cast<double>(t.weight_bytes + t.input_bytes + t.output_bytes) / 1e6);
    text +=
        fmt::format("  roofline {} (products {}, memory {}): the file takes {:.2f} times as long\n", milliseconds(t, s.roof()),
                    milliseconds(t, s.compute_roof), milliseconds(t, s.memory_roof), s.roof() > 0 ? t.cycles / s.roof() : 0);
    return text;
}

TPU_CONVERT_INLINE std::string kinds_text(simulate::bmodel_time const& t, simulate::time_summary const& s) {
    std::string text = fmt::format("\n{:<26} {:<5} {:>8} {:>12} {:>7} {:>12}\n", "command", "on", "count", "ms", "share", "MB");
    for (auto const& k : s.kinds) {
        double const cycles = k.sum.tiu + k.sum.gdma;
        text += fmt::format("{:<26} {:<5} {:>8} {:>12.4f} {:>6.1f}% {:>12.3f}\n", k.name, isa::name_of(k.on), k.sum.commands,
                            t.seconds(cycles) * 1e3, k.sum.share(100 * cycles, t.cycles),
                            static_cast<double>(k.sum.read + k.sum.written) / 1e6);
    }
    return text;
}

TPU_CONVERT_INLINE std::string layers_text(simulate::bmodel_time const& t, simulate::time_summary const& s) {
    std::string text = fmt::format("\n{:<36} {:<16} {:>10} {:>7} {:>6} {:>6} {:>6} {:>10} {}\n", "layer", "operator", "ms",
                                   "share", "TIU", "DMA", "array", "MB", "limit");
    for (auto const& l : s.layers) {
        auto const share = [&](double part) { return l.sum.share(100 * part, l.sum.cycles()); };
        text += fmt::format("{:<36} {:<16} {:>10.4f} {:>6.1f}% {:>5.0f}% {:>5.0f}% {:>5.0f}% {:>10.3f} {}\n", l.name, l.operation,
                            t.seconds(l.own) * 1e3, l.sum.share(100 * l.own, t.cycles), share(l.sum.tiu), share(l.sum.gdma),
                            share(l.sum.full_cycles), static_cast<double>(l.sum.read + l.sum.written) / 1e6, limit_of(l.sum));
    }
    return text;
}

TPU_CONVERT_INLINE nlohmann::ordered_json sum_json(simulate::bmodel_time const& t, time_sum const& s) {
    return {{"commands", s.commands},       {"begin_us", t.seconds(s.begin) * 1e6}, {"end_us", t.seconds(s.end) * 1e6},
            {"tiu_us", t.seconds(s.tiu) * 1e6}, {"dma_us", t.seconds(s.gdma) * 1e6},    {"products", s.products},
            {"array_us", t.seconds(s.full_cycles) * 1e6}, {"bytes_read", s.read},   {"bytes_written", s.written}};
}

TPU_CONVERT_INLINE std::string json_text(nlohmann::ordered_json const& j, int indent) {
    return j.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace detail

TPU_CONVERT_INLINE std::string milliseconds(simulate::bmodel_time const& t, double cycles) {
    return fmt::format("{:.4f} ms", t.seconds(cycles) * 1e3);
}

TPU_CONVERT_INLINE std::string estimate_text(simulate::bmodel_time const& t) {
    return fmt::format("{} on {} ({} clock)", milliseconds(t, t.cycles), t.chip, name_of(t.by));
}

TPU_CONVERT_INLINE std::string profile_text(simulate::bmodel_time const& t, simulate::time_summary const& s) {
    return detail::head_text(t, s) + detail::kinds_text(t, s) + (s.layers.empty() ? "" : detail::layers_text(t, s));
}

TPU_CONVERT_INLINE std::string profile_json(simulate::bmodel_time const& t, simulate::time_summary const& s) {
    using json = nlohmann::ordered_json;
    json out{{"net", t.net}, {"chip", t.chip}, {"calibration", name_of(t.by)}, {"cycles", t.cycles}};
    out["milliseconds"] = t.seconds(t.cycles) * 1e3;
    out["summed_milliseconds"] = t.seconds(s.all.tiu + s.all.gdma) * 1e3;
    out["all"] = detail::sum_json(t, s.all);
    out["weight_bytes"] = t.weight_bytes, out["input_bytes"] = t.input_bytes, out["output_bytes"] = t.output_bytes;
    out["roofline_ms"] = {{"products", t.seconds(s.compute_roof) * 1e3}, {"memory", t.seconds(s.memory_roof) * 1e3}};
    out["kinds"] = json::array();
    for (auto const& k : s.kinds) {
        json line{{"name", k.name}, {"engine", isa::name_of(k.on)}};
        line.update(detail::sum_json(t, k.sum));
        out["kinds"].push_back(std::move(line));
    }
    for (auto const& l : s.layers) {
        json line{{"name", l.name}, {"operator", l.operation}, {"own_us", t.seconds(l.own) * 1e6},
                  {"limit", detail::limit_of(l.sum)}};
        line.update(detail::sum_json(t, l.sum));
        out["layers"].push_back(std::move(line));
    }
    return detail::json_text(out, 2);
}

TPU_CONVERT_INLINE std::string trace_json(simulate::bmodel_time const& t) {
    using json = nlohmann::ordered_json;
    json events = json::array();
    for (auto const e : {isa::engine::tiu, isa::engine::gdma})
        events.push_back({{"name", "thread_name"}, {"ph", "M"}, {"pid", 0}, {"tid", static_cast<int>(e)},
                          {"args", {{"name", isa::name_of(e)}}}});
    for (auto const& c : t.commands)
        if (c.cycles > 0)
            events.push_back({{"name", c.name}, {"ph", "X"}, {"pid", 0}, {"tid", static_cast<int>(c.on)},
                              {"ts", t.seconds(c.start) * 1e6}, {"dur", t.seconds(c.cycles) * 1e6},
                              {"args", {{"command", c.index}, {"group", c.group}, {"bytes", c.cost.read + c.cost.written}}}});
    return detail::json_text({{"displayTimeUnit", "ns"}, {"traceEvents", std::move(events)}}, -1);
}

} // namespace tpu_convert::report
