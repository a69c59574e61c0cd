// npy_header: a parser for the few Python literals that occur in it.
#pragma once
#include <array>
#include <cctype>
#include <charconv>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/npy_header.hpp>
#include <utility>

namespace tpu_convert::detail {

inline constexpr std::array<std::pair<std::string_view, dtype>, 13> npy_types{{
    {"f4", dtype::f32}, {"f2", dtype::f16}, {"f8", dtype::f64}, {"i1", dtype::i8}, {"u1", dtype::u8}, {"i2", dtype::i16},
    {"u2", dtype::u16}, {"i4", dtype::i32}, {"u4", dtype::u32}, {"i8", dtype::i64}, {"u8", dtype::i64}, {"b1", dtype::boolean},
    {"?", dtype::boolean},
}};

class npy_header_parser {
public:
    npy_header_parser(std::string_view text, std::string_view subject) : rest_(text), subject_(subject) {}

    npy_header parse() {
        bool have_type = false, have_order = false, have_shape = false;
        expect('{');
        while (!accept('}')) {
            auto const key = quoted();
            expect(':');
            if (key == "descr") have_type = true, element_type();
            else if (key == "fortran_order") have_order = true, header_.fortran_order = boolean();
            else if (key == "shape") have_shape = true, dimensions();
            else fail("its header has the unknown key '" + std::string(key) + "'");
            if (!accept(',') && peek() != '}') fail("its header is malformed");
        }
        if (!have_type || !have_order || !have_shape) fail("its header lacks descr, fortran_order or shape");
        count();
        return header_;
    }

private:
    [[noreturn]] void fail(std::string const& why) const {
        throw model_error{error_code::file_damaged, subject_, why + "; write the array again with numpy.save or numpy.savez"};
    }
    char peek() {
        while (!rest_.empty() && std::isspace(static_cast<unsigned char>(rest_[0]))) rest_.remove_prefix(1);
        return rest_.empty() ? '\0' : rest_[0];
    }
    bool accept(char c) {
        if (peek() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!accept(c)) fail("its header is malformed: expected '" + std::string(1, c) + "'");
    }
    std::string_view quoted() {
        char const quote = peek();
        if (quote != '\'' && quote != '"') fail("its header is malformed or of a structured type, which is not supported");
        auto const end = rest_.find(quote, 1);
        if (end == std::string_view::npos) fail("its header is malformed");
        auto const text = rest_.substr(1, end - 1);
        rest_.remove_prefix(end + 1);
        return text;
    }
    void element_type() {
        auto const descr = quoted();
        bool const marked = !descr.empty() && std::string_view("<>|=").find(descr[0]) != std::string_view::npos;
        auto const code = descr.substr(marked ? 1 : 0);
        for (auto const& [name, type] : npy_types)
            if (code == name) {
                header_.type = type;
                header_.big_endian = descr[0] == '>';
                header_.unsigned_64 = code == "u8";
                return;
            }
        fail("its element type '" + std::string(descr) + "' is not one of float16/32/64, (u)int8/16/32/64 and bool");
    }
    bool boolean() {
        peek();
        for (bool const v : {false, true}) {
            std::string_view const word = v ? "True" : "False";
            if (!rest_.starts_with(word)) continue;
            rest_.remove_prefix(word.size());
            return v;
        }
        fail("its header is malformed: fortran_order is neither True nor False");
    }
    void dimensions() {
        expect('(');
        while (!accept(')')) {
            std::int64_t d = -1;
            peek();
            auto const [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), d);
            if (error != std::errc{} || d < 0 || header_.dims.size() == 32) fail("its header has an impossible shape");
            rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
            if (!rest_.empty() && rest_[0] == 'L') rest_.remove_prefix(1); // Python 2
            header_.dims.push_back(d);
            if (!accept(',') && peek() != ')') fail("its header has an impossible shape");
        }
    }
    // Zeros are left out of the overflow check, or [2^62, 2^62, 0] would pass.
    void count() {
        std::uint64_t n = bytes_of(header_.type);
        bool none = false;
        for (auto const d : header_.dims) {
            none |= d == 0;
            if (d > 1 && n > (std::uint64_t{1} << 62) / static_cast<std::uint64_t>(d)) fail("its shape has too many elements");
            n *= d ? static_cast<std::uint64_t>(d) : 1;
        }
        header_.data_bytes = none ? 0 : n;
    }

    std::string_view rest_, subject_;
    npy_header header_;
};

TPU_CONVERT_INLINE std::size_t npy_header_bytes(std::span<std::byte const> start, std::string_view subject) {
    auto const byte = [&](std::size_t i) { return std::to_integer<std::size_t>(start[i]); };
    bool good = start.size() >= 10 && byte(0) == 0x93;
    for (std::size_t i = 0; good && i < 5; ++i) good = byte(i + 1) == static_cast<unsigned char>("NUMPY"[i]);
    if (!good) throw model_error{error_code::file_damaged, subject, "this is no .npy array: it does not start with \\x93NUMPY"};
    if (byte(6) == 1) return 10 + byte(8) + byte(9) * 256;
    std::size_t const length = start.size() < 12 ? 0 : byte(8) + byte(9) * 256 + byte(10) * 65536 + byte(11) * 16777216;
    if ((byte(6) != 2 && byte(6) != 3) || length > (std::size_t{1} << 20))
        throw model_error{error_code::file_damaged, subject, ".npy version " + std::to_string(byte(6)) +
                          " or its header length is not supported"};
    return 12 + length;
}

TPU_CONVERT_INLINE npy_header parse_npy_header(std::span<std::byte const> header, std::string_view subject) {
    std::size_t const skip = std::to_integer<int>(header[6]) == 1 ? 10 : 12;
    std::string_view const text(reinterpret_cast<char const*>(header.data()), header.size());
    if (text.size() < skip) throw model_error{error_code::file_damaged, subject, "the array's header is cut off"};
    return npy_header_parser(text.substr(skip), subject).parse();
}

TPU_CONVERT_INLINE std::string format_npy_header(dtype type, shape const& dims) {
    dtype const stored = type == dtype::bf16 ? dtype::u16 : type;
    std::string_view code;
    for (auto const& [name, t] : npy_types)
        if (t == stored && code.empty()) code = name;
    std::string text = std::string("{'descr': '") + (bytes_of(stored) == 1 ? "|" : "<") + std::string(code) +
                       "', 'fortran_order': False, 'shape': (";
    for (std::size_t i = 0; i < dims.size(); ++i) text += (i ? ", " : "") + std::to_string(dims[i]);
    text += dims.size() == 1 ? ",), }" : "), }";
    std::size_t const total = (10 + text.size() + 1 + 63) / 64 * 64; // the data starts at a multiple of 64
    text.resize(total - 11, ' ');
    text += '\n';
    std::size_t const length = text.size();
    return std::string("\x93NUMPY\x01") + '\0' + static_cast<char>(length & 255) + static_cast<char>(length >> 8) + text;
}

} // namespace tpu_convert::detail
