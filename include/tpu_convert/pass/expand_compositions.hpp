// What chips know instead of operators that are described by others (op/composition.hpp).
#pragma once
#include <map>
#include <set>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert {

struct expanded_network {
    graph net;
    std::set<std::string> exact;               // nodes that compute in float32 whatever the precision: positions
    std::map<std::string, std::string> origin; // of a value that is new, and of its results: the operator's first result
    std::map<std::string, std::string> refused; // operators that stay, because they have a form that is not described
};

// Results keep their names. What is constant is computed here.
expanded_network expand_compositions(graph const& top);

// The same; throws lowering_missing if an operator is refused.
expanded_network require_expansion(graph const& top);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/pass/expand_compositions.inl>
#endif
