// Operators that only rename memory: the elements stay where they are.
#pragma once
#include <concepts>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <class Op>
concept shape_only_operation = std::same_as<Op, op::reshape> || std::same_as<Op, op::flatten> || std::same_as<Op, op::squeeze> ||
                               std::same_as<Op, op::unsqueeze>;

template <shape_only_operation Op, chip Chip>
struct lowering<Op, Chip> {
    static alias_plan plan(typename Op::attributes const&, lowering_context const&) { return {}; }
};

} // namespace tpu_convert
