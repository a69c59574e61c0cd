// Lines and words of the small text files that users edit: calibration tables, qtables, lists of samples.
#pragma once
#include <charconv>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <tpu_convert/core/error.hpp>
#include <vector>

namespace tpu_convert::detail {

inline std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r\n\v\f");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n\v\f") - first + 1);
}

inline std::vector<std::string_view> split_at(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> words;
    while (true) {
        auto const first = text.find_first_not_of(separators);
        if (first == std::string_view::npos) return words;
        text.remove_prefix(first);
        auto const end = text.find_first_of(separators);
        words.push_back(text.substr(0, end));
        text.remove_prefix(words.back().size());
    }
}
inline std::vector<std::string_view> words_of(std::string_view text) { return split_at(text, " \t\r\v\f"); }

// f(number from 1, line without blanks around it) for each line.
template <class F>
void for_each_line(std::string_view text, F&& f) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const end = text.find('\n');
        f(number, trimmed(text.substr(0, end)));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

// The whole word as a number; inf and nan are numbers too.
inline std::optional<double> number_in(std::string_view word) {
    double x = 0;
    if (word.starts_with('+')) word.remove_prefix(1);
    auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), x);
    if (end != word.data() + word.size() || word.empty()) return std::nullopt;
    if (error == std::errc::result_out_of_range) // too large or too small for a double
        return word.find("e-") != std::string_view::npos || word.find("E-") != std::string_view::npos
                   ? 0.0
                   : std::copysign(std::numeric_limits<double>::infinity(), word.starts_with('-') ? -1.0 : 1.0);
    if (error != std::errc{}) return std::nullopt;
    return x;
}

inline std::optional<std::int64_t> integer_in(std::string_view word) {
    std::int64_t n = 0;
    auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), n);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return n;
}

// Bytes that are no text, cut, for an error message.
inline std::string shown(std::string_view text) {
    std::string out;
    for (char const c : text.substr(0, 60)) out += c >= ' ' && c != 127 ? c : '?';
    return out + (text.size() > 60 ? "..." : "");
}

// A text file of at most `limit` bytes; `what` names it in errors.
inline std::string read_text(std::filesystem::path const& path, std::string_view what, std::uintmax_t limit = 64u << 20) {
    std::error_code error;
    auto const status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status))
        throw model_error{error_code::file_missing, path.string(), "there is no such " + std::string(what)};
    if (std::filesystem::is_directory(status))
        throw model_error{error_code::file_missing, path.string(), "this is a folder, not a " + std::string(what)};
    std::ifstream file(path, std::ios::binary);
    std::string text;
    char buffer[65536];
    while (file.read(buffer, sizeof buffer), file.gcount() > 0) {
        text.append(buffer, static_cast<std::size_t>(file.gcount()));
        if (text.size() > limit)
            throw model_error{error_code::file_too_large, path.string(),
                              "a " + std::string(what) + " has at most " + std::to_string(limit >> 20) + " MB"};
    }
    if (file.bad() || (!file.is_open()))
        throw model_error{error_code::file_missing, path.string(), "the file cannot be read"};
    return text;
}

} // namespace tpu_convert::detail
