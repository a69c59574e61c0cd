// mlir_scanner
#pragma once
#include <algorithm>
#include <bit>
#include <cctype>
#include <charconv>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/graph/mlir_scanner.hpp>

namespace tpu_convert::detail {

TPU_CONVERT_INLINE void mlir_scanner::fail(std::string const& why) const {
    auto const line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, text_.size())),
                                     '\n');
    throw model_error{error_code::file_damaged, std::string(file_) + ", line " + std::to_string(line), why};
}

TPU_CONVERT_INLINE void mlir_scanner::skip() {
    while (at_ < text_.size()) {
        if (std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
        else if (text_.substr(at_, 2) == "//") at_ = std::min(text_.find('\n', at_), text_.size());
        else return;
    }
}

TPU_CONVERT_INLINE bool mlir_scanner::accept(std::string_view s) {
    if (!starts_with(s)) return false;
    at_ += s.size();
    return true;
}

TPU_CONVERT_INLINE void mlir_scanner::expect(std::string_view s) {
    if (!accept(s)) fail("expected '" + std::string(s) + "', found " +
                         (at_end() ? "the end of the file" : "'" + std::string(text_.substr(at_, 12)) + "'"));
}

TPU_CONVERT_INLINE bool mlir_scanner::accept_word(std::string_view expected) {
    auto const start = (skip(), at_);
    if (word() == expected) return true;
    at_ = start;
    return false;
}

TPU_CONVERT_INLINE std::string_view mlir_scanner::word(bool dash) {
    skip();
    auto const start = at_;
    auto const inside = [dash](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$' || c == '.' || (dash && c == '-');
    };
    while (at_ < text_.size() && inside(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
}

TPU_CONVERT_INLINE std::string mlir_scanner::name() {
    if (at_ < text_.size() && text_[at_] == '"') return quoted();
    auto const found = std::string(word(true));
    if (found.empty()) fail("expected a name");
    return found;
}

TPU_CONVERT_INLINE std::string mlir_scanner::quoted() {
    expect("\"");
    std::string out;
    while (at_ < text_.size() && text_[at_] != '"') {
        char c = text_[at_++];
        if (c == '\n') break;
        if (c == '\\' && at_ < text_.size()) {
            unsigned value = 0;
            auto const* const first = text_.data() + at_;
            auto const* const last = first + std::min<std::size_t>(2, text_.size() - at_);
            if (text_[at_] == 'n') c = '\n', ++at_;
            else if (text_[at_] == 't') c = '\t', ++at_;
            else if (std::from_chars(first, last, value, 16).ptr == first + 2) c = static_cast<char>(value), at_ += 2;
            else c = text_[at_++];
        }
        out += c;
    }
    if (!accept_here('"')) fail("a string has no end");
    return out;
}

TPU_CONVERT_INLINE std::variant<std::int64_t, double> mlir_scanner::number() {
    skip();
    auto const start = at_;
    bool const minus = accept_here('-');
    auto const* const last = text_.data() + text_.size();
    if (text_.substr(at_).starts_with("0x")) {
        std::uint64_t bits = 0;
        auto const [end, error] = std::from_chars(text_.data() + at_ + 2, last, bits, 16);
        if (error != std::errc{}) fail("a hexadecimal number is malformed");
        at_ = static_cast<std::size_t>(end - text_.data());
        return std::bit_cast<double>(bits);
    }
    while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_]))) ++at_;
    bool const whole = at_ >= text_.size() || text_[at_] != '.';
    std::int64_t n = 0;
    double f = 0;
    auto const* const first = text_.data() + start;
    auto const [end, error] = whole ? std::from_chars(first, last, n) : std::from_chars(first, last, f);
    if (error == std::errc::result_out_of_range && whole) fail("an integer needs more than 64 bits");
    if (error == std::errc::result_out_of_range) f = minus ? -0.0 : 0.0; // beyond the smallest or the largest: not distinguished
    else if (error != std::errc{}) fail("expected a number");
    at_ = static_cast<std::size_t>(end - text_.data());
    if (whole) return n;
    return f;
}

TPU_CONVERT_INLINE std::int64_t mlir_scanner::integer() {
    auto const n = number();
    if (auto const* i = std::get_if<std::int64_t>(&n)) return *i;
    fail("expected an integer");
}

TPU_CONVERT_INLINE std::int64_t mlir_scanner::digits() {
    std::int64_t n = 0;
    auto const [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), n);
    if (error != std::errc{} || n < 0 || n > (std::int64_t{1} << 40)) fail("a dimension is malformed or too large");
    at_ = static_cast<std::size_t>(end - text_.data());
    return n;
}

TPU_CONVERT_INLINE bool mlir_scanner::accept_here(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
}

} // namespace tpu_convert::detail
