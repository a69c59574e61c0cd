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
#include <tpu_convert/op/filter_attributes.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <tpu_convert/op/kernel/window.hpp>
#include <type_traits>
#include <vector>

namespace tpu_convert::op {

struct deconv {
    using family = convolution_family;
    static constexpr std::string_view name = "Deconv";
    static constexpr operand_count operands{2, 3};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes : filter_attributes {
        std::optional<std::vector<std::int64_t>> output_padding{};

        static constexpr auto fields() {
            return field_list{filter_attributes::fields(), attribute{"output_padding", &attributes::output_padding}};
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

    // The convolution of stride 1 that does the same on an input with zeros inserted, by turned filters. Pads may be negative;
    // what output_padding adds lies behind.
    struct convolution_form {
        std::vector<std::int64_t> pads, dilations, inserts;
    };
    static convolution_form as_convolution(attributes const& a) {
        std::size_t const axes = a.kernel_shape.size();
        auto const at = [](auto const& list, std::size_t i, std::int64_t otherwise) {
            return i < list.size() ? list[i] : otherwise;
        };
        shape const given = a.dilations.value_or(shape{}), more = a.output_padding.value_or(shape{});
        convolution_form f{shape(2 * axes), shape(axes), shape(axes)};
        for (std::size_t i = 0; i < axes; ++i) {
            f.dilations[i] = at(given, i, 1), f.inserts[i] = at(a.strides, i, 1) - 1;
            std::int64_t const reach = (a.kernel_shape[i] - 1) * f.dilations[i];
            f.pads[i] = reach - at(a.pads, i, 0);
            f.pads[axes + i] = reach - at(a.pads, axes + i, 0) + at(more, i, 0);
        }
        return f;
    }
    // Filters [oc, ic / group, kernel...] turned by 180 degrees.
    template <class Tensor>
    static Tensor turned(attributes const& a, Tensor const& filters) {
        std::int64_t const taps = element_count(a.kernel_shape);
        Tensor t(filters.shape());
        for (std::int64_t i = 0; i < t.size(); ++i) t[i] = filters[i / taps * taps + taps - 1 - i % taps];
        return t;
    }
};

} // namespace tpu_convert::op
