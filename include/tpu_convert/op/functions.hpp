// The primitive functions of element-wise bodies. Float versions are branch-free, so that loops over them vectorise.
#pragma once
#include <cmath>
#include <string_view>
#include <tpu_convert/op/float_math.hpp>

namespace tpu_convert::expr {

struct add {
    static constexpr std::string_view name = "add";
    template <class T> static T apply(T a, T b) { return a + b; }
};
struct sub {
    static constexpr std::string_view name = "sub";
    template <class T> static T apply(T a, T b) { return a - b; }
};
struct mul {
    static constexpr std::string_view name = "mul";
    template <class T> static T apply(T a, T b) { return a * b; }
};
struct div {
    static constexpr std::string_view name = "div";
    template <class T> static T apply(T a, T b) { return a / b; }
};
struct max {
    static constexpr std::string_view name = "max";
    template <class T> static T apply(T a, T b) { return a < b ? b : a; }
};
struct min {
    static constexpr std::string_view name = "min";
    template <class T> static T apply(T a, T b) { return b < a ? b : a; }
};
// a > b ? c : d
struct select_greater {
    static constexpr std::string_view name = "select_greater";
    template <class T> static T apply(T a, T b, T c, T d) { return a > b ? c : d; }
};
// a == b ? c : d
struct select_equal {
    static constexpr std::string_view name = "select_equal";
    template <class T> static T apply(T a, T b, T c, T d) { return a == b ? c : d; }
};
struct abs {
    static constexpr std::string_view name = "abs";
    template <class T> static T apply(T x) { return std::fabs(x); }
};
struct sqrt {
    static constexpr std::string_view name = "sqrt";
    template <class T> static T apply(T x) { return std::sqrt(x); }
};
struct rsqrt {
    static constexpr std::string_view name = "rsqrt";
    template <class T> static T apply(T x) { return T(1) / std::sqrt(x); }
};
struct exp {
    static constexpr std::string_view name = "exp";
    template <class T> static T apply(T x) { return float_math::exp(x); }
};
struct log {
    static constexpr std::string_view name = "log";
    template <class T> static T apply(T x) { return float_math::log(x); }
};
struct tanh {
    static constexpr std::string_view name = "tanh";
    template <class T> static T apply(T x) { return float_math::tanh(x); }
};
struct erf {
    static constexpr std::string_view name = "erf";
    template <class T> static T apply(T x) { return float_math::erf(x); }
};
struct sin {
    static constexpr std::string_view name = "sin";
    template <class T> static T apply(T x) { return std::sin(x); }
};
struct cos {
    static constexpr std::string_view name = "cos";
    template <class T> static T apply(T x) { return std::cos(x); }
};
struct tan {
    static constexpr std::string_view name = "tan";
    template <class T> static T apply(T x) { return std::tan(x); }
};
struct acos {
    static constexpr std::string_view name = "acos";
    template <class T> static T apply(T x) { return std::acos(x); }
};
struct floor {
    static constexpr std::string_view name = "floor";
    template <class T> static T apply(T x) { return float_math::floor(x); }
};
struct ceil {
    static constexpr std::string_view name = "ceil";
    template <class T> static T apply(T x) { return float_math::ceil(x); }
};
struct round_half_even {
    static constexpr std::string_view name = "round_half_even";
    template <class T> static T apply(T x) { return float_math::round_half_even(x); }
};
struct power {
    static constexpr std::string_view name = "power";
    template <class T> static T apply(T x, T y) { return std::pow(x, y); }
};

} // namespace tpu_convert::expr
