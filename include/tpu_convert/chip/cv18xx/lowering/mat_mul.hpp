// Products of matrices of 8-bit integers and of bf16.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/channel_table.hpp>
#include <tpu_convert/chip/cv18xx/lowering/computed_product.hpp>
#include <tpu_convert/chip/cv18xx/lowering/constant_product.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

// The right one, the same for the whole batch.
inline bool has_constant_matrix(op::mat_mul::sizes const& d, lowering_context const& c) {
    return c.payloads[1] && element_count(d.right_batch) == 1;
}

} // namespace cv18xx_lowering

template <cv18xx_chip Chip>
struct lowering<op::integer_mat_mul, Chip> {
    static kernel_plan<Chip> plan(op::integer_mat_mul::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        auto const d = op::mat_mul::dimensions(op::integer_mat_mul::shape_attributes(a),
                                               std::vector{c.operands[0]->dims, c.operands[1]->dims});
        check_integers(c, {c.operands[0], c.operands[1], c.results[0]});
        auto const finish = [lowest = a.lowest, highest = a.highest](kernel_builder<Chip>& b, local_tensor const& y) {
            cv18xx_emit::apply_bounds(b, y, lowest, highest);
        };
        bool const relu = a.lowest == 0;
        if (!has_constant_matrix(d, c)) {
            if (!a.bias.empty() || a.multipliers.size() != 1 || a.shifts[0] < 0)
                throw model_error{error_code::lowering_missing, c.name,
                                  "two computed matrices with a bias or with factors of columns"};
            cv18xx_emit::doubled const by{a.multipliers[0], a.shifts[0]};
            return computed_product<Chip>(d, {dtype::i8, a.left_transpose, a.right_transpose, relu, by}, c, finish);
        }
        channel_table const table(c.name, a, a.bias, d.columns);
        return constant_product(d, c, a.left_transpose, a.right_transpose)
            .template plan<Chip>(
                {.w = {}, .type = dtype::i8, .channels = table.operand(), .biased = table.biased(), .relu = relu}, c, finish);
    }
};

template <cv18xx_chip Chip>
struct lowering<op::mat_mul, Chip> {
    static kernel_plan<Chip> plan(op::mat_mul::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        auto const d = op::mat_mul::dimensions(a, std::vector{c.operands[0]->dims, c.operands[1]->dims});
        check_types(c, dtype::bf16, {c.operands[0], c.results[0]});
        auto const finish = [a](kernel_builder<Chip>& b, local_tensor const& y) {
            if (a.do_relu && a.relu_limit > 0) cv18xx_emit::with_constant<"tensor.min">(b, y, y, a.relu_limit);
        };
        bool const biased = c.operands.size() > 2 && c.operands[2];
        if (!has_constant_matrix(d, c)) {
            if (biased) throw model_error{error_code::lowering_missing, c.name, "a bias of two computed matrices"};
            check_types(c, dtype::bf16, {c.operands[1]});
            return computed_product<Chip>(d, {dtype::bf16, a.left_transpose, a.right_transpose, a.do_relu}, c, finish);
        }
        convolution_form f{.w = {}, .type = dtype::bf16, .biased = biased, .relu = a.do_relu};
        if (biased) f.channels = bias_halves(bias_of(c, d.columns), d.columns);
        return constant_product(d, c, a.left_transpose, a.right_transpose).template plan<Chip>(f, c, finish);
    }

private:
    static tensor const& bias_of(lowering_context const& c, std::int64_t columns) {
        if (!c.payloads[2]) throw model_error{error_code::lowering_missing, c.name, "the bias is not constant"};
        std::int64_t const length = c.payloads[2]->size();
        if (length != 1 && length != columns)
            throw model_error{error_code::lowering_missing, c.name,
                              "a bias of " + std::to_string(length) + " elements; the chip has one for each column"};
        return *c.payloads[2];
    }
};

} // namespace tpu_convert
