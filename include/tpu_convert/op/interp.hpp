// Resize of the last two axes (of the last one in rank 3): output size is floor(input size x scale).
#pragma once
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/resize.hpp>
#include <vector>

namespace tpu_convert::op {

struct interp {
    using family = resize_family;
    static constexpr std::string_view name = "Interp";
    static constexpr operand_count operands{1, 2};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        interp_mode mode = interp_mode::nearest;
        interp_coord_mode coord_mode = interp_coord_mode::half_pixel;
        double scale_h = -1;
        double scale_w = -1;

        static constexpr auto fields() {
            return field_list{attribute{"mode", &attributes::mode}, attribute{"coord_mode", &attributes::coord_mode},
                              attribute{"scale_h", &attributes::scale_h}, attribute{"scale_w", &attributes::scale_w}};
        }
    };

    // A scale that is the quotient of two sizes gives that size in spite of its rounding.
    static std::int64_t resized(std::int64_t size, double scale) {
        auto const wanted = static_cast<double>(size) * scale;
        if (!(scale > 0) || wanted > 1e6) detail::bad_attribute(name, "a scale must be positive and give at most 10^6 elements");
        auto const nearest = std::nearbyint(wanted);
        return static_cast<std::int64_t>(std::fabs(wanted - nearest) < 1e-4 ? nearest : std::floor(wanted));
    }

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        auto const rank = in[0].size();
        if (rank < 3 || rank > 4) detail::bad_shape(name, "input " + to_string(in[0]) + " does not have rank 3 or 4");
        shape out = in[0];
        if (rank == 4) out[2] = resized(in[0][2], a.scale_h);
        out[rank - 1] = resized(in[0][rank - 1], a.scale_w);
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const& x = *in[0];
        auto const rank = x.rank();
        auto const height = rank == 4 ? x.dim(2) : 1, width = x.dim(rank - 1);
        auto const h =
            kernel::make_resize_axis(a.mode, a.coord_mode, height, rank == 4 ? out[0].dim(2) : 1, rank == 4 ? a.scale_h : 1);
        auto const w = kernel::make_resize_axis(a.mode, a.coord_mode, width, out[0].dim(rank - 1), a.scale_w);
        kernel::resize(h, w, x.dim(0) * x.dim(1), height, width, x.data(), out[0].data());
    }
};

} // namespace tpu_convert::op
