// What is rewritten of a typed graph before a chip plans its nodes; specialised in chip/<chip>/preparation.hpp where a chip wants
// something else.
#pragma once
#include <tpu_convert/schedule/widen_indices.hpp>

namespace tpu_convert {

template <class Chip>
struct graph_preparation {
    static void run(graph& g) { detail::widen_indices(g); }
};

} // namespace tpu_convert
