// (x - mean) / sqrt(variance + eps) over the channels of each pixel, then weight and bias of the channel.
#pragma once
#include <algorithm>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/rows.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::op {

struct pixel_norm {
    using family = normalization_family;
    static constexpr std::string_view name = "PixelNorm";
    static constexpr operand_count operands{1, 3};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        double eps = 1e-5;

        static constexpr auto fields() { return field_list{attribute{"eps", &attributes::eps}}; }
    };

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) {
        if (in[0].size() < 2) detail::bad_shape(name, "input " + to_string(in[0]) + " has no channel axis");
        for (auto const& s : in.subspan(1))
            if (!is_absent(s) && element_count(s) != in[0][1])
                detail::bad_shape(name,
                                  "operand " + to_string(s) + " does not have one value for each channel of " + to_string(in[0]));
        return {in[0]};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        auto const& dims = in[0]->shape();
        std::vector<bool> last(dims.size());
        last[1] = true;
        kernel::row_view<T> const rows(in[0]->data(), dims, last);
        std::vector<T> done(static_cast<std::size_t>(in[0]->size()));
        auto const given = [&](std::size_t i) { return in.size() > i && in[i] ? in[i]->data() : nullptr; };
        for (std::int64_t r = 0; r < rows.rows; ++r) {
            T* row = done.data() + r * rows.length;
            kernel::normalize_row(rows.data + r * rows.length, row, rows.length, a.eps, true);
            kernel::affine_row(row, rows.length, given(1), given(2));
        }
        auto const plane = element_count(dims) / std::max<std::int64_t>(1, dims[0] * dims[1]);
        kernel::copy_view({dims[0], plane, dims[1]}, out[0].data(), {dims[1] * plane, 1, plane}, done.data(),
                          {dims[1] * plane, dims[1], 1});
    }
};

} // namespace tpu_convert::op
