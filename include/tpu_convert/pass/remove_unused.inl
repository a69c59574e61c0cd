// Rewrite: what no output needs.
#pragma once
#include <tpu_convert/pass/passes.hpp>

namespace tpu_convert::pass {

TPU_CONVERT_INLINE void remove_unused(graph& g) {
    g.erase_unused();
    for (auto const v : g.inputs())
        if (g.use_count({v, 0}) == 0) g.erase(v);
}

} // namespace tpu_convert::pass
