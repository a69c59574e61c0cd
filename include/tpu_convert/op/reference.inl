// Tables of the operators, from the registry's list.
#pragma once
#include <array>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/reference.hpp>

namespace tpu_convert {

namespace detail {

template <operation Op>
constexpr operation_info make_operation_info() {
    using attributes = typename Op::attributes;
    return {Op::name,
            Op::family::name,
            Op::operands,
            Op::quantization,
            [](std::any const& a, std::span<shape const> in) { return Op::infer(std::any_cast<attributes const&>(a), in); },
            [](std::any const& a, std::span<tensor const* const> in, std::span<tensor> out) {
                Op::template evaluate<tensor>(std::any_cast<attributes const&>(a), in, out);
            },
            [](std::any const& a, std::span<constant_tensor const* const> in, std::span<constant_tensor> out) {
                Op::template evaluate<constant_tensor>(std::any_cast<attributes const&>(a), in, out);
            },
            [](std::any const& a) { return to_map(std::any_cast<attributes const&>(a)); },
            [](attribute_map const& m) { return std::any{from_map<attributes>(m)}; }};
}

template <class... Ops>
constexpr std::array<operation_info, sizeof...(Ops)> make_operation_infos(type_list<Ops...>) {
    return {make_operation_info<Ops>()...};
}

} // namespace detail

template <class Family>
std::span<operation_info const> reference_table<Family>::entries() {
    static constexpr auto table = detail::make_operation_infos(operations_of<Family>{});
    return table;
}

} // namespace tpu_convert
