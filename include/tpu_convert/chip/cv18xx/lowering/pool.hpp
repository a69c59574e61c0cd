// Mean and maximum of windows.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

// Everything but what the kernel emits.
template <class Chip>
kernel_plan<Chip> pool_plan(lowering_context const& c, window const& w, dims4 const& in) {
    check_window(c.name, w, Chip::most_stride);
    dtype const type = common_type(c);
    kernel_plan<Chip> p;
    p.inputs = {{0, view::dense(in), type}};
    p.outputs = {{0, view::dense(as_nchw(c.results[0]->dims)), type}};
    p.cuts = limited_cuts();
    p.input_box = [w, in](std::size_t, box const& b) { return window_box(w, in, b); };
    return p;
}

} // namespace cv18xx_lowering

template <cv18xx_chip Chip>
struct lowering<op::integer_average, Chip> {
    static kernel_plan<Chip> plan(op::integer_average::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        window const w = make_window(c.name, a.kernel_shape, a.strides, a.pads, {});
        dims4 const in = as_nchw(c.operands[0]->dims);
        auto p = pool_plan<Chip>(c, w, in);
        p.emit = [w, in, a](kernel_builder<Chip>& b, tile const& t) {
            cv18xx_emit::average(b, t.outputs[0], t.inputs[0], tile_window(w, in, t.out), static_cast<double>(a.multiplier),
                                 a.shift, a.lowest == 0);
            cv18xx_emit::apply_bounds(b, t.outputs[0], a.lowest, a.highest);
        };
        return p;
    }
};

template <cv18xx_chip Chip>
struct lowering<op::max_pool, Chip> {
    static kernel_plan<Chip> plan(op::max_pool::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        window const w = make_window(c.name, a.kernel_shape, a.strides, a.pads, {});
        dims4 const in = as_nchw(c.operands[0]->dims);
        auto p = pool_plan<Chip>(c, w, in);
        p.emit = [w, in, relu = fused_relu_of(a)](kernel_builder<Chip>& b, tile const& t) {
            cv18xx_emit::max_pool(b, t.outputs[0], t.inputs[0], tile_window(w, in, t.out));
            cv18xx_emit::apply_relu(b, t.outputs[0], relu);
        };
        return p;
    }
};

// Of bf16: the sum times 1 / (kh kw); border rows and columns, whose windows hold fewer elements, are scaled up after that.
template <cv18xx_chip Chip>
struct lowering<op::avg_pool, Chip> {
    static kernel_plan<Chip> plan(op::avg_pool::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        check_types(c, dtype::bf16, {c.results[0]});
        window const w = make_window(c.name, a.kernel_shape, a.strides, a.pads, {});
        dims4 const in = as_nchw(c.operands[0]->dims);
        auto p = pool_plan<Chip>(c, w, in);
        p.emit = [w, in, relu = fused_relu_of(a), padding = a.count_include_pad](kernel_builder<Chip>& b, tile const& t) {
            auto const& y = t.outputs[0];
            double const share = 1.0 / static_cast<double>(w.kernel_h * w.kernel_w);
            cv18xx_emit::average(b, y, t.inputs[0], tile_window(w, in, t.out), share, 0, false);
            for (std::size_t axis : {2, 3})
                for (std::int64_t i = 0; i < t.out.size[axis]; ++i) {
                    std::int64_t const o = t.out.begin[axis] + i, kernel = axis == 2 ? w.kernel_h : w.kernel_w;
                    auto const n = axis == 2 ? counted(o, in[2], kernel, w.stride_h, w.pads[0], w.pads[1], padding)
                                             : counted(o, in[3], kernel, w.stride_w, w.pads[2], w.pads[3], padding);
                    if (n == kernel) continue;
                    auto const line = cv18xx_emit::part_of(y, axis, i, 1, 1);
                    scale(b, line, static_cast<double>(kernel) / static_cast<double>(n));
                }
            cv18xx_emit::apply_relu(b, y, relu);
        };
        return p;
    }

private:
    static void scale(kernel_builder<Chip>& b, local_tensor const& part, double by) {
        cv18xx_emit::with_constant<"tensor.mul">(b, part, part, by);
    }
};

} // namespace tpu_convert
