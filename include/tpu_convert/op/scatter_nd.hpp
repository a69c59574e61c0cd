// The input with updates at positions that the last axis of the indices lists; reduction as in ScatterElements.
#pragma once
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tuple>
#include <vector>

namespace tpu_convert::op {

struct scatter_nd {
    using family = indexing_family;
    static constexpr std::string_view name = "ScatterND";
    static constexpr operand_count operands{3, 3};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t reduction = 0;

        static constexpr auto fields() { return std::tuple{attribute{"reduction", &attributes::reduction}}; }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const& d = in[0];
        auto const& i = in[1];
        shape wanted;
        if (!i.empty() && i.back() >= 0 && i.back() <= std::ssize(d)) {
            wanted.assign(i.begin(), i.end() - 1);
            wanted.insert(wanted.end(), d.begin() + i.back(), d.end());
        }
        if (i.empty() || wanted != in[2] || a.reduction < 0 || a.reduction > 4)
            detail::bad_shape(name,
                              "indices " + to_string(i) + " and updates " + to_string(in[2]) + " do not fit " + to_string(d));
        return {d};
    }
};

} // namespace tpu_convert::op
