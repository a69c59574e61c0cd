// The table of the composed operators.
#pragma once
#include <tpu_convert/op/composed/registry.hpp>
#include <tpu_convert/op/reference.inl>

namespace tpu_convert {

template <>
TPU_CONVERT_INLINE std::span<operation_info const> reference_table<composed_family>::entries() {
    static constexpr auto table = detail::make_operation_infos(operations_of<composed_family>{});
    return table;
}

} // namespace tpu_convert
