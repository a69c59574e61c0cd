// Reader and writer of calibration tables.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <span>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <tpu_convert/quantize/text_lines.hpp>

namespace tpu_convert {

namespace detail {

inline constexpr std::string_view channels_word = "channels ";

// A comment that holds one of these words begins a section. A longer word stands before one that it contains.
enum class table_section { rows, int4_rows, fp8_rows, asym_op, int4_op, weight_scale };
inline constexpr std::pair<std::string_view, table_section> section_words[] = {
    {"int4_th", table_section::int4_rows},           {"int4_op", table_section::int4_op},
    {"asym_op", table_section::asym_op},             {"weight_scale", table_section::weight_scale},
    {"tpu-mlir-fp8", table_section::fp8_rows},       {"mqbench-fp8", table_section::fp8_rows}};
inline auto find_section_word(std::string_view text) {
    return std::find_if(std::begin(section_words), std::end(section_words),
                        [&](auto const& w) { return text.find(w.first) != std::string_view::npos; });
}

class calibration_reader {
public:
    explicit calibration_reader(std::string_view file) : file_(file) {}

    void line(std::size_t number, std::string_view text) {
        number_ = number;
        if (text.empty()) return;
        if (text.starts_with('#')) comment(text);
        else if (section_ == section::asym_op) table_.asym_ops.emplace(text);
        else if (section_ == section::int4_op) table_.int4_ops.emplace(text);
        else if (section_ == section::weight_scale) weight_scale(text);
        else row(text);
    }
    calibration_table finish() {
        if (table_.rows.empty())
            throw model_error{error_code::file_damaged, file_,
                              "the calibration table has no row of the form 'name threshold min max'"};
        return std::move(table_);
    }

private:
    using section = table_section;

    [[noreturn]] void fail(std::string const& why) const {
        throw model_error{error_code::file_damaged, fmt::format("{}:{}", file_, number_), why};
    }
    void warn(std::string const& what) {
        constexpr std::size_t most = 20;
        if (table_.warnings.size() < most) table_.warnings.push_back(fmt::format("{}:{}: {}", file_, number_, what));
    }

    void comment(std::string_view text) {
        auto const first = text.find_first_not_of("# \t");
        if (first == std::string_view::npos || header(text.substr(first)) || channels(text.substr(first))) return;
        auto const marker = find_section_word(text);
        if (marker == std::end(section_words)) return;
        section_ = marker->second;
        table_.fp8 |= section_ == section::fp8_rows || text.find("weight_scale_fp8") != std::string_view::npos;
    }

    bool header(std::string_view text) {
        auto const after = [&](std::string_view key) -> std::string_view {
            return text.starts_with(key) ? trimmed(text.substr(key.size())) : std::string_view{};
        };
        auto const count = [&](std::string_view key, std::int64_t& into) {
            auto const n = integer_in(after(key));
            if (n) into = std::max<std::int64_t>(*n, 0);
            return n.has_value();
        };
        auto const words = [&](std::string_view key, std::string& into) {
            auto const found = after(key);
            if (!found.empty()) into = found;
            return !found.empty();
        };
        return words("mlir version:", table_.version) || words("mlir:", table_.mlir) ||
               words("genetated time:", table_.time) || words("generated time:", table_.time) ||
               words("quantization threshold calculation method:", table_.method) ||
               count("histogram number:", table_.bins) || count("sample number:", table_.samples) ||
               count("tune number:", table_.tune);
    }

    // channels n name min:max .. (n times)
    bool channels(std::string_view text) {
        if (!text.starts_with(channels_word)) return false;
        auto const words = words_of(text);
        auto const count = words.size() > 1 ? integer_in(words[1]) : std::nullopt;
        if (!count || *count < 1 || words.size() < 3 || static_cast<std::size_t>(*count) > words.size() - 3) return false;
        auto const ranges = std::span(words).last(static_cast<std::size_t>(*count));
        std::vector<channel_range> found;
        for (auto const word : ranges) {
            auto const colon = word.find(':');
            auto const low = number_in(word.substr(0, colon));
            auto const high = colon == std::string_view::npos ? std::nullopt : number_in(word.substr(colon + 1));
            if (!low || !high || !std::isfinite(*low) || !std::isfinite(*high) || *low > *high)
                fail(fmt::format("'{}' is no range of a channel, such as -0.5:2", shown(word)));
            found.push_back({*low, *high});
        }
        auto const name =
            trimmed(std::string_view(words[2].data(), static_cast<std::size_t>(ranges[0].data() - words[2].data())));
        table_.channels.insert_or_assign(std::string(name), std::move(found));
        return true;
    }

    double field(std::string_view word, double x) {
        if (std::isnan(x)) fail(fmt::format("'{}' is not a number; calibrate again", word));
        if (!std::isinf(x)) return x;
        warn(fmt::format("{} is read as {}", word, std::copysign(infinite_threshold, x)));
        return std::copysign(infinite_threshold, x);
    }

    // The last words are numbers, the name is what stands before them.
    void row(std::string_view text) {
        auto const words = words_of(text);
        bool const short_row = section_ == section::int4_rows && words.size() == 2;
        std::size_t const numbers = short_row ? 1 : 3;
        std::array<double, 3> x{};
        bool fits = words.size() > numbers;
        for (std::size_t i = 0; fits && i < numbers; ++i) {
            auto const word = words[words.size() - numbers + i];
            auto const n = number_in(word);
            fits = n.has_value();
            if (fits) x[i] = field(word, *n);
        }
        if (!fits) return warn("'" + shown(text) + "' is no row and is passed over");
        if (!(x[0] > 0)) fail(fmt::format("the threshold {} is not positive; calibrate again", x[0]));
        auto const end = words[words.size() - numbers].data();
        std::string name(trimmed(text.substr(0, static_cast<std::size_t>(end - text.data()))));
        if (section_ == section::int4_rows) return table_.int4_rows.set(std::move(name), {x[0], -x[0] * 8 / 7, x[0]});
        if (section_ == section::fp8_rows) return table_.rows.set(std::move(name), {x[0], -x[0], x[0]});
        if (x[1] > x[2]) fail(fmt::format("the minimum {} is above the maximum {}", x[1], x[2]));
        table_.rows.set(std::move(name), {x[0], x[1], x[2]});
    }

