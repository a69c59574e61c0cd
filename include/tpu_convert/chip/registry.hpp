// Every chip, once, and the passage from a chip's name to its type.
#pragma once
#include <string>
#include <string_view>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/cv18xx/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/type_list.hpp>

namespace tpu_convert {

using all_chips = type_list<bm1684x, cv183x, cv182x, cv181x, cv180x>;

// What is assumed where no chip is named.
using default_chip = bm1684x;

namespace detail {
template <model_container Container>
struct kept_in {
    template <class Chip> struct keep : std::bool_constant<Chip::container == Container> {};
};
} // namespace detail

// Chips whose networks are files of that kind.
template <model_container Container>
using chips_of = filter<all_chips, detail::kept_in<Container>::template keep>;
using bmodel_chips = chips_of<model_container::bmodel>;

template <class Chips = all_chips>
std::string chip_names() {
    std::string names;
    for_each(Chips{}, [&]<class Chip>(std::type_identity<Chip>) {
        names += (names.empty() ? "" : ", ") + std::string(Chip::name);
    });
    return names;
}

template <class Chips = all_chips>
bool is_chip(std::string_view name) {
    bool found = false;
    for_each(Chips{}, [&]<class Chip>(std::type_identity<Chip>) { found |= name == Chip::name || name == Chip::file_name; });
    return found;
}

// Calls f(std::type_identity<Chip>{}) for the chip of that name, the user's or the file's.
template <class Chips = all_chips, class F>
void with_chip(std::string_view name, F&& f) {
    if (!is_chip<Chips>(name))
        throw model_error{error_code::chip_unknown, name, "this version has no such chip; it has " + chip_names<Chips>()};
    for_each(Chips{}, [&]<class Chip>(std::type_identity<Chip> tag) {
        if (name == Chip::name || name == Chip::file_name) f(tag);
    });
}

} // namespace tpu_convert
