// Product of matrices over the last two axes, the axes before broadcast; plus a bias that is broadcast to the product.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/backend_onednn.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <tpu_convert/op/kernel/matrix.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <type_traits>
#include <utility>
#include <vector>

namespace tpu_convert::op {

struct mat_mul {
    using family = matrix_family;
    static constexpr std::string_view name = "MatMul";
    static constexpr operand_count operands{2, 3};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes {
        bool right_transpose = false;
        bool left_transpose = false;
        bool output_transpose = false;
        bool hdim_is_batch = false;
        bool keep_dims = true;
        bool do_relu = false;
        double relu_limit = -1;
        bool is_lora = false;
        std::optional<std::int64_t> weight_bits{};
        std::int64_t q_group_size = 0;

        static constexpr auto fields() {
            return field_list{attribute{"right_transpose", &attributes::right_transpose},
                              attribute{"left_transpose", &attributes::left_transpose},
                              attribute{"output_transpose", &attributes::output_transpose},
                              attribute{"hdim_is_batch", &attributes::hdim_is_batch},
                              attribute{"keep_dims", &attributes::keep_dims},
                              attribute{"do_relu", &attributes::do_relu},
                              attribute{"relu_limit", &attributes::relu_limit},
                              attribute{"is_lora", &attributes::is_lora},
                              attribute{"weight_bits", &attributes::weight_bits},
                              attribute{"q_group_size", &attributes::q_group_size}};
        }
    };

    struct sizes {
        shape left_batch, right_batch;
        std::int64_t rows, depth, right_depth, columns;
    };
    // Operands of rank 1 are one row on the left, one column on the right.
    static sizes dimensions(attributes const& a, std::span<shape const> in) {
        auto const& l = in[0];
        auto const& r = in[1];
        sizes d{{l.begin(), l.end() - std::min<std::ptrdiff_t>(2, std::ssize(l))},
                {r.begin(), r.end() - std::min<std::ptrdiff_t>(2, std::ssize(r))},
                1,
                l.back(),
                r.back(),
                1};
        if (l.size() > 1) {
            d.rows = l[l.size() - 2];
            if (a.left_transpose) std::swap(d.rows, d.depth);
        }
        if (r.size() > 1) {
            d.right_depth = r[r.size() - 2], d.columns = r.back();
            if (a.right_transpose) std::swap(d.right_depth, d.columns);
        }
        return d;
    }

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (in[0].empty() || in[1].empty()) detail::bad_shape(name, "an operand is a scalar");
        if (a.hdim_is_batch || a.output_transpose)
            detail::bad_attribute(name, "hdim_is_batch and output_transpose are not supported");
        auto const d = dimensions(a, in);
        if (d.depth != d.right_depth)
            detail::bad_shape(name, "inner sizes " + std::to_string(d.depth) + " and " + std::to_string(d.right_depth) + " of " +
                                        to_string(in[0]) + " and " + to_string(in[1]) + " differ");
        shape out = detail::broadcast(name, std::vector{d.left_batch, d.right_batch});
        if (in[0].size() > 1) out.push_back(d.rows);
        if (in[1].size() > 1) out.push_back(d.columns);
        if (in.size() > 2 && !is_absent(in[2]) && detail::broadcast(name, std::vector{out, in[2]}) != out)
            detail::bad_shape(name, "bias " + to_string(in[2]) + " is larger than the product " + to_string(out));
        return {out};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        std::array const shapes{in[0]->shape(), in[1]->shape()};
        auto const d = dimensions(a, shapes);
        kernel::matrix_sizes const m{d.rows, d.columns, d.depth, a.left_transpose && shapes[0].size() > 1,
                                     a.right_transpose && shapes[1].size() > 1};
        shape const batch = detail::broadcast(name, std::array{d.left_batch, d.right_batch});
        auto const strides_of = [&](shape const& s, std::int64_t matrix) {
            shape strides = kernel::broadcast_strides(s, batch);
            for (auto& stride : strides) stride *= matrix;
            return strides;
        };
        kernel::nest const n{batch, {strides_of(batch, d.rows * d.columns), strides_of(d.left_batch, d.rows * d.depth),
                                     strides_of(d.right_batch, d.depth * d.columns)}};
        if (out[0].size() == 0) return;
        kernel::walk(n, batch.size(), [&](auto at) {
            if constexpr (std::is_same_v<typename Tensor::value_type, float>)
                backend::matrix_product(m, in[0]->data() + at[1], in[1]->data() + at[2], out[0].data() + at[0]);
            else
                kernel::matrix_product(m, in[0]->data() + at[1], in[1]->data() + at[2], out[0].data() + at[0]);
        });
        if (in.size() > 2 && in[2]) {
            using sum = expr::call<expr::add, expr::argument<0>, expr::argument<1>>;
            no_attributes const none{};
            std::array<Tensor const*, 2> const both{&out[0], in[2]};
            auto const f = kernel::chosen_block<sum, 2, typename Tensor::value_type>(none);
            kernel::evaluate_elementwise<Tensor>(f, &none, {false, -1}, 2, both, out[0]);
        }
        kernel::apply_relu(fused_relu_of(a), out[0].data(), out[0].size());
    }
};

} // namespace tpu_convert::op
