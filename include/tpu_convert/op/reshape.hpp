// Other dimensions for the same elements: 0 keeps the input's, -1 is what remains.
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

struct reshape {
    using family = movement_family;
    static constexpr std::string_view name = "Reshape";
    static constexpr operand_count operands{1, 2};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::optional<std::vector<std::int64_t>> new_shape{};
        std::int64_t flatten_start_dim = -1;

        static constexpr auto fields() {
            return field_list{attribute{"shape", &attributes::new_shape},
                              attribute{"flatten_start_dim", &attributes::flatten_start_dim}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (a.new_shape) return {detail::reshaped(name, in[0], *a.new_shape)};
        if (a.flatten_start_dim < 0) detail::bad_attribute(name, "neither shape nor flatten_start_dim is given");
        auto const start = detail::axis_of(name, a.flatten_start_dim, in[0].size());
        shape out(in[0].begin(), in[0].begin() + static_cast<std::ptrdiff_t>(start));
        out.push_back(-1);
        return {detail::reshaped(name, in[0], out)};
    }

    template <class Tensor>
    static void evaluate(attributes const&, std::span<Tensor const* const> in, std::span<Tensor> out) {
        std::copy_n(in[0]->data(), in[0]->size(), out[0].data());
    }
};

} // namespace tpu_convert::op
