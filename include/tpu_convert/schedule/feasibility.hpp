// Which nodes of a typed graph a chip can't run, and why, without making a file.
#pragma once
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <vector>

namespace tpu_convert {

struct infeasible_node {
    std::string name, operation;
    std::string reason; // says what to do as well
};

// Everything that deploy would refuse, each node by itself: no kernel, a form that the kernel has not, no tile that fits.
template <class Chip>
std::vector<infeasible_node> infeasible_nodes(graph typed);

// The tensors where the network can be cut so that all before them runs: what nodes that can't run, and those behind them,
// read of the others.
std::vector<std::string> cut_points(graph const& top, std::vector<infeasible_node> const& nodes);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/schedule/cut_points.inl>
#include <tpu_convert/schedule/feasibility.inl>
#endif
