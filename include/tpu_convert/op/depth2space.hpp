// Channels to blocks of pixels (is_inversed: blocks of pixels to channels); DCR order of channels, or CRD.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::op {

struct depth2space {
    using family = movement_family;
    static constexpr std::string_view name = "Depth2Space";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t block_h = 1;
        std::int64_t block_w = 1;
        bool is_crd = false;
        bool is_inversed = false;
        bool in_is_nchw = true;
        bool out_is_nchw = true;
        bool swap_cr = false;

        static constexpr auto fields() {
            return field_list{
                attribute{"block_h", &attributes::block_h},       attribute{"block_w", &attributes::block_w},
                attribute{"is_CRD", &attributes::is_crd},         attribute{"is_inversed", &attributes::is_inversed},
                attribute{"in_is_NCHW", &attributes::in_is_nchw}, attribute{"out_is_NCHW", &attributes::out_is_nchw},
                attribute{"swap_cr", &attributes::swap_cr}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (in[0].size() != 4) detail::bad_shape(name, "input " + to_string(in[0]) + " does not have rank 4");
        if (!a.in_is_nchw || !a.out_is_nchw || a.swap_cr) detail::bad_attribute(name, "only NCHW without swap_cr is supported");
        auto const h = a.block_h, w = a.block_w;
        auto const& s = in[0];
        if (h < 1 || w < 1 || (a.is_inversed ? s[2] % h != 0 || s[3] % w != 0 : h > s[1] || w > s[1] || s[1] % (h * w) != 0))
            detail::bad_shape(name,
                              "blocks of " + std::to_string(h) + " x " + std::to_string(w) + " do not divide " + to_string(s));
        if (a.is_inversed) return {{s[0], s[1] * h * w, s[2] / h, s[3] / w}};
        return {{s[0], s[1] / (h * w), s[2] * h, s[3] * w}};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const& s = a.is_inversed ? out[0].shape() : in[0]->shape();
        auto const h = a.block_h, w = a.block_w, c = s[1] / (h * w), plane = s[2] * s[3];
        // Axes n, c, row, block row, column, block column of the picture with large planes.
        shape const dims{s[0], c, s[2], h, s[3], w};
        auto const row = a.is_crd ? plane * w : plane * c * w, column = a.is_crd ? plane : plane * c;
        shape const blocks{s[1] * plane, a.is_crd ? plane * h * w : plane, s[3], row, 1, column};
        if (a.is_inversed) kernel::copy_view(dims, out[0].data(), blocks, in[0]->data(), dense_strides(dims));
        else kernel::copy_view(dims, out[0].data(), dense_strides(dims), in[0]->data(), blocks);
    }
};

} // namespace tpu_convert::op
