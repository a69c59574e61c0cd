// Axes start_dim to end_dim become one.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

struct flatten {
    using family = movement_family;
    static constexpr std::string_view name = "Flatten";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t start_dim = 0;
        std::int64_t end_dim = -1;

        static constexpr auto fields() {
            return field_list{attribute{"start_dim", &attributes::start_dim}, attribute{"end_dim", &attributes::end_dim}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (in[0].empty()) return {shape{1}};
        auto const first = detail::axis_of(name, a.start_dim, in[0].size()),
                   last = detail::axis_of(name, a.end_dim, in[0].size());
        if (last < first) detail::bad_attribute(name, "end_dim lies before start_dim");
        shape out;
        for (std::size_t i = 0; i < in[0].size(); ++i) {
            if (i > first && i <= last)
                out.back() *= in[0][i];
            else
                out.push_back(in[0][i]);
        }
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const&, std::span<Tensor const* const> in, std::span<Tensor> out) {
        std::copy_n(in[0]->data(), in[0]->size(), out[0].data());
    }
};

} // namespace tpu_convert::op
