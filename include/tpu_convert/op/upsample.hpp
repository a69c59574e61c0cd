// Each pixel becomes scale_h x scale_w pixels.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::op {

struct upsample {
    using family = resize_family;
    static constexpr std::string_view name = "Upsample";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t scale_h = 1;
        std::int64_t scale_w = 1;
        bool do_relu = false;
        double relu_limit = -1;

        static constexpr auto fields() {
            return field_list{attribute{"scale_h", &attributes::scale_h}, attribute{"scale_w", &attributes::scale_w},
                              attribute{"do_relu", &attributes::do_relu}, attribute{"relu_limit", &attributes::relu_limit}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (in[0].size() != 4) detail::bad_shape(name, "input " + to_string(in[0]) + " does not have rank 4");
        if (a.scale_h < 1 || a.scale_w < 1 || a.scale_h > 4096 || a.scale_w > 4096)
            detail::bad_attribute(name, "scales must lie between 1 and 4096");
        return {{in[0][0], in[0][1], in[0][2] * a.scale_h, in[0][3] * a.scale_w}};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const& x = *in[0];
        shape const dims{x.dim(0) * x.dim(1), x.dim(2), a.scale_h, x.dim(3), a.scale_w};
        kernel::copy_view(dims, out[0].data(), dense_strides(dims), x.data(), {x.dim(2) * x.dim(3), x.dim(3), 0, 1, 0});
        kernel::apply_relu(fused_relu_of(a), out[0].data(), out[0].size());
    }

    static layout_preference channels_last(attributes const&, std::span<shape const>) { return layout_preference::possible; }
    template <class Tensor>
    static void evaluate_channels_last(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const& x = *in[0];
        auto const c = x.dim(3), row = x.dim(2) * c;
        shape const dims{x.dim(0) * x.dim(1), a.scale_h, x.dim(2), a.scale_w, c};
        kernel::copy_view(dims, out[0].data(), dense_strides(dims), x.data(), {row, 0, c, 0, 1});
        kernel::apply_relu(fused_relu_of(a), out[0].data(), out[0].size());
    }
};

} // namespace tpu_convert::op
