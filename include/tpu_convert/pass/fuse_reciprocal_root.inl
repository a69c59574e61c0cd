// Rewrite: 1 / sqrt(x).
#pragma once
#include <tpu_convert/op/reciprocal.hpp>
#include <tpu_convert/op/rsqrt.hpp>
#include <tpu_convert/op/sqrt.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

TPU_CONVERT_INLINE void fuse_reciprocal_root(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (!is<op::reciprocal>(g, v)) return;
        auto const& a = attributes<op::reciprocal>(g, v);
        ref const root = operand(g, v, 0);
        if (a.const_val == 1 && !a.do_relu && is<op::sqrt>(g, root) && used_once(g, root))
            become<op::rsqrt>(g, v, {}, {operand(g, root, 0)});
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
