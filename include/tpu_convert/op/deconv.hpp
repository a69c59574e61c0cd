// Transposed convolution: input [N, C, ...], filter [O, C / group, ...] (ONNX has it as [C, O / group, ...]), bias of O
// elements.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/backend_onednn.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <tpu_convert/op/kernel/window.hpp>
#include <tuple>
#include <type_traits>
#include <vector>

namespace tpu_convert::op {

struct deconv {
    using family = convolution_family;
    static constexpr std::string_view name = "Deconv";
    static constexpr operand_count operands{2, 3};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes {
        std::vector<std::int64_t> kernel_shape{};
        std::vector<std::int64_t> strides{};
        std::vector<std::int64_t> pads{};
        std::int64_t group = 1;
        std::optional<std::vector<std::int64_t>> dilations{};
        std::optional<std::vector<std::int64_t>> output_padding{};
        bool dynweight_reorderd = false;
        bool do_relu = false;
        double relu_limit = -1;

        static constexpr auto fields() {
            return std::tuple{attribute{"kernel_shape", &attributes::kernel_shape},
                              attribute{"strides", &attributes::strides},
                              attribute{"pads", &attributes::pads},
                              attribute{"group", &attributes::group},
                              attribute{"dilations", &attributes::dilations},
                              attribute{"output_padding", &attributes::output_padding},
                              attribute{"dynweight_reorderd", &attributes::dynweight_reorderd},
                              attribute{"do_relu", &attributes::do_relu},
                              attribute{"relu_limit", &attributes::relu_limit}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const& x = in[0];
        auto const& w = in[1];
        if (x.size() < 3 || w.size() != x.size())
            detail::bad_shape(name,
                              "input " + to_string(x) + " and filter " + to_string(w) + " do not have one rank of 3 or more");
        if (a.group < 1 || a.group > x[1] || w[1] > x[1] || x[1] != w[1] * a.group || w[0] % a.group != 0)
            detail::bad_shape(name, "input " + to_string(x) + ", filter " + to_string(w) + " and group " +
                                        std::to_string(a.group) + " do not fit: the input needs filter[1] * group channels");
        if (in.size() > 2 && !is_absent(in[2]) && element_count(in[2]) != w[0])
            detail::bad_shape(
                name, "bias " + to_string(in[2]) + " does not have one value for each of " + std::to_string(w[0]) + " channels");
        auto const axes = x.size() - 2;
        if (a.kernel_shape.size() != axes || a.strides.size() != axes || a.pads.size() != 2 * axes ||
            (a.dilations && a.dilations->size() != axes) || (a.output_padding && a.output_padding->size() != axes))
            detail::bad_attribute(name,
                                  "kernel, strides, pads or dilations do not fit " + std::to_string(axes) + " spatial axes");
        shape out{x[0], w[0]};
        for (std::size_t i = 0; i < axes; ++i) {
            auto const dilation = a.dilations ? (*a.dilations)[i] : 1, more = a.output_padding ? (*a.output_padding)[i] : 0;
            auto const size =
                (x[i + 2] - 1) * a.strides[i] + (a.kernel_shape[i] - 1) * dilation + 1 + more - a.pads[i] - a.pads[axes + i];
            if (a.kernel_shape[i] != w[i + 2] || a.strides[i] < 1 || dilation < 1 || size < 1)
                detail::bad_shape(
                    name, "kernel_shape differs from the filter " + to_string(w) + ", or nothing is left after the padding");
            out.push_back(size);
        }
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        auto const w = kernel::make_window(name, out[0].shape(), in[0]->shape(), a.kernel_shape, a.strides, a.pads,
                                           a.dilations.value_or(shape{}));
        kernel::channels const c{in[0]->dim(0), in[0]->dim(1), out[0].dim(1), a.group};
        T const* bias = in.size() > 2 && in[2] ? in[2]->data() : nullptr;

        if constexpr (std::is_same_v<T, float>)
            return backend::convolution({w, c, true, false, fused_relu_of(a), in[0]->data(), in[1]->data(), bias, out[0].data()});
        kernel::transposed_convolution(w, c, in[0]->data(), in[1]->data(), bias, out[0].data());
        kernel::apply_relu(fused_relu_of(a), out[0].data(), out[0].size());
    }
};

} // namespace tpu_convert::op
