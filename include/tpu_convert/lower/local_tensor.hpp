// Tensors in local memory: lane = channel mod lanes; inside a lane [n][channel row][h][w].
#pragma once
#include <array>
#include <cstdint>
#include <tpu_convert/core/dtype.hpp>

namespace tpu_convert {

using dims4 = std::array<std::int64_t, 4>; // n, c, h, w

constexpr std::int64_t round_up(std::int64_t x, std::int64_t unit) { return (x + unit - 1) / unit * unit; }
constexpr std::int64_t ceil_div(std::int64_t x, std::int64_t y) { return (x + y - 1) / y; }
constexpr std::int64_t volume(dims4 const& d) { return d[0] * d[1] * d[2] * d[3]; }

enum class local_layout : std::uint8_t {
    aligned, // each channel starts at a multiple of the vector width
    compact, // channels follow each other without gaps
    strided, // as the strides say; 0 repeats
};

struct local_tensor {
    std::int64_t address = 0; // bytes, the same in every lane; lane 0 holds channel 0
    dtype type = dtype::f32;
    dims4 dims{};
    dims4 strides{}; // elements; strides[1] is the distance between channels that share a lane
    local_layout layout = local_layout::aligned;

    std::int64_t bytes() const { return static_cast<std::int64_t>(bytes_of(type)); }
};

template <class Chip>
constexpr dims4 local_strides(dims4 const& d, dtype t, local_layout layout) {
    std::int64_t const unit = layout == local_layout::aligned ? Chip::eu_bytes / static_cast<std::int64_t>(bytes_of(t)) : 1;
    std::int64_t const row = round_up(d[2] * d[3], unit);
    return {row * ceil_div(d[1], Chip::lanes), row, d[3], 1};
}

template <class Chip>
constexpr local_tensor make_local(std::int64_t address, dims4 const& d, dtype t, local_layout layout = local_layout::aligned) {
    return {address, t, d, local_strides<Chip>(d, t, layout), layout};
}

// Bytes in each lane.
template <class Chip>
constexpr std::int64_t local_bytes(dims4 const& d, dtype t, local_layout layout = local_layout::aligned) {
    return d[0] * local_strides<Chip>(d, t, layout)[0] * static_cast<std::int64_t>(bytes_of(t));
}

// Last byte touched in a lane, plus one.
template <class Chip>
constexpr std::int64_t local_end(local_tensor const& t) {
    std::int64_t const rows = ceil_div(t.dims[1], Chip::lanes);
    std::int64_t const last = (t.dims[0] - 1) * t.strides[0] + (rows - 1) * t.strides[1] + (t.dims[2] - 1) * t.strides[2] +
                              (t.dims[3] - 1) * t.strides[3];
    return t.address + (last + 1) * t.bytes();
}

} // namespace tpu_convert
