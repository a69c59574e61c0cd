// Lowerings of the pool family.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

namespace bm1684x_lowering {

// Everything but what the kernel emits.
inline kernel_plan<bm1684x> pool_plan(lowering_context const& c, window const& w, dims4 const& in) {
    check_window(c.name, w);
    check_bytes(c, 0);
    dims4 const out = as_nchw(c.results[0]->dims);
    kernel_plan<bm1684x> p;
    p.inputs = {{0, view::dense(in), c.operands[0]->type}};
    p.outputs = {{0, view::dense(out), c.results[0]->type}};
    p.input_box = [w, in](std::size_t, box const& b) { return window_box(w, in, b); };
    return p;
}

} // namespace bm1684x_lowering

template <>
struct lowering<op::max_pool, bm1684x> {
    static kernel_plan<bm1684x> plan(op::max_pool::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        window const w = make_window(c.name, a.kernel_shape, a.strides, a.pads, {});
        dims4 const in = as_nchw(c.operands[0]->dims);
        auto p = pool_plan(c, w, in);
        p.emit = [w, in, relu = a.do_relu, limit = a.relu_limit](builder& b, tile const& t) {
            bm1684x_emit::max_pool(b, t.outputs[0], t.inputs[0], tile_window(w, in, t.out));
            if (relu) apply_relu(b, t.outputs[0], limit);
        };
        return p;
    }
};

template <>
struct lowering<op::avg_pool, bm1684x> {
    // Sum times 1 / (kh kw); border rows and columns, whose windows hold fewer elements, are scaled up after that.
    static kernel_plan<bm1684x> plan(op::avg_pool::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        window const w = make_window(c.name, a.kernel_shape, a.strides, a.pads, {});
        dims4 const in = as_nchw(c.operands[0]->dims);
        auto p = pool_plan(c, w, in);
        p.emit = [w, in, relu = a.do_relu, limit = a.relu_limit, padding = a.count_include_pad](builder& b, tile const& t) {
            local_tensor const y = wide_result(b, t.outputs[0]);
            bm1684x_emit::sum_pool(b, y, widened(b, t.inputs[0]), tile_window(w, in, t.out),
                                   1.0 / static_cast<double>(w.kernel_h * w.kernel_w));
            for (std::int64_t r = 0; r < t.out.size[2]; ++r) {
                auto const n = windows::counted(t.out.begin[2] + r, in[2], w.kernel_h, w.stride_h, w.pads[0], w.pads[1], padding);
                scale(b, bm1684x_emit::rows_of(y, r, 1), w.kernel_h, n);
            }
            for (std::int64_t k = 0; k < t.out.size[3]; ++k) {
                auto const n = windows::counted(t.out.begin[3] + k, in[3], w.kernel_w, w.stride_w, w.pads[2], w.pads[3], padding);
                scale(b, bm1684x_emit::columns_of(y, k, 1), w.kernel_w, n);
            }
            if (relu) apply_relu(b, y, limit);
            narrow(b, t.outputs[0], y);
        };
        return p;
    }

private:
    static void scale(bm1684x_emit::builder& b, local_tensor const& part, std::int64_t kernel, std::int64_t count) {
        if (count != kernel) bm1684x_emit::mul(b, part, part, static_cast<double>(kernel) / static_cast<double>(count));
    }
};

} // namespace tpu_convert
