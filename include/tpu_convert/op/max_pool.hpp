// The largest value of each window; padding never wins.
#pragma once
#include <span>
#include <string_view>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <tpu_convert/op/kernel/pixels.hpp>
#include <tpu_convert/op/kernel/window.hpp>
#include <tpu_convert/op/pool_attributes.hpp>
#include <vector>

namespace tpu_convert::op {

struct max_pool {
    using family = pool_family;
    using attributes = pool_attributes;
    static constexpr std::string_view name = "MaxPool";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

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
        kernel::max_pool(w, x.data(), out[0].data(), x.dim(0) * x.dim(1));
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
        kernel::max_pool_pixels(w, c, x.data(), out[0].data());
        kernel::apply_relu(fused_relu_of(a), out[0].data(), out[0].size());
    }
};

} // namespace tpu_convert::op
