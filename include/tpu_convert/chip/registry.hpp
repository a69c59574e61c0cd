// Every chip, once, and the passage from a chip's name to its type.
#pragma once
#include <string>
#include <string_view>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/type_list.hpp>

namespace tpu_convert {

using all_chips = type_list<bm1684x>;

inline std::string chip_names() {
    std::string names;
    for_each(all_chips{}, [&]<class Chip>(std::type_identity<Chip>) {
        names += (names.empty() ? "" : ", ") + std::string(Chip::name);
    });
    return names;
}

inline bool is_chip(std::string_view name) {
    bool found = false;
    for_each(all_chips{}, [&]<class Chip>(std::type_identity<Chip>) { found |= name == Chip::name || name == Chip::file_name; });
    return found;
}

// Calls f(std::type_identity<Chip>{}) for the chip of that name, the user's or the file's.
template <class F>
void with_chip(std::string_view name, F&& f) {
    if (!is_chip(name))
        throw model_error{error_code::chip_unknown, name, "this version has no such chip; it has " + chip_names()};
    for_each(all_chips{}, [&]<class Chip>(std::type_identity<Chip> tag) {
        if (name == Chip::name || name == Chip::file_name) f(tag);
    });
}

} // namespace tpu_convert
