// Rows of the first operand replaced by those of the third, at the row numbers in the second: what chips know of scattering.
#pragma once
#include <algorithm>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/index.hpp>
#include <vector>

namespace tpu_convert::op {

struct scatter_rows {
    using family = integer_family;
    using attributes = no_attributes;
    static constexpr std::string_view name = "ScatterRows";
    static constexpr operand_count operands{3, 3};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) {
        bool const fits = in[0].size() == 2 && in[1].size() == 1 && in[2] == shape{in[1][0], in[0][1]};
        if (!fits)
            detail::bad_shape(name, "rows " + to_string(in[2]) + " at " + to_string(in[1]) + " do not fit " + to_string(in[0]));
        return {in[0]};
    }

    template <class Tensor>
    static void evaluate(attributes const&, std::span<Tensor const* const> in, std::span<Tensor> out) {
        std::copy_n(in[0]->data(), in[0]->size(), out[0].data());
        auto const width = in[0]->dim(1);
        for (std::int64_t i = 0; i < in[1]->size(); ++i)
            std::copy_n(in[2]->data() + i * width, width,
                        out[0].data() + kernel::checked_index(name, (*in[1])[i], in[0]->dim(0)) * width);
    }
};

} // namespace tpu_convert::op
