// A string literal as a template argument.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

namespace tpu_convert {

template <std::size_t N>
struct fixed_string {
    char text[N]{};

    constexpr fixed_string(char const (&literal)[N]) { std::copy_n(literal, N, text); }
    constexpr std::string_view view() const { return {text, N - 1}; }
    constexpr operator std::string_view() const { return view(); }
    template <std::size_t M>
    constexpr bool operator==(fixed_string<M> const& other) const { return view() == other.view(); }
};

} // namespace tpu_convert
