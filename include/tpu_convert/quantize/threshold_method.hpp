// Methods that choose a tensor's threshold: what each must have, and their list by name.
#pragma once
#include <concepts>
#include <span>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <tpu_convert/quantize/tensor_statistics.hpp>

namespace tpu_convert {

// From the statistics over all samples; `bits` is 8 or 4.
template <class M>
concept threshold_method = requires(tensor_statistics const& s, int bits) {
    { M::name } -> std::convertible_to<std::string_view>;
    { M::counts_values } -> std::convertible_to<bool>; // whether it needs the histogram
    { M::row(s, bits) } -> std::same_as<calibration_row>;
};
// A threshold for each sample; the result is their mean.
template <class M>
concept sample_threshold_method =
    threshold_method<M> && requires(std::span<float const> values, value_range const& range, int bits) {
        { M::of_sample(values, range, bits) } -> std::same_as<double>;
    };

struct threshold_method_info {
    std::string_view name;
    bool counts_values;
    calibration_row (*row)(tensor_statistics const&, int bits);
    double (*of_sample)(std::span<float const>, value_range const&, int bits); // null if one row needs no samples
};
// In the order of the help text.
std::span<threshold_method_info const> all_threshold_methods();
// `kl` or `use_kl`; null if there is none.
threshold_method_info const* find_threshold_method(std::string_view name);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/threshold_method.inl>
#endif
