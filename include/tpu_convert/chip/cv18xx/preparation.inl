#pragma once
#include <tpu_convert/chip/cv18xx/preparation.hpp>
#include <tpu_convert/chip/cv18xx/rewrite/computed_positions.hpp>
#include <tpu_convert/chip/cv18xx/rewrite/deep_products.hpp>
#include <tpu_convert/chip/cv18xx/rewrite/far_positions.hpp>
#include <tpu_convert/chip/cv18xx/rewrite/log_softmax.hpp>
#include <tpu_convert/pass/repeated_batches.hpp>

namespace tpu_convert::cv18xx_rewrite {

TPU_CONVERT_INLINE void prepare(graph& g, pass::window_limits const& windows) {
    pass::fit_windows(g, windows);
    pass::repeat_batches(g);
    pass::for_each_operation(g, [&](graph::id v) {
        if (pass::is<op::arg>(g, v)) split_arg(g, v);
        else if (pass::is<op::top_k>(g, v)) split_top_k(g, v);
        else if (pass::is<op::softmax>(g, v)) spread_log_softmax(g, v);
        else if (pass::is<op::gather>(g, v)) address_rows(g, v);
        else if (pass::is<op::mat_mul>(g, v)) split_depth(g, v);
    });
    g.erase_unused();
}

} // namespace tpu_convert::cv18xx_rewrite
