// Convolution of 8-bit integers: sums, bias and requantization of each channel are one command.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/channel_table.hpp>
#include <tpu_convert/chip/cv18xx/lowering/convolution_plan.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::integer_conv, Chip> {
    static kernel_plan<Chip> plan(op::integer_conv::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        if (!c.payloads[1])
            throw model_error{error_code::lowering_missing, c.name, "filters are computed; cut before it with --output_names"};
        check_integers(c, {c.operands[0], c.operands[1], c.results[0]});
        window w = make_window(c.name, a.kernel_shape, a.strides, a.pads, a.dilations);
        std::size_t const axes = a.kernel_shape.size();
        if (!a.inserts.empty()) w.insert_h = axes > 1 ? a.inserts[0] : 0, w.insert_w = a.inserts[axes - 1];
        channel_table const table(c.name, a, a.bias, as_nchw(c.results[0]->dims)[1]);
        return convolution_plan<Chip>({w, a.group, dtype::i8, table.operand(), table.biased(), a.lowest == 0}, *c.payloads[1], c,
                                      [lowest = a.lowest, highest = a.highest](kernel_builder<Chip>& b, local_tensor const& y) {
                                          cv18xx_emit::apply_bounds(b, y, lowest, highest);
                                      });
    }
};

} // namespace tpu_convert
