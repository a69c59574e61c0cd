// Nearest upsampling: sums over windows as large as the factors, with zeros between the elements.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/pool.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::upsample, Chip> {
    static kernel_plan<Chip> plan(op::upsample::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        window w;
        w.kernel_h = a.scale_h, w.kernel_w = a.scale_w, w.insert_h = a.scale_h - 1, w.insert_w = a.scale_w - 1;
        w.pads = {a.scale_h - 1, a.scale_h - 1, a.scale_w - 1, a.scale_w - 1};
        dims4 const in = as_nchw(c.operands[0]->dims);
        auto p = pool_plan<Chip>(c, w, in);
        p.emit = [w, in, relu = fused_relu_of(a)](kernel_builder<Chip>& b, tile const& t) {
            cv18xx_emit::average(b, t.outputs[0], t.inputs[0], tile_window(w, in, t.out), 1, 0, false);
            cv18xx_emit::apply_relu(b, t.outputs[0], relu);
        };
        return p;
    }
};

} // namespace tpu_convert
