// Element-wise bodies as types: the reference evaluates them, each chip lowers them.
#pragma once
#include <cstddef>
#include <tpu_convert/op/functions.hpp>
#include <type_traits>

namespace tpu_convert::expr {

// Every body has
//   evaluate<T>(attributes, x)   the value for the operands' elements x[0], x[1]...
//   lower(attributes, sink)      sink.argument(i), sink.number(double), sink.apply(function{}, lowered...) give handles
//   visit(attributes, f)         f(std::type_identity<body>{}) with all choices made

template <class Self>
struct leaf {
    template <class A, class F>
    static decltype(auto) visit(A const&, F&& f) { return f(std::type_identity<Self>{}); }
};

template <std::size_t I>
struct argument : leaf<argument<I>> {
    template <class T, class A>
    static T evaluate(A const&, T const* x) { return x[I]; }
    template <class A, class Sink>
    static auto lower(A const&, Sink& sink) { return sink.argument(I); }
};

// Num / Den.
template <long long Num, long long Den = 1>
struct number : leaf<number<Num, Den>> {
    template <class T, class A>
    static T evaluate(A const&, T const*) { return static_cast<T>(static_cast<double>(Num) / static_cast<double>(Den)); }
    template <class A, class Sink>
    static auto lower(A const&, Sink& sink) { return sink.number(static_cast<double>(Num) / static_cast<double>(Den)); }
};

// A numeric attribute.
template <auto Member>
struct parameter : leaf<parameter<Member>> {
    template <class T, class A>
    static T evaluate(A const& a, T const*) { return static_cast<T>(a.*Member); }
    template <class A, class Sink>
    static auto lower(A const& a, Sink& sink) { return sink.number(static_cast<double>(a.*Member)); }
};

template <class Function, class... Args>
struct call : leaf<call<Function, Args...>> {
    template <class T, class A>
    static T evaluate(A const& a, T const* x) { return Function::template apply<T>(Args::template evaluate<T>(a, x)...); }
    template <class A, class Sink>
    static auto lower(A const& a, Sink& sink) { return sink.apply(Function{}, Args::lower(a, sink)...); }
};

template <std::size_t N, class Sink, class Handle>
struct let_sink {
    Sink& outer;
    Handle bound;

    Handle argument(std::size_t i) { return i == N ? bound : outer.argument(i); }
    Handle number(double v) { return outer.number(v); }
    template <class Function, class... Args>
    Handle apply(Function f, Args... args) { return outer.apply(f, args...); }
};

// Body, in which argument<N> is the value of Bound: it is computed once. N is the operator's number of operands.
template <std::size_t N, class Bound, class Body>
struct let : leaf<let<N, Bound, Body>> {
    template <class T, class A>
    static T evaluate(A const& a, T const* x) {
        T extended[N + 1];
        for (std::size_t i = 0; i < N; ++i) extended[i] = x[i];
        extended[N] = Bound::template evaluate<T>(a, x);
        return Body::template evaluate<T>(a, extended);
    }
    template <class A, class Sink>
    static auto lower(A const& a, Sink& sink) {
        auto const bound = Bound::lower(a, sink);
        let_sink<N, Sink, std::remove_const_t<decltype(bound)>> inner{sink, bound};
        return Body::lower(a, inner);
    }
};

// One of the bodies, by an attribute that is an enumeration or a bool (false is the first). Only at the top of a body.
template <auto Member, class First, class... Rest>
struct choose {
    template <class A, class F>
    static decltype(auto) visit(A const& a, F&& f) { return visit_from<0, First, Rest...>(a, f); }
    template <class T, class A>
    static T evaluate(A const& a, T const* x) {
        return visit(a, [&]<class Body>(std::type_identity<Body>) { return Body::template evaluate<T>(a, x); });
    }
    template <class A, class Sink>
    static auto lower(A const& a, Sink& sink) {
        return visit(a, [&]<class Body>(std::type_identity<Body>) { return Body::lower(a, sink); });
    }

private:
    template <std::size_t I, class Head, class... Tail, class A, class F>
    static decltype(auto) visit_from(A const& a, F&& f) {
        if constexpr (sizeof...(Tail) > 0)
            if (static_cast<std::size_t>(a.*Member) != I) return visit_from<I + 1, Tail...>(a, f);
        return Head::visit(a, f);
    }
};

} // namespace tpu_convert::expr
