// Rewrite: clip(x, 0, m) and max(x, 0).
#pragma once
#include <tpu_convert/op/clip.hpp>
#include <tpu_convert/op/max_const.hpp>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

TPU_CONVERT_INLINE void clip_to_relu(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        op::relu::attributes a;
        if (is<op::clip>(g, v)) {
            auto const& clip = attributes<op::clip>(g, v);
            if (clip.min != 0 || clip.max <= 0) return;
            a.relu_limit = clip.max;
        } else if (!is<op::max_const>(g, v) || attributes<op::max_const>(g, v).const_val != 0) {
            return;
        }
        become<op::relu>(g, v, a, {operand(g, v, 0)});
    });
}

} // namespace tpu_convert::pass
