// Mean and maximum of windows of 8-bit integers.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

// Everything but what the kernel emits.
template <class Chip>
kernel_plan<Chip> pool_plan(lowering_context const& c, window const& w, dims4 const& in) {
    check_window(c.name, w, Chip::most_stride);
    check_integers(c, {c.operands[0], c.results[0]});
    kernel_plan<Chip> p;
    p.inputs = {{0, view::dense(in), dtype::i8}};
    p.outputs = {{0, view::dense(as_nchw(c.results[0]->dims)), dtype::i8}};
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
            cv18xx_emit::average(b, t.outputs[0], t.inputs[0], tile_window(w, in, t.out), a.multiplier, a.shift, a.lowest == 0);
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
        p.emit = [w, in, relu = a.do_relu](kernel_builder<Chip>& b, tile const& t) {
            cv18xx_emit::max_pool(b, t.outputs[0], t.inputs[0], tile_window(w, in, t.out));
            if (relu) cv18xx_emit::with_constant<"tensor.max">(b, t.outputs[0], t.outputs[0], 0);
        };
        return p;
    }
};

} // namespace tpu_convert
