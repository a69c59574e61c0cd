// The list of methods.
#pragma once
#include <array>
#include <tpu_convert/core/type_list.hpp>
#include <tpu_convert/quantize/threshold_aciq_gauss.hpp>
#include <tpu_convert/quantize/threshold_aciq_laplace.hpp>
#include <tpu_convert/quantize/threshold_kl.hpp>
#include <tpu_convert/quantize/threshold_max.hpp>
#include <tpu_convert/quantize/threshold_method.hpp>
#include <tpu_convert/quantize/threshold_mse.hpp>
#include <tpu_convert/quantize/threshold_percentile9999.hpp>

namespace tpu_convert {

namespace detail {

template <threshold_method M>
constexpr threshold_method_info make_threshold_info() {
    threshold_method_info info{M::name, M::counts_values, &M::row, nullptr};
    if constexpr (sample_threshold_method<M>) info.of_sample = &M::of_sample;
    return info;
}

template <class... M>
constexpr std::array<threshold_method_info, sizeof...(M)> make_threshold_infos(type_list<M...>) {
    return {make_threshold_info<M>()...};
}

using threshold_methods = type_list<threshold_kl, threshold_mse, threshold_max, threshold_percentile9999, threshold_aciq_gauss,
                                    threshold_aciq_laplace>;

} // namespace detail

TPU_CONVERT_INLINE std::span<threshold_method_info const> all_threshold_methods() {
    static constexpr auto table = detail::make_threshold_infos(detail::threshold_methods{});
    return table;
}

TPU_CONVERT_INLINE threshold_method_info const* find_threshold_method(std::string_view name) {
    if (name.starts_with("use_")) name.remove_prefix(4);
    for (auto const& m : all_threshold_methods())
        if (m.name == name) return &m;
    return nullptr;
}

} // namespace tpu_convert
