// The customisation point between operators and chips, and its tables.
#pragma once
#include <concepts>
#include <span>
#include <string_view>
#include <tpu_convert/chip/concepts.hpp>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/name_index.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/registry.hpp>

namespace tpu_convert {

// Specialised for each pair that the chip can run: static lowering_plan<Chip> plan(Op::attributes const&, lowering_context
// const&).
template <class Op, class Chip>
struct lowering;

template <class Op, class Chip>
concept lowerable_on = operation<Op> && requires(typename Op::attributes const& a, lowering_context const& c) {
    { lowering<Op, Chip>::plan(a, c) } -> std::convertible_to<lowering_plan<Chip>>;
};

template <class Chip>
struct lowering_entry {
    std::string_view name; // of the operator
    lowering_plan<Chip> (*plan)(lowering_context const&);
};

// One table for each chip and family: the unit of explicit instantiation (src/chip/<chip>/<family>.cpp), which includes the
// chip's lowerings of that family. Nothing else may ask lowerable_on: the answer is cached before the specialisations are
// visible.
template <class Chip, class Family>
struct lowering_table {
    static std::span<lowering_entry<Chip> const> entries();
};

namespace detail {
template <class Chip, class... Families>
type_list<lowering_table<Chip, Families>...> lowering_tables_of(type_list<Families...>);
} // namespace detail

// Null if the chip can't run it.
template <class Chip>
lowering_entry<Chip> const* find_lowering(std::string_view operation) {
    return find_by_name<lowering_entry<Chip>>(decltype(detail::lowering_tables_of<Chip>(all_families{})){}, operation);
}

} // namespace tpu_convert
