// Entries of several tables, found by their names.
#pragma once
#include <map>
#include <string_view>
#include <tpu_convert/core/type_list.hpp>

namespace tpu_convert {

// Each table has entries(), which stay where they are; each entry has a name. Null if there is none of this name.
template <class Entry, class... Tables>
Entry const* find_by_name(type_list<Tables...>, std::string_view name) {
    static std::map<std::string_view, Entry const*> const index = [] {
        std::map<std::string_view, Entry const*> made;
        auto const add = [&made](auto const& entries) {
            for (auto const& e : entries) made.emplace(e.name, &e);
        };
        (add(Tables::entries()), ...);
        return made;
    }();
    auto const found = index.find(name);
    return found == index.end() ? nullptr : found->second;
}

} // namespace tpu_convert
