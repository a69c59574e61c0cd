// Convolution over the last axes: input [N, C, ...], filter [O, C / group, ...], bias of O elements.
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/backend_onednn.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <tpu_convert/op/filter_attributes.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <tpu_convert/op/kernel/window.hpp>
#include <type_traits>
#include <vector>

namespace tpu_convert::op {

struct conv {
    using family = convolution_family;
    static constexpr std::string_view name = "Conv";
    static constexpr operand_count operands{2, 3};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes : filter_attributes {
        std::optional<std::vector<std::int64_t>> inserts{};
        std::int64_t weight_is_coeff = 1;
        std::optional<bool> do_winograd{};
        std::optional<auto_pad_mode> auto_pad{};

        static constexpr auto fields() {
            return field_list{filter_attributes::fields(), attribute{"inserts", &attributes::inserts},
                              attribute{"weight_is_coeff", &attributes::weight_is_coeff},
                              attribute{"do_winograd", &attributes::do_winograd},
                              attribute{"auto_pad", &attributes::auto_pad}};
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
        if (!std::equal(a.kernel_shape.begin(), a.kernel_shape.end(), w.begin() + 2, w.end()))
            detail::bad_shape(name, "kernel_shape differs from the filter " + to_string(w));
        if (in.size() > 2 && !is_absent(in[2]) && element_count(in[2]) != w[0])
            detail::bad_shape(
                name, "bias " + to_string(in[2]) + " does not have one value for each of " + std::to_string(w[0]) + " channels");
        shape out{x[0], w[0]};
        auto const spatial = detail::window_output(name, std::span(x).subspan(2),
                                                   {a.kernel_shape, a.strides, a.pads, a.dilations.value_or(shape{})});
        out.insert(out.end(), spatial.begin(), spatial.end());
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        auto const w = window_of(a, in[0]->shape(), out[0].shape());
        kernel::channels const c{in[0]->dim(0), in[0]->dim(1), out[0].dim(1), a.group};
        T const* bias = in.size() > 2 && in[2] ? in[2]->data() : nullptr;
        if constexpr (std::is_same_v<T, float>)
            return backend::convolution(
                {w, c, false, false, fused_relu_of(a), in[0]->data(), in[1]->data(), bias, out[0].data()});
        kernel::convolution(w, c, in[0]->data(), in[1]->data(), bias, out[0].data());
        kernel::apply_relu(fused_relu_of(a), out[0].data(), out[0].size());
    }

    // The filter stays as it is.
    static layout_preference channels_last(attributes const&, std::span<shape const> in) {
        return in[0].size() == 4 ? layout_preference::best : layout_preference::none;
    }
    template <class Tensor>
    static void evaluate_channels_last(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const& x = *in[0];
        auto const w = window_of(a, {0, 0, x.dim(1), x.dim(2)}, {0, 0, out[0].dim(1), out[0].dim(2)});
        kernel::channels const c{x.dim(0), x.dim(3), out[0].dim(3), a.group};
        float const* bias = in.size() > 2 && in[2] ? in[2]->data() : nullptr;
        backend::convolution({w, c, false, true, fused_relu_of(a), x.data(), in[1]->data(), bias, out[0].data()});
    }

private:
    static kernel::window window_of(attributes const& a, shape const& in, shape const& out) {
        return kernel::make_window(name, in, out, a.kernel_shape, a.strides, a.pads, a.dilations.value_or(shape{}));
    }
};

} // namespace tpu_convert::op
