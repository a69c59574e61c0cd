// Tables of the operators, from the registry's list.
#pragma once
#include <array>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/reference.hpp>
#include <utility>

namespace tpu_convert {

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
