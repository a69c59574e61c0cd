// Products of matrices in local memory: rows are the n index, columns are cut into channels of w.
#pragma once
#include <optional>
#include <tpu_convert/chip/cv18xx/emit/arithmetic.hpp>

namespace tpu_convert::cv18xx_emit {

// dst = left * right, aligned all; 8-bit integers are scaled and rounded twice.
template <class Chip>
void matrix_product(builder<Chip>& b, local_tensor const& dst, local_tensor const& left, local_tensor const& right,
                    std::optional<doubled> const& by, bool relu) {
    if (b.measuring()) return;
    typename Chip::commands::matmul c;
    set_types(c, dst.type), set_result(c, dst), set_first(c, left), set_second(c, right);
    c.template set<"short_res0_str">(Chip::layout::aligned), c.template set<"short_opd0_str">(Chip::layout::aligned);
    c.template set<"short_opd1_str">(Chip::layout::aligned);
    c.template set<"opd1_w">(left.dims[3]); // of the left matrix's last channel
    c.template set<"tsk_opd_num">(2);
    if (by) by->set(c);
    c.template set<"opt_relu_typ">(relu);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(left), read_of<Chip>(right)});
}

} // namespace tpu_convert::cv18xx_emit
