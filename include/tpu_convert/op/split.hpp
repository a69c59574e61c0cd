// Parts of an axis; equal ones unless split_size lists them.
#pragma once
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::op {

struct split {
    using family = movement_family;
    static constexpr std::string_view name = "Split";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t axis = 0;
        std::int64_t num = 1;
        std::optional<std::vector<std::int64_t>> split_size{};

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}, attribute{"num", &attributes::num},
                              attribute{"split_size", &attributes::split_size}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const axis = detail::axis_of(name, a.axis, in[0].size());
        auto const total = in[0][axis];
        if (a.num < 1 || a.num > 65536) detail::bad_attribute(name, "num must lie between 1 and 65536");
        auto const each = (total + a.num - 1) / a.num;
        std::vector<shape> out{};
        std::int64_t sum = 0;
        for (std::int64_t i = 0; i < (a.split_size ? std::ssize(*a.split_size) : a.num); ++i) {
            out.push_back(in[0]);
            out.back()[axis] = a.split_size ? (*a.split_size)[static_cast<std::size_t>(i)] : std::min(each, total - sum);
            sum += out.back()[axis];
            if (out.back()[axis] < 0) break;
        }
        if (sum != total || out.back()[axis] < 0)
            detail::bad_shape(name, "the parts do not add up to axis " + std::to_string(axis) + " of " + to_string(in[0]));
        return out;
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const axis = detail::axis_of(name, a.axis, in[0]->rank());
        auto const strides = dense_strides(in[0]->shape());
        auto const* from = in[0]->data();
        for (auto& part : out) {
            kernel::copy_view(part.shape(), part.data(), dense_strides(part.shape()), from, strides);
            from += part.dim(axis) * strides[axis];
        }
    }
};

} // namespace tpu_convert::op
