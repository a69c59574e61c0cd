// The one compile-time container: a list of types, with size, element, filter, concatenation and for_each.
#pragma once
#include <cstddef>
#include <type_traits>

namespace tpu_convert {

template <class... Ts>
struct type_list {
    static constexpr std::size_t size = sizeof...(Ts);
};

namespace detail {
template <class...> struct concat_impl { using type = type_list<>; };
template <class... As> struct concat_impl<type_list<As...>> { using type = type_list<As...>; };
template <class... As, class... Bs, class... Rest>
struct concat_impl<type_list<As...>, type_list<Bs...>, Rest...> : concat_impl<type_list<As..., Bs...>, Rest...> {};
template <class List, template <class> class Keep> struct filter_impl;
template <class... Ts, template <class> class Keep>
struct filter_impl<type_list<Ts...>, Keep>
    : concat_impl<std::conditional_t<Keep<Ts>::value, type_list<Ts>, type_list<>>...> {};
template <class List, class T> struct index_impl;
template <class... Ts, class T>
struct index_impl<type_list<Ts...>, T> {
    static constexpr std::size_t value = [] {
        std::size_t i = 0;
        (void)((std::is_same_v<Ts, T> || (++i, false)) || ...);
        return i;
    }();
};
} // namespace detail

template <class... Lists> using concat = typename detail::concat_impl<Lists...>::type;
template <class List, template <class> class Keep> using filter = typename detail::filter_impl<List, Keep>::type;
// Position of T; the list's size if it is not there.
template <class List, class T> inline constexpr std::size_t index_of = detail::index_impl<List, T>::value;
template <class List, class T> inline constexpr bool contains = index_of<List, T> < List::size;

// Calls f(std::type_identity<T>{}) for each T, in order.
template <class... Ts, class F>
constexpr void for_each(type_list<Ts...>, F&& f) {
    (f(std::type_identity<Ts>{}), ...);
}

} // namespace tpu_convert
