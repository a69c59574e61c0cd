// Attributes of operators as typed structs, and their erased form for text and files.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/core/error.hpp>
#include <type_traits>
#include <variant>
#include <vector>

namespace tpu_convert {

using attribute_value =
    std::variant<bool, std::int64_t, double, std::string, std::vector<std::int64_t>, std::vector<double>>;
using attribute_map = std::map<std::string, attribute_value, std::less<>>;

// One line of `static constexpr auto fields()` of an operator's attributes: its name in TPU-MLIR's Top dialect and the member.
template <class Owner, class T>
struct attribute {
    std::string_view name;
    T Owner::*member;
};
template <class Owner, class T>
attribute(char const*, T Owner::*) -> attribute<Owner, T>;

// Fields, or lists of them, one behind the other. A std::tuple would be a third of what a unit that knows all operators compiles.
template <class... Fields>
struct field_list {
    template <class F>
    static constexpr void each(F&&) {}
};
template <class First, class... Rest>
struct field_list<First, Rest...> {
    First first;
    field_list<Rest...> rest;

    constexpr field_list(First f, Rest... r) : first(f), rest(r...) {}
    // Calls f(field) for each in order.
    template <class F>
    constexpr void each(F&& f) const {
        if constexpr (requires { first.each(f); }) first.each(f);
        else f(first);
        rest.each(f);
    }
};
template <class... Fields>
field_list(Fields...) -> field_list<Fields...>;

struct no_attributes {
    static constexpr auto fields() { return field_list<>{}; }
};

// Specialised for each enumeration used as an attribute: `static constexpr std::array<std::string_view, N> names`.
template <class E>
struct enum_names;

namespace detail {

template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};

template <class T>
attribute_value erase_attribute(T const& v) {
    if constexpr (std::is_enum_v<T>)
        return std::string(enum_names<T>::names[static_cast<std::size_t>(v)]);
    else
        return attribute_value{v};
}

template <class T>
T restore_attribute(std::string_view name, attribute_value const& v) {
    auto const fail = [&](std::string const& why) -> T {
        throw model_error{error_code::attribute_invalid, name, why};
    };
    if constexpr (std::is_enum_v<T>) {
        auto const* text = std::get_if<std::string>(&v);
        for (std::size_t i = 0; text && i < enum_names<T>::names.size(); ++i)
            if (enum_names<T>::names[i] == *text) return static_cast<T>(i);
        return fail("the attribute's value '" + (text ? *text : "?") + "' is not one of its enumeration");
    } else {
        if (auto const* same = std::get_if<T>(&v)) return *same;
        if constexpr (std::is_same_v<T, double>)
            if (auto const* whole = std::get_if<std::int64_t>(&v)) return static_cast<double>(*whole);
        if constexpr (std::is_same_v<T, std::vector<double>>)
            if (auto const* whole = std::get_if<std::vector<std::int64_t>>(&v)) return {whole->begin(), whole->end()};
        return fail("the attribute's value has another type than the operator's");
    }
}

} // namespace detail

// Every field by name; an optional that is not set is left out.
template <class Attributes>
attribute_map to_map(Attributes const& a) {
    attribute_map map;
    auto const put = [&](auto const& field) {
        auto const& v = a.*field.member;
        if constexpr (detail::is_optional<std::remove_cvref_t<decltype(v)>>::value) {
            if (v) map.emplace(field.name, detail::erase_attribute(*v));
        } else {
            map.emplace(field.name, detail::erase_attribute(v));
        }
    };
    Attributes::fields().each(put);
    return map;
}

// Fields that the map lacks keep their defaults; names that the operator does not know are an error.
template <class Attributes>
Attributes from_map(attribute_map const& map) {
    Attributes a{};
    std::size_t used = 0;
    auto const take = [&](auto const& field) {
        auto const found = map.find(field.name);
        if (found == map.end()) return;
        ++used;
        using value = std::remove_reference_t<decltype(a.*field.member)>;
        if constexpr (detail::is_optional<value>::value)
            a.*field.member = detail::restore_attribute<typename value::value_type>(field.name, found->second);
        else
            a.*field.member = detail::restore_attribute<value>(field.name, found->second);
    };
    Attributes::fields().each(take);
    if (used == map.size()) return a;
    for (auto const& entry : map) {
        bool known = false;
        Attributes::fields().each([&](auto const& field) { known |= field.name == entry.first; });
        if (!known) throw model_error{error_code::attribute_invalid, entry.first, "the operator has no attribute of this name"};
    }
    return a;
}

} // namespace tpu_convert
