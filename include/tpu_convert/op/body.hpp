// Notation for element-wise bodies: decltype(x / (n<1> + exp(-x))) is the type of an expression.
#pragma once
#include <tpu_convert/op/expression.hpp>

namespace tpu_convert::op::body {

inline constexpr expr::argument<0> x{};
inline constexpr expr::argument<1> y{};
inline constexpr expr::argument<2> z{};
template <long long Num, long long Den = 1>
inline constexpr expr::number<Num, Den> n{};
template <auto Member>
inline constexpr expr::parameter<Member> p{};

template <class F, class... Args>
constexpr auto make(F, Args...) { return expr::call<F, Args...>{}; }

constexpr auto operator+(auto a, auto b) { return make(expr::add{}, a, b); }
constexpr auto operator-(auto a, auto b) { return make(expr::sub{}, a, b); }
constexpr auto operator*(auto a, auto b) { return make(expr::mul{}, a, b); }
constexpr auto operator/(auto a, auto b) { return make(expr::div{}, a, b); }
constexpr auto operator-(auto a) { return make(expr::sub{}, n<0>, a); }
constexpr auto max(auto a, auto b) { return make(expr::max{}, a, b); }
constexpr auto min(auto a, auto b) { return make(expr::min{}, a, b); }
constexpr auto select_greater(auto a, auto b, auto c, auto d) { return make(expr::select_greater{}, a, b, c, d); }
constexpr auto select_equal(auto a, auto b, auto c, auto d) { return make(expr::select_equal{}, a, b, c, d); }
constexpr auto power(auto a, auto b) { return make(expr::power{}, a, b); }
constexpr auto abs(auto a) { return make(expr::abs{}, a); }
constexpr auto sqrt(auto a) { return make(expr::sqrt{}, a); }
constexpr auto rsqrt(auto a) { return make(expr::rsqrt{}, a); }
constexpr auto exp(auto a) { return make(expr::exp{}, a); }
constexpr auto log(auto a) { return make(expr::log{}, a); }
constexpr auto tanh(auto a) { return make(expr::tanh{}, a); }
constexpr auto erf(auto a) { return make(expr::erf{}, a); }
constexpr auto sin(auto a) { return make(expr::sin{}, a); }
constexpr auto cos(auto a) { return make(expr::cos{}, a); }
constexpr auto tan(auto a) { return make(expr::tan{}, a); }
constexpr auto acos(auto a) { return make(expr::acos{}, a); }
constexpr auto floor(auto a) { return make(expr::floor{}, a); }
constexpr auto ceil(auto a) { return make(expr::ceil{}, a); }
constexpr auto round_half_even(auto a) { return make(expr::round_half_even{}, a); }
// 1 if it is not 0.
constexpr auto truth(auto a) { return select_equal(a, n<0>, n<0>, n<1>); }
// value, which body reads as argument<N>.
template <std::size_t N, class Bound, class Body>
constexpr auto let(Bound, Body) { return expr::let<N, Bound, Body>{}; }
// One of several bodies, by an attribute.
template <auto Member, class... Bodies>
constexpr auto choose(Bodies...) { return expr::choose<Member, Bodies...>{}; }

} // namespace tpu_convert::op::body
