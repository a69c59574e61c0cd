// Elements offset, offset + step... before end of each listed axis; negative positions count from the back. No axes: the first
// ones.
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

struct slice {
    using family = movement_family;
    static constexpr std::string_view name = "Slice";
    static constexpr operand_count operands{1, 4};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::vector<std::int64_t> offset{};
        std::vector<std::int64_t> steps{};
        std::vector<std::int64_t> ends{};
        std::vector<std::int64_t> axes{};
        std::vector<std::int64_t> hasparam_convert_axes{};

        static constexpr auto fields() {
            return field_list{attribute{"offset", &attributes::offset}, attribute{"steps", &attributes::steps},
                              attribute{"ends", &attributes::ends}, attribute{"axes", &attributes::axes},
                              attribute{"hasparamConvert_axes", &attributes::hasparam_convert_axes}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        shape out;
        for (auto const& r : detail::slice_ranges(name, in[0], a.offset, a.ends, a.steps, a.axes)) out.push_back(r.count);
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const ranges = detail::slice_ranges(name, in[0]->shape(), a.offset, a.ends, a.steps, a.axes);
        shape strides = dense_strides(in[0]->shape());
        auto const* from = in[0]->data();
        if (out[0].size() == 0) return;
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            from += ranges[i].first * strides[i];
            strides[i] *= ranges[i].step;
        }
        kernel::copy_view(out[0].shape(), out[0].data(), dense_strides(out[0].shape()), from, strides);
    }
};

} // namespace tpu_convert::op
