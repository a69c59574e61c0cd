// exp(beta x) over its sum along an axis; with log the logarithm of that.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/rows.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::op {

struct softmax {
    using family = normalization_family;
    static constexpr std::string_view name = "Softmax";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        std::int64_t axis = -1;
        bool log = false;
        double beta = 1;
        tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}, attribute{"log", &attributes::log},
                              attribute{"beta", &attributes::beta}, attribute{"round_mode", &attributes::round_mode}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        detail::axis_of(name, a.axis, in[0].size());
        return {in[0]};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        auto const& dims = in[0]->shape();
        auto const axis = detail::axis_of(name, a.axis, dims.size());
        std::vector<bool> last(dims.size());
        last[axis] = true;
        kernel::row_view<T> const rows(in[0]->data(), dims, last);
        kernel::softmax_rule const rule{a.beta, a.log};
        if (rows.moved.empty()) {
            for (std::int64_t r = 0; r < rows.rows; ++r)
                kernel::softmax_row(rule, rows.data + r * rows.length, out[0].data() + r * rows.length, rows.length);
            return;
        }
        std::vector<T> done(rows.moved.size());
        for (std::int64_t r = 0; r < rows.rows; ++r)
            kernel::softmax_row(rule, rows.data + r * rows.length, done.data() + r * rows.length, rows.length);
        shape moved = dims, strides = dense_strides(dims);
        for (auto* list : {&moved, &strides}) {
            list->push_back((*list)[axis]);
            list->erase(list->begin() + static_cast<std::ptrdiff_t>(axis));
        }
        kernel::copy_view(moved, out[0].data(), strides, done.data(), dense_strides(moved));
    }
};

} // namespace tpu_convert::op
