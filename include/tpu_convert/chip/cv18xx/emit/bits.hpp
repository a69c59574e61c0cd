// Commands on bits.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/arithmetic.hpp>

namespace tpu_convert::cv18xx_emit {

// dst = x or y, bit by bit: commands on bits have no signs.
template <class Chip>
void join_bits(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, local_tensor const& y) {
    if (b.measuring()) return;
    auto c = detail::element_command<Chip, "tensor.or">(dst, x, 2);
    set_second(c, broadcast_to(y, dst.dims));
    c.template set<"opt_opd0_sign">(0), c.template set<"opt_opd1_sign">(0), c.template set<"opt_res0_sign">(0);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x), read_of<Chip>(y)});
}

} // namespace tpu_convert::cv18xx_emit
