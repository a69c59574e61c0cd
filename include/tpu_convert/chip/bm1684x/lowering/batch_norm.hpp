// BatchNorm with constant statistics: x times a factor plus a bias for each channel, in float32.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/broadcast_view.hpp>
#include <tpu_convert/chip/bm1684x/lowering/constant_operand.hpp>
#include <tpu_convert/chip/bm1684x/lowering/row_view.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>
#include <tpu_convert/lower/batch_norm_factors.hpp>

namespace tpu_convert {

template <>
struct lowering<op::batch_norm, bm1684x> {
    static kernel_plan<bm1684x> plan(op::batch_norm::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        auto const [factor, bias] = constant_batch_norm(a, c);
        shape const& dims = c.results[0]->dims;
        shape channels(dims.size(), 1);
        channels[1] = dims[1];
        auto const v = arrange(c.name, joint_axes(dims, {dims, channels}), memory_bytes(c));
        kernel_plan<bm1684x> p;
        p.inputs = {{0, v.in[0], c.operands[0]->type}, constant_operand(factor, v.in[1]), constant_operand(bias, v.in[1])};
        p.outputs = {{0, v.out, c.results[0]->type}};
        p.cuts = free_cuts();
        p.input_box = [in = v.in](std::size_t i, box const& out) { return broadcast_box(in[i > 0], out); };
        p.emit = [relu = a.do_relu, limit = a.relu_limit](bm1684x_emit::builder& b, tile const& t) {
            using namespace bm1684x_emit;
            local_tensor const x = widened(b, t.inputs[0]), y = wide_result(b, t.outputs[0]);
            mul(b, y, x, t.inputs[1]);
            add(b, y, y, t.inputs[2]);
            if (relu) apply_relu(b, y, limit);
            narrow(b, t.outputs[0], y);
        };
        return p;
    }
};

} // namespace tpu_convert
