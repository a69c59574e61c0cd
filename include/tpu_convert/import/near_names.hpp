// Suggests known names that resemble an unknown one.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tpu_convert {

// Levenshtein's distance: letters to insert, remove or replace.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

// At most three names that share a beginning with it or differ in few letters; a text to append to an error.
inline std::string near_names_text(std::string_view unknown, std::vector<std::string> const& known) {
    std::vector<std::pair<std::size_t, std::string>> near;
    unknown = unknown.substr(0, 200);
    for (auto const& name : known) {
        auto const distance = edit_distance(unknown, std::string_view(name).substr(0, 200));
        bool const begins = !unknown.empty() && name.starts_with(unknown);
        if (begins || distance <= std::max<std::size_t>(2, unknown.size() / 3)) near.emplace_back(begins ? 0 : distance, name);
    }
    std::sort(near.begin(), near.end());
    std::string text;
    for (std::size_t i = 0; i < near.size() && i < 3; ++i) text += (i ? ", '" : "; near it: '") + near[i].second + "'";
    return text;
}

} // namespace tpu_convert
