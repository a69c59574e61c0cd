// The mean of each window; padding counts only with count_include_pad, what ceil_mode adds behind it never.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <tpu_convert/op/kernel/pixels.hpp>
#include <tpu_convert/op/kernel/window.hpp>
#include <tuple>
#include <vector>

namespace tpu_convert::op {

struct avg_pool {
    using family = pool_family;
    static constexpr std::string_view name = "AvgPool";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes {
        std::vector<std::int64_t> kernel_shape{};
        std::vector<std::int64_t> strides{};
        std::vector<std::int64_t> pads{};
        std::optional<bool> ceil_mode{};
        std::optional<auto_pad_mode> auto_pad{};
        bool is_adaptive = false;
        bool keepdims = true;
        std::int64_t pad_value = 0;
        bool count_include_pad = false;
        bool do_relu = false;
        double relu_limit = -1;
        tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;
        tpu_convert::round_mode first_round_mode = tpu_convert::round_mode::half_away_from_zero;

        static constexpr auto fields() {
            return std::tuple{attribute{"kernel_shape", &attributes::kernel_shape}, attribute{"strides", &attributes::strides},
                              attribute{"pads", &attributes::pads}, attribute{"ceil_mode", &attributes::ceil_mode},
                              attribute{"auto_pad", &attributes::auto_pad}, attribute{"is_adaptive", &attributes::is_adaptive},
                              attribute{"keepdims", &attributes::keepdims}, attribute{"pad_value", &attributes::pad_value},
                              attribute{"count_include_pad", &attributes::count_include_pad},
                              attribute{"do_relu", &attributes::do_relu}, attribute{"relu_limit", &attributes::relu_limit},
                              attribute{"round_mode", &attributes::round_mode},
                              attribute{"first_round_mode", &attributes::first_round_mode}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (in[0].size() < 3) detail::bad_shape(name, "input " + to_string(in[0]) + " has no spatial axes");
        auto const spatial = detail::window_output(name, std::span(in[0]).subspan(2),
                                                   {a.kernel_shape, a.strides, a.pads, {}, a.ceil_mode.value_or(false)});
        shape out{in[0][0], in[0][1]};
        if (a.keepdims || element_count(spatial) != 1) out.insert(out.end(), spatial.begin(), spatial.end());
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const& x = *in[0];
        auto const w = kernel::make_window(name, x.shape(), out[0].shape(), a.kernel_shape, a.strides, a.pads, {});
        kernel::avg_pool(w, a.count_include_pad, x.data(), out[0].data(), x.dim(0) * x.dim(1));
        kernel::apply_relu(fused_relu_of(a), out[0].data(), out[0].size());
    }

    static layout_preference channels_last(attributes const& a, std::span<shape const> in) {
        return in[0].size() == 4 && a.keepdims ? layout_preference::possible : layout_preference::none;
    }
    template <class Tensor>
    static void evaluate_channels_last(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const& x = *in[0];
        auto const w = kernel::make_window(name, {0, 0, x.dim(1), x.dim(2)}, {0, 0, out[0].dim(1), out[0].dim(2)}, a.kernel_shape,
                                           a.strides, a.pads, {});
        kernel::channels const c{x.dim(0), x.dim(3), x.dim(3), 1};
        kernel::avg_pool_pixels(w, c, a.count_include_pad, x.data(), out[0].data());
        kernel::apply_relu(fused_relu_of(a), out[0].data(), out[0].size());
    }
};

} // namespace tpu_convert::op