    // name count v1 .. vn
    void weight_scale(std::string_view text) {
        auto const words = words_of(text);
        auto const count = words.size() > 1 ? integer_in(words[1]) : std::nullopt;
        if (!count || *count < 0 || static_cast<std::size_t>(*count) != words.size() - 2)
            fail(fmt::format("'{}' is not of the form 'name count scale..'", shown(text)));
        std::vector<double> scales;
        for (std::size_t i = 2; i < words.size(); ++i) {
            auto const n = number_in(words[i]);
            if (!n || !(*n > 0) || std::isinf(*n)) fail(fmt::format("'{}' is no scale", shown(words[i])));
            scales.push_back(*n);
        }
        table_.weight_scales.insert_or_assign(std::string(words[0]), std::move(scales));
    }

    std::string file_;
    std::size_t number_ = 0;
    section section_ = section::rows;
    calibration_table table_;
};

inline void print_row(std::string& text, std::string const& name, calibration_row const& r) {
    double const threshold = r.threshold >= least_threshold ? r.threshold : least_threshold; // NaN too
    fmt::format_to(std::back_inserter(text), "{} {:.7f} {:.7f} {:.7f}\n", name, threshold, r.min, r.max);
}

// A comment to other readers, which look for section words in comments and for three numbers behind a name.
inline void print_channels(std::string& text, std::string const& name, std::vector<channel_range> const& ranges) {
    if (ranges.empty() || find_section_word(name) != std::end(section_words)) return;
    auto const out = std::back_inserter(text);
    fmt::format_to(out, "# {}{} {}", channels_word, ranges.size(), name);
    for (auto const& r : ranges) fmt::format_to(out, " {:.6g}:{:.6g}", r.min, r.max);
    text += "\n";
}

} // namespace detail

TPU_CONVERT_INLINE calibration_table parse_calibration_table(std::string_view text, std::string_view file) {
    detail::calibration_reader reader(file);
    detail::for_each_line(text, [&](std::size_t number, std::string_view line) { reader.line(number, line); });
    return reader.finish();
}

TPU_CONVERT_INLINE calibration_table read_calibration_table(std::filesystem::path const& path) {
    return parse_calibration_table(detail::read_text(path, "calibration table"), path.string());
}

TPU_CONVERT_INLINE std::string print_calibration_table(calibration_table const& t) {
    std::string text;
    auto const out = std::back_inserter(text);
    if (!t.version.empty()) fmt::format_to(out, "# mlir version: {}\n", t.version);
    if (!t.mlir.empty()) fmt::format_to(out, "# mlir: {}\n", t.mlir);
    if (!t.time.empty()) fmt::format_to(out, "# genetated time: {}\n", t.time);
    if (t.fp8) text += "#tpu-mlir-fp8 caliration table\n"; // sic
    if (!t.method.empty()) fmt::format_to(out, "# quantization threshold calculation method: {}\n", t.method);
    if (t.bins) fmt::format_to(out, "# histogram number: {}\n", t.bins);
    if (t.samples) fmt::format_to(out, "# sample number: {}\n", t.samples);
    text += "###\n";
    if (t.tune) fmt::format_to(out, "# tune number: {}\n###\n", t.tune);
    text += "# op_name    threshold    min    max\n";
    for (auto const& [name, row] : t.rows) detail::print_row(text, name, row);
    for (auto const& [name, ranges] : t.channels) detail::print_channels(text, name, ranges);
    if (!t.int4_rows.empty()) text += "#int4_th\n";
    for (auto const& [name, row] : t.int4_rows) detail::print_row(text, name, row);
    if (!t.asym_ops.empty()) text += "#asym_op\n";
    for (auto const& name : t.asym_ops) text += name + "\n";
    if (!t.int4_ops.empty()) text += "#int4_op\n";
    for (auto const& name : t.int4_ops) text += name + "\n";
    if (!t.weight_scales.empty()) text += t.fp8 ? "#weight_scale_fp8\n" : "#weight_scale\n";
    for (auto const& [name, scales] : t.weight_scales) {
        fmt::format_to(out, "{} {}", name, scales.size());
        for (double const s : scales) fmt::format_to(out, " {}", s);
        text += "\n";
    }
    return text;
}

TPU_CONVERT_INLINE void write_calibration_table(std::filesystem::path const& path, calibration_table const& table) {
    write_file(path, print_calibration_table(table));
}

TPU_CONVERT_INLINE void check_table_names(calibration_table const& table, std::span<std::string const> names,
                                          std::string_view file) {
    std::string missing;
    std::size_t found = 0;
    for (auto const& name : names)
        if (table.rows.find(name)) ++found;
        else if (missing.empty()) missing = name;
    if (2 * found >= names.size()) return;
    throw model_error{error_code::input_mismatch, file,
                      fmt::format("only {} of the network's {} tensors have a row ('{}' has none, the table begins with '{}'); "
                                  "the table belongs to another network: calibrate this one",
                                  found, names.size(), missing, table.rows.empty() ? "" : table.rows.begin()->first)};
}

} // namespace tpu_convert
