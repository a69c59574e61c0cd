// Reader and writer of quantize tables.
#pragma once
#include <algorithm>
#include <fmt/format.h>
#include <system_error>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/quantize/qtable.hpp>
#include <tpu_convert/quantize/text_lines.hpp>

namespace tpu_convert {

namespace detail {

// In capitals; empty if there is no such mode.
inline std::string_view quantize_mode_named(std::string_view word) {
    std::string capitals(word);
    for (auto& c : capitals)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    for (auto const mode : quantize_modes)
        if (mode == capitals) return mode;
    return {};
}

} // namespace detail

TPU_CONVERT_INLINE quantize_row const* quantize_table::find(std::string_view name) const {
    auto const at = std::find_if(rows.rbegin(), rows.rend(), [&](auto const& r) { return r.name == name; });
    return at == rows.rend() ? nullptr : &*at;
}

TPU_CONVERT_INLINE quantize_table parse_quantize_table(std::string_view text, std::string_view file) {
    quantize_table table;
    detail::for_each_line(text, [&](std::size_t number, std::string_view line) {
        auto words = detail::words_of(line);
        if (words.empty()) return;
        if (line.starts_with('#')) {
            auto const after = [&](std::string_view key) {
                return line.starts_with(key) ? detail::words_of(line.substr(key.size())) : std::vector<std::string_view>{};
            };
            if (auto const chip = after("# chip:"); !chip.empty()) table.chip = chip[0];
            if (auto const n = after("# sample number:"); !n.empty()) table.samples = detail::integer_in(n[0]).value_or(0);
            return;
        }
        auto const subject = fmt::format("{}:{}", file, number);
        auto const fail = [&](std::string const& why) { throw model_error{error_code::file_damaged, subject, why}; };
        quantize_row row;
        auto const group = words.size() > 2 ? detail::integer_in(words.back()) : std::nullopt;
        if (group) {
            if (*group < 1) fail(fmt::format("a group of {} weights", *group));
            row.group_size = *group;
            words.pop_back();
        }
        if (words.size() != 2) fail("'" + detail::shown(line) + "' is not of the form 'name mode [group_size]'");
        row.name = words[0];
        row.mode = detail::quantize_mode_named(words[1]);
        std::string modes; // not fmt::join, of which g++ 12 warns at -O3
        for (auto const m : quantize_modes) modes += (modes.empty() ? "" : " ") + std::string(m);
        if (row.mode.empty()) fail(fmt::format("'{}' is none of {}", detail::shown(words[1]), modes));
        table.rows.push_back(std::move(row));
    });
    return table;
}

TPU_CONVERT_INLINE quantize_table parse_inline_quantize_table(std::string_view text) {
    quantize_table table;
    for (auto const part : detail::split_at(text, ",")) {
        auto const item = detail::trimmed(part);
        if (item.empty()) continue;
        auto const colon = item.rfind(':');
        auto const mode = colon == std::string_view::npos ? std::string_view{} : detail::trimmed(item.substr(colon + 1));
        auto const known = detail::quantize_mode_named(mode);
        if (known.empty() || colon == 0)
            throw model_error{error_code::usage, "--quantize_table",
                              fmt::format("'{}' is neither a file nor of the form name:mode", detail::shown(item))};
        table.rows.push_back({std::string(detail::trimmed(item.substr(0, colon))), std::string(known), 0});
    }
    return table;
}

TPU_CONVERT_INLINE quantize_table read_quantize_table(std::string const& path_or_inline) {
    std::error_code error;
    bool const is_file = std::filesystem::exists(path_or_inline, error);
    if (!is_file && path_or_inline.find(':') != std::string::npos) return parse_inline_quantize_table(path_or_inline);
    return parse_quantize_table(detail::read_text(path_or_inline, "quantize table"), path_or_inline);
}

TPU_CONVERT_INLINE std::string print_quantize_table(quantize_table const& t, std::string_view time) {
    std::string text;
    if (!time.empty()) text += "# generated time: " + std::string(time) + "\n";
    if (t.samples) text += "# sample number: " + std::to_string(t.samples) + "\n";
    if (!t.chip.empty()) text += "# chip: " + t.chip + "\n";
    text += "# total layers: " + std::to_string(t.rows.size()) + " (unique list blow)\n###\n# op_name   quantize_mode\n"; // sic
    for (auto const& r : t.rows)
        text += r.name + " " + r.mode + (r.group_size ? " " + std::to_string(r.group_size) : "") + "\n";
    return text;
}

} // namespace tpu_convert
