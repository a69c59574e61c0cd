// The number of elements, or the size of an axis.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

struct size {
    using family = movement_family;
    static constexpr std::string_view name = "Size";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        std::optional<std::int64_t> axis{};

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (a.axis) detail::axis_of(name, *a.axis, in[0].size());
        return {shape{}};
    }

    static void compose(attributes const& a, composition& c);

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        out[0][0] = static_cast<T>(a.axis ? in[0]->dim(detail::axis_of(name, *a.axis, in[0]->rank())) : in[0]->size());
    }
};

} // namespace tpu_convert::op
