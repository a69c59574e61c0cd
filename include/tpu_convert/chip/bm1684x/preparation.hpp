// What the BM1684X rewrites before its nodes are planned: gathers' positions, and rows that do not fit in a lane.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/rewrite/long_rows.hpp>
#include <tpu_convert/schedule/graph_preparation.hpp>

namespace tpu_convert {

template <>
struct graph_preparation<bm1684x> {
    static void run(graph& g) {
        detail::widen_indices(g);
        bm1684x_rewrite::cut_long_rows(g);
    }
};

} // namespace tpu_convert
