// calibrate --search: the best of several tables, and operators that are better left in floating point.
#pragma once
#include "command.hpp"
#include "dataset.hpp"
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/quantize/calibrate.hpp>

namespace tpu_convert::apps {

// Options of a search that do not fit together; before any work.
void check_search(arguments const& a);
// Whether methods are compared (search_threshold, search_qtable): their names.
std::vector<std::string> searched_methods(arguments const& a);
// The best of the tables, by the network's outputs on a few samples.
std::size_t best_table(graph const& g, std::vector<calibration> const& tables, std::vector<sample_files> const& samples,
                       arguments const& a);
// Writes the quantize table (search_qtable).
void search_operators(graph const& g, calibration_table const& table, std::vector<sample_files> const& samples,
                      arguments const& a);

} // namespace tpu_convert::apps
