// Another element type: whole numbers lose the fraction, booleans are 1 where the input is not 0.
#pragma once
#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

// `to` is a type as NumPy or MLIR names it: float32, int64, si32, bool...
struct cast {
    using family = unary_family;
    static constexpr std::string_view name = "Cast";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;
        std::string to{};

        static constexpr auto fields() {
            return field_list{attribute{"round_mode", &attributes::round_mode}, attribute{"to", &attributes::to}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (!a.to.empty() && !dtype_named(a.to)) detail::bad_attribute(name, "'" + a.to + "' is not an element type");
        return {in[0]};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const type = dtype_named(a.to);
        auto const n = in[0]->size();
        auto const& x = *in[0];
        auto& y = out[0];
        if (type == dtype::boolean)
            for (std::int64_t i = 0; i < n; ++i) y[i] = x[i] != 0;
        else if (type && !is_float(*type))
            for (std::int64_t i = 0; i < n; ++i) y[i] = std::trunc(x[i]);
        else
            std::copy_n(x.data(), n, y.data());
    }
};

} // namespace tpu_convert::op
