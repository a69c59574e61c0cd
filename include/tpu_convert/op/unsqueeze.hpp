// With axes of size 1 where listed; positions are those in the result.
#pragma once
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

struct unsqueeze {
    using family = movement_family;
    static constexpr std::string_view name = "Unsqueeze";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::vector<std::int64_t> axes{};

        static constexpr auto fields() { return field_list{attribute{"axes", &attributes::axes}}; }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const rank = in[0].size() + a.axes.size();
        if (a.axes.empty()) return {in[0]};
        auto const listed = detail::axis_set(name, a.axes, rank);
        if (std::count(listed.begin(), listed.end(), true) != std::ssize(a.axes))
            detail::bad_attribute(name, "an axis is listed twice");
        shape out;
        std::size_t next = 0;
        for (std::size_t i = 0; i < rank; ++i) out.push_back(listed[i] ? 1 : in[0][next++]);
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const&, std::span<Tensor const* const> in, std::span<Tensor> out) {
        std::copy_n(in[0]->data(), in[0]->size(), out[0].data());
    }
};

} // namespace tpu_convert::op
