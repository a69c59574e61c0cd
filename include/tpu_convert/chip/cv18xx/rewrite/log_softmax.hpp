// log(softmax(x)) = d - log(sum exp d) with d = x - max x: the runtime's Softmax has no logarithm.
#pragma once
#include <tpu_convert/chip/cv18xx/rewrite/steps.hpp>
#include <tpu_convert/op/exp.hpp>
#include <tpu_convert/op/log.hpp>
#include <tpu_convert/op/reduce.hpp>
#include <tpu_convert/op/softmax.hpp>
#include <tpu_convert/op/sub.hpp>

namespace tpu_convert::cv18xx_rewrite {

inline void spread_log_softmax(graph& g, graph::id v) {
    auto const a = pass::attributes<op::softmax>(g, v);
    ref const x = pass::operand(g, v, 0);
    if (!a.log || a.beta != 1 || g[x].type == dtype::f32) return;
    typed_steps s(g, v);
    op::reduce::attributes over{.axes = {normal_axis(a.axis, g[x].dims.size())}, .keepdims = true, .mode = reduce_mode::max};
    ref const below = s.add<op::sub>({}, {x, s.add<op::reduce>(over, {x})});
    over.mode = reduce_mode::sum;
    ref const sum = s.add<op::reduce>(over, {s.add<op::exp>({}, {below})});
    s.become<op::sub>({}, {below, s.add<op::log>({}, {sum})});
}

} // namespace tpu_convert::cv18xx_rewrite
