#pragma once
#include <tpu_convert/pass/computed_filters.hpp>
#include <tpu_convert/pass/volumes.hpp>
#include <tpu_convert/pass/wide_convolution.hpp>
#include <tpu_convert/pass/wide_deconvolution.hpp>
#include <tpu_convert/pass/wide_pool.hpp>
#include <tpu_convert/pass/wide_windows.hpp>

namespace tpu_convert::pass {

TPU_CONVERT_INLINE void fit_windows(graph& g, window_limits const& most) {
    std::size_t const nodes = g.order().size();
    for_each_operation(g, [&](graph::id v) {
        if (is<op::conv>(g, v)) flatten_convolution<op::conv>(g, v);
        else if (is<op::integer_conv>(g, v)) flatten_convolution<op::integer_conv>(g, v);
        else if (is<op::max_pool>(g, v)) flatten_pool<op::max_pool>(g, v, most.float32);
        else if (is<op::avg_pool>(g, v)) flatten_pool<op::avg_pool>(g, v, most.float32);
    });
    for_each_operation(g, [&](graph::id v) {
        if (is<op::conv>(g, v)) weight(g, operand(g, v, 1)) ? fit_convolution<op::conv>(g, v, most) : compute_filters(g, v);
        else if (is<op::deconv>(g, v)) fit_deconvolution(g, v, most);
        else if (is<op::max_pool>(g, v)) fit_pool<op::max_pool>(g, v, most);
        else if (is<op::avg_pool>(g, v)) fit_pool<op::avg_pool>(g, v, most);
        else if (is<op::integer_average>(g, v)) fit_pool<op::integer_average>(g, v, most);
        else if (is<op::integer_conv>(g, v)) {
            auto const& inserts = attributes<op::integer_conv>(g, v).inserts;
            bool const inserted = std::any_of(inserts.begin(), inserts.end(), [](auto i) { return i != 0; });
            inserted ? fit_inserted(g, v, most) : fit_convolution<op::integer_conv>(g, v, most);
        }
    });
    if (g.order().size() != nodes) g.erase_unused();
}

} // namespace tpu_convert::pass
