// All generators and definitions by operator.
#include "definition_parts.hpp"
#include "lottery.hpp"

namespace tpu_convert::test {

case_generator find_generator(operation_info const& op) {
    static case_generators const all = [] {
        case_generators made;
        for (auto* const list : {elementwise_generators, window_generators, row_generators, movement_generators,
                                 selection_generators, composed_generators, network_generators, integer_generators})
            made.merge(list());
        return made;
    }();
    auto const found = all.find(op.name);
    if (found != all.end()) return found->second;
    return op.family == unary_family::name ? unary_case : op.family == binary_family::name ? binary_case : nullptr;
}

definition find_definition(std::string_view op) {
    static definitions const all = [] {
        definitions made;
        for (auto* const list : {window_definitions, row_definitions, movement_definitions}) made.merge(list());
        return made;
    }();
    auto const found = all.find(op);
    return found == all.end() ? nullptr : found->second;
}

} // namespace tpu_convert::test
