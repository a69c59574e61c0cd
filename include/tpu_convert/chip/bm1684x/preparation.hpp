// What the BM1684X rewrites before nodes are planned: positions of gathers, windows, batches of products, too long rows.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/rewrite/long_rows.hpp>
#include <tpu_convert/pass/repeated_batches.hpp>
#include <tpu_convert/pass/wide_windows.hpp>
#include <tpu_convert/schedule/graph_preparation.hpp>

namespace tpu_convert {

template <>
struct graph_preparation<bm1684x> {
    static void run(graph& g) {
        detail::widen_indices(g);
        pass::fit_windows(
            g, {.array_bytes = bm1684x::eu_bytes, .lanes = bm1684x::lanes, .lane_bytes = bm1684x::lane_memory_bytes});
        pass::repeat_batches(g);
        bm1684x_rewrite::cut_long_rows(g);
    }
};

} // namespace tpu_convert
