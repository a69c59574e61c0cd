// Nearest upsampling by whole factors: one strided copy for each position in a block.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::upsample, bm1684x> {
    static kernel_plan<bm1684x> plan(op::upsample::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        dims4 const in = as_nchw(c.operands[0]->dims), out = as_nchw(c.results[0]->dims);
        std::int64_t const sh = a.scale_h, sw = a.scale_w;
        kernel_plan<bm1684x> p;
        p.inputs = {{0, view::dense(in), c.operands[0]->type}};
        p.outputs = {{0, view::dense(out), c.results[0]->type}};
        p.cuts[2].multiple = sh;
        p.cuts[3].multiple = sw;
        p.input_box = [sh, sw](std::size_t, box const& b) -> box {
            return {{b.begin[0], b.begin[1], b.begin[2] / sh, b.begin[3] / sw},
                    {b.size[0], b.size[1], b.size[2] / sh, b.size[3] / sw}};
        };
        p.emit = [sh, sw, relu = a.do_relu, limit = a.relu_limit](builder& b, tile const& t) {
            local_tensor const &x = t.inputs[0], &y = t.outputs[0];
            for (std::int64_t i = 0; i < sh; ++i)
                for (std::int64_t k = 0; k < sw; ++k) {
                    local_tensor const part =
                        bm1684x_emit::columns_of(bm1684x_emit::rows_of(y, i, x.dims[2], sh), k, x.dims[3], sw);
                    bm1684x_emit::copy(b, part, x);
                }
            if (relu) apply_relu(b, y, limit);
        };
        return p;
    }
};

} // namespace tpu_convert
