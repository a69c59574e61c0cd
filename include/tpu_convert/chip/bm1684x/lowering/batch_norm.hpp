// BatchNorm with constant statistics: x times a factor plus a bias for each channel, in float32.
#pragma once
#include <cmath>
#include <tpu_convert/chip/bm1684x/lowering/broadcast_view.hpp>
#include <tpu_convert/chip/bm1684x/lowering/constant_operand.hpp>
#include <tpu_convert/chip/bm1684x/lowering/row_view.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/batch_norm.hpp>

namespace tpu_convert {

template <>
struct lowering<op::batch_norm, bm1684x> {
    static kernel_plan<bm1684x> plan(op::batch_norm::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        for (std::size_t i = 1; i < c.operands.size(); ++i)
            if (c.operands[i] && !c.payloads[i])
                throw model_error{error_code::lowering_missing, c.name, "its statistics are not constant"};
        shape const& dims = c.results[0]->dims;
        shape channels(dims.size(), 1);
        channels[1] = dims[1];
        auto const v = arrange(c.name, joint_axes(dims, {dims, channels}), memory_bytes(c));
        std::vector<float> factor, bias;
        fold(a, c, dims[1], factor, bias);
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

private:
    static void fold(op::batch_norm::attributes const& a, lowering_context const& c, std::int64_t channels,
                     std::vector<float>& factor, std::vector<float>& bias) {
        auto const value = [&](std::size_t i, std::int64_t k, double otherwise) {
            return i < c.payloads.size() && c.payloads[i] ? static_cast<double>((*c.payloads[i])[k]) : otherwise;
        };
        for (std::int64_t k = 0; k < channels; ++k) {
            double const f = value(3, k, 1) / std::sqrt(value(2, k, 1) + a.epsilon);
            factor.push_back(static_cast<float>(f));
            bias.push_back(static_cast<float>(value(4, k, 0) - value(1, k, 0) * f));
        }
    }
};

} // namespace tpu_convert
