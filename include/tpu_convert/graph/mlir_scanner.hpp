// Characters of MLIR text: blanks and comments, words, names, strings and numbers; errors carry the line.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <variant>

namespace tpu_convert::detail {

class mlir_scanner {
public:
    mlir_scanner(std::string_view text, std::string_view file) : text_(text), file_(file) {}

    [[noreturn]] void fail(std::string const& why) const;
    bool at_end() { return skip(), at_ >= text_.size(); }
    // The next character that is no blank; 0 at the end.
    char peek() { return skip(), at_ < text_.size() ? text_[at_] : '\0'; }
    bool starts_with(std::string_view s) { return skip(), text_.substr(at_).starts_with(s); }
    bool accept(std::string_view s);
    void expect(std::string_view s);
    // A whole word, not the beginning of one.
    bool accept_word(std::string_view word);
    // Letters, digits, '_', '$', '.' and '-' where `dash` allows it; empty if there is none.
    std::string_view word(bool dash = false);
    // After a sigil such as %, @ or #: a word or a quoted string.
    std::string name();
    std::string quoted();
    std::variant<std::int64_t, double> number();
    std::int64_t integer();
    // Digits only, no blanks before them; for shapes.
    std::int64_t digits();
    // Exactly here, without skipping blanks.
    bool accept_here(char c);

private:
    void skip();

    std::string_view text_, file_;
    std::size_t at_ = 0;
};

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/graph/mlir_scanner.inl>
#endif
