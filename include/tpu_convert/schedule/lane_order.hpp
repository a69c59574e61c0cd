// Parameters of many channels, few bytes each, in the order of lanes: one row a lane instead of one a channel.
#pragma once
#include <algorithm>
#include <cstddef>
#include <memory>
#include <tpu_convert/lower/kernel_plan.hpp>

namespace tpu_convert {

namespace detail {

// [channel][width] as [lane][row of channels][width], zeros where channels end.
inline packed_bytes in_lane_order(std::vector<std::byte> const& bytes, std::size_t channels, std::size_t width,
                                  std::size_t lanes) {
    std::size_t const rows = (channels + lanes - 1) / lanes;
    auto turned = std::make_shared<std::vector<std::byte>>(lanes * rows * width);
    for (std::size_t c = 0; c < channels; ++c)
        std::copy_n(bytes.data() + c * width, width, turned->data() + (c % lanes * rows + c / lanes) * width);
    return turned;
}

} // namespace detail

template <class Chip>
void order_by_lane(kernel_plan<Chip>& p) {
    constexpr std::size_t short_row = 128; // longer ones cost no more than their bytes
    cut_rule const& cut = p.cuts[1];
    bool const in_the_middle = (cut.multiple > 1 && cut.multiple % Chip::lanes) || cut.most < Chip::lanes;
    if (cut.allowed && in_the_middle) return; // where a tile might begin
    for (auto& i : p.inputs) {
        dims4 const& d = i.global.dims;
        std::size_t const width = static_cast<std::size_t>(d[3]) * bytes_of(i.type);
        bool const vector =
            i.packed && i.layout == local_layout::compact && d[0] == 1 && d[2] == 1 && i.global.strides[1] == d[3];
        if (!vector || d[1] <= Chip::lanes || width >= short_row) continue;
        i.packed = detail::in_lane_order(*i.packed, static_cast<std::size_t>(d[1]), width, static_cast<std::size_t>(Chip::lanes));
        i.by_lane = true;
    }
}

} // namespace tpu_convert
