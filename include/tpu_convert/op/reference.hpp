// The run-time face of the operators: found by name, with their attributes erased.
#pragma once
#include <any>
#include <span>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/name_index.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/registry.hpp>
#include <vector>

namespace tpu_convert {

struct operation_info {
    std::string_view name;
    std::string_view family;
    operand_count operands;
    quantize_rule quantization;
    std::vector<shape> (*infer)(std::any const& attributes, std::span<shape const>);
    void (*evaluate)(std::any const& attributes, std::span<tensor const* const>, std::span<tensor>);
    void (*fold)(std::any const& attributes, std::span<constant_tensor const* const>, std::span<constant_tensor>);
    attribute_map (*to_map)(std::any const& attributes);
    std::any (*from_map)(attribute_map const&);
    // Null for operators that are not evaluated with channels last.
    layout_preference (*channels_last)(std::any const& attributes, std::span<shape const>);
    void (*evaluate_channels_last)(std::any const& attributes, std::span<tensor const* const>, std::span<tensor>);
    // Null for operators that chips know themselves.
    void (*compose)(std::any const& attributes, composition&) = nullptr;
};

// One table for each family; the unit of explicit instantiation (src/op/<family>.cpp).
template <class Family>
struct reference_table {
    static std::span<operation_info const> entries();
};

// Its list is elsewhere (composed/registry.hpp), so that no other unit depends on it.
template <>
std::span<operation_info const> reference_table<composed_family>::entries();

namespace detail {
template <class... Families>
type_list<reference_table<Families>...> reference_tables_of(type_list<Families...>);
} // namespace detail

// Null if there is none of this name.
inline operation_info const* find_operation(std::string_view name) {
    return find_by_name<operation_info>(decltype(detail::reference_tables_of(all_families{})){}, name);
}

// The entry of a type that is known at compile time.
template <operation Op>
operation_info const& info_of() {
    static operation_info const& info = *find_operation(Op::name);
    return info;
}

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/composed/table.inl>
#endif
