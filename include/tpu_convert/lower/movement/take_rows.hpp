// Rows of a table at constant positions, as copies: rows that are evenly apart are one.
#pragma once
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/lower/movement/strided_copy.hpp>

namespace tpu_convert::movement {

// The parts of an axis as rows.
inline gather_plan rows_along(shape const& table, std::int64_t axis_number, std::int64_t count) {
    auto const axis = static_cast<std::size_t>(normal_axis(axis_number, table.size()));
    gather_plan g;
    g.rows = table[axis], g.count = count, g.row_elements = 1;
    for (std::size_t i = 0; i < axis; ++i) g.outer *= table[i];
    for (std::size_t i = axis + 1; i < table.size(); ++i) g.row_elements *= table[i];
    return g;
}

inline copy_plan take_rows(gather_plan const& g, tensor const& index) {
    auto const at = [&](std::int64_t i) {
        auto const row = static_cast<std::int64_t>(index[i]);
        return row < 0 ? row + g.rows : row;
    };
    copy_plan p;
    std::int64_t const length = g.row_elements;
    for (std::int64_t i = 0, count = 1; i < g.count; i += count) {
        std::int64_t const apart = i + 1 < g.count ? at(i + 1) - at(i) : 0;
        for (count = 1; i + count < g.count && at(i + count) - at(i + count - 1) == apart && apart >= 0;) ++count;
        append_copy(p, {{g.outer, count, length},
                        {{g.rows * length, apart * length, 1}, at(i) * length},
                        {{g.count * length, length, 1}, i * length}});
    }
    return p;
}

} // namespace tpu_convert::movement
