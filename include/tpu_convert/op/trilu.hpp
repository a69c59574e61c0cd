// The upper or lower triangle of the last two axes; the rest is 0.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

struct trilu {
    using family = movement_family;
    static constexpr std::string_view name = "Trilu";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t upper = 1;
        std::int64_t diagonal = 0;

        static constexpr auto fields() {
            return field_list{attribute{"upper", &attributes::upper}, attribute{"diagonal", &attributes::diagonal}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (in[0].size() < 2) detail::bad_shape(name, "input " + to_string(in[0]) + " is no matrix");
        if (a.upper < 0 || a.upper > 1) detail::bad_attribute(name, "upper must be 0 or 1");
        return {in[0]};
    }

    static void compose(attributes const& a, composition& c);

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const rank = in[0]->rank();
        auto const rows = in[0]->dim(rank - 2), columns = in[0]->dim(rank - 1);
        for (std::int64_t i = 0; i < in[0]->size(); ++i) {
            auto const off = i % columns - i / columns % rows;
            out[0][i] = (a.upper ? off >= a.diagonal : off <= a.diagonal) ? (*in[0])[i] : 0;
        }
    }
};

} // namespace tpu_convert::op
