// What a kernel window sees of an input plane: padding of four kinds around a plane with inserted zeros, strides and dilation.
#pragma once
#include <cstddef>
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <vector>

namespace tpu_convert::simulate {

enum class pad_mode : unsigned { constant = 0, reflect = 1, replicate = 2, circular = 3 };

struct axis_window {
    std::uint32_t size = 1; // of the input
    std::uint32_t kernel = 1;
    std::uint32_t stride = 1, dilation = 1;
    std::uint32_t before = 0, after = 0; // padding
    std::uint32_t inserted = 0;          // elements between two inputs
    std::uint32_t results = 1;

    std::uint64_t inner() const { return std::uint64_t{size - 1} * (inserted + 1) + 1; }
    std::uint64_t extended() const { return inner() + before + after; }
};

inline constexpr std::int32_t padded_element = -1, inserted_element = -2;

// For each coordinate of the extended axis the input's coordinate, or one of the two marks. A model_error if the results need
// more than the axis has.
std::vector<std::int32_t> source_of_axis(axis_window const& a, pad_mode mode);

struct plane_window {
    axis_window y, x;
    pad_mode mode = pad_mode::constant;
    std::vector<std::int32_t> rows, columns;

    void resolve() {
        rows = source_of_axis(y, mode);
        columns = source_of_axis(x, mode);
    }
    std::size_t extended() const { return rows.size() * columns.size(); }
};

// Writes one extended plane, `pitch` elements from one to the next; fetch(row, buffer) reads an input row.
template <class T, class Fetch>
void extend_plane(plane_window const& w, T pad, T insert, T* to, std::size_t pitch, std::vector<T>& buffer, Fetch&& fetch) {
    std::size_t const width = w.columns.size();
    buffer.resize(w.x.size);
    for (std::size_t r = 0; r < w.rows.size(); ++r) {
        T* const line = to + r * width * pitch;
        std::int32_t const row = w.rows[r];
        if (row >= 0) fetch(static_cast<std::uint32_t>(row), buffer.data());
        for (std::size_t i = 0; i < width; ++i) {
            std::int32_t const column = w.columns[i];
            bool const padded = row == padded_element || column == padded_element;
            line[i * pitch] = padded ? pad : row < 0 || column < 0 ? insert : buffer[static_cast<std::size_t>(column)];
        }
    }
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/window.inl>
#endif
