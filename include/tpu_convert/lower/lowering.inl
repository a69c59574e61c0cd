// Tables of a chip's lowerings, from the registry's list.
#pragma once
#include <array>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

namespace detail {

template <class Chip>
struct lowerable_with {
    template <class Op> struct keep : std::bool_constant<lowerable_on<Op, Chip>> {};
};

template <class Chip, class... Ops>
constexpr std::array<lowering_entry<Chip>, sizeof...(Ops)> make_lowering_entries(type_list<Ops...>) {
    return {lowering_entry<Chip>{Ops::name, [](lowering_context const& c) -> lowering_plan<Chip> {
        return lowering<Ops, Chip>::plan(std::any_cast<typename Ops::attributes const&>(c.attributes), c);
    }}...};
}

} // namespace detail

template <class Chip, class Family>
std::span<lowering_entry<Chip> const> lowering_table<Chip, Family>::entries() {
    using supported = filter<operations_of<Family>, detail::lowerable_with<Chip>::template keep>;
    static constexpr auto table = detail::make_lowering_entries<Chip>(supported{});
    return table;
}

} // namespace tpu_convert
