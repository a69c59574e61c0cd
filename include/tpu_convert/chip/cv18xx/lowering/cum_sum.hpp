// Running sums along an axis: each place is the one before plus its own. Of float32: a function of the runtime.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/arithmetic.hpp>
#include <tpu_convert/chip/cv18xx/lowering/reduced_axes.hpp>
#include <tpu_convert/op/cum_sum.hpp>
#include <tpu_convert/op/infer.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::cum_sum, Chip> {
    static lowering_plan<Chip> plan(op::cum_sum::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        std::size_t const rank = c.operands[0]->dims.size();
        if (c.operands[0]->type == dtype::f32 && c.results[0]->type == dtype::f32 && rank <= 4)
            return host_function{"cumsum", {{"axis", static_cast<std::int32_t>(normal_axis(a.axis, rank))}}};
        auto const gone = tpu_convert::detail::axis_set(op::cum_sum::name, {a.axis}, c.operands[0]->dims.size());
        auto p = reducing_plan<Chip>(c, gone, 1);
        p.outputs[0].global = p.inputs[0].global;
        p.emit = [](kernel_builder<Chip>& b, tile const& t) {
            local_tensor const &x = t.inputs[0], &y = t.outputs[0];
            cv18xx_emit::copy(b, y, x);
            for (std::int64_t h = 0; h < y.dims[2]; ++h)
                for (std::int64_t w = 0; w < y.dims[3]; ++w) {
                    if (h + w == 0) continue;
                    local_tensor const before = w ? place(y, h, w - 1) : place(y, h - 1, y.dims[3] - 1);
                    cv18xx_emit::with_tensor<"tensor.add">(b, place(y, h, w), before, place(x, h, w));
                }
        };
        return p;
    }

private:
    static local_tensor place(local_tensor const& t, std::int64_t h, std::int64_t w) {
        return cv18xx_emit::part_of(cv18xx_emit::part_of(t, 2, h, 1, 1), 3, w, 1, 1);
    }
};

} // namespace tpu_convert
