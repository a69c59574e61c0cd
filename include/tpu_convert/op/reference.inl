// Tables of the operators, from the registry's list.
#pragma once
#include <array>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/reference.hpp>
#include <utility>

namespace tpu_convert {

// A family with more operators than a unit has further parts, each with a unit of its own (src/op/<family>_<part>.cpp).
inline constexpr std::size_t operations_per_unit = 24;
template <class Family, std::size_t Part>
struct reference_part {
    static std::span<operation_info const> entries();
};

namespace detail {

// Null for an operator without evaluation.
template <operation Op, class Tensor>
constexpr auto erased_evaluate() -> void (*)(std::any const&, std::span<Tensor const* const>, std::span<Tensor>) {
    if constexpr (evaluable_on<Op, Tensor>)
        return [](std::any const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
            Op::evaluate(std::any_cast<typename Op::attributes const&>(a), in, out);
        };
    else
        return nullptr;
}

template <operation Op>
constexpr operation_info make_operation_info() {
    using attributes = typename Op::attributes;
    operation_info info{Op::name,
            Op::family::name,
            Op::operands,
            Op::quantization,
            [](std::any const& a, std::span<shape const> in) { return Op::infer(std::any_cast<attributes const&>(a), in); },
            erased_evaluate<Op, tensor>(),
            erased_evaluate<Op, constant_tensor>(),
            [](std::any const& a) { return to_map(std::any_cast<attributes const&>(a)); },
            [](attribute_map const& m) { return std::any{from_map<attributes>(m)}; },
            nullptr,
            nullptr};
    if constexpr (evaluable_channels_last<Op, tensor>) {
        info.channels_last = [](std::any const& a, std::span<shape const> in) {
            return Op::channels_last(std::any_cast<attributes const&>(a), in);
        };
        info.evaluate_channels_last = [](std::any const& a, std::span<tensor const* const> in, std::span<tensor> out) {
            Op::template evaluate_channels_last<tensor>(std::any_cast<attributes const&>(a), in, out);
        };
    }
    if constexpr (composable<Op>)
        info.compose = [](std::any const& a, composition& c) { Op::compose(std::any_cast<attributes const&>(a), c); };
    return info;
}

// Operators Part * operations_per_unit and so on of a family.
template <class Family, std::size_t Part>
struct member_of_part {
    template <class Op>
    struct keep : std::bool_constant<index_of<operations_of<Family>, Op> / operations_per_unit == Part> {};
};

template <class... Ops>
constexpr std::array<operation_info, sizeof...(Ops)> make_operation_infos(type_list<Ops...>) {
    return {make_operation_info<Ops>()...};
}

} // namespace detail

template <class Family, std::size_t Part>
std::span<operation_info const> reference_part<Family, Part>::entries() {
    static constexpr auto table =
        detail::make_operation_infos(filter<operations_of<Family>, detail::member_of_part<Family, Part>::template keep>{});
    return table;
}

namespace detail {

template <class Family>
std::vector<operation_info> joined_parts() {
    return []<std::size_t... Parts>(std::index_sequence<Parts...>) {
        std::vector<operation_info> all;
        auto const add = [&all](std::span<operation_info const> part) { all.insert(all.end(), part.begin(), part.end()); };
        (add(reference_part<Family, Parts>::entries()), ...);
        return all;
    }(std::make_index_sequence<(operations_of<Family>::size + operations_per_unit - 1) / operations_per_unit>{});
}

} // namespace detail

template <class Family>
std::span<operation_info const> reference_table<Family>::entries() {
    static auto const table = detail::joined_parts<Family>();
    return table;
}

} // namespace tpu_convert
