// Products with a constant right matrix, of 8-bit integers and of bf16.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/channel_table.hpp>
#include <tpu_convert/chip/cv18xx/lowering/constant_product.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::integer_mat_mul, Chip> {
    static kernel_plan<Chip> plan(op::integer_mat_mul::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        auto const d = op::mat_mul::dimensions(op::integer_mat_mul::shape_attributes(a),
                                               std::vector{c.operands[0]->dims, c.operands[1]->dims});
        constant_product const product(d, c, a.left_transpose, a.right_transpose);
        check_integers(c, {c.operands[0], c.operands[1], c.results[0]});
        channel_table const table(c.name, a, a.bias, d.columns);
        return product.template plan<Chip>(
            {.w = {}, .type = dtype::i8, .channels = table.operand(), .biased = table.biased(), .relu = a.lowest == 0}, c,
            [lowest = a.lowest, highest = a.highest](kernel_builder<Chip>& b, local_tensor const& y) {
                cv18xx_emit::apply_bounds(b, y, lowest, highest);
            });
    }
};

template <cv18xx_chip Chip>
struct lowering<op::mat_mul, Chip> {
    static kernel_plan<Chip> plan(op::mat_mul::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        auto const d = op::mat_mul::dimensions(a, std::vector{c.operands[0]->dims, c.operands[1]->dims});
        constant_product const product(d, c, a.left_transpose, a.right_transpose);
        check_types(c, dtype::bf16, {c.operands[0], c.results[0]});
        convolution_form f{.w = {}, .type = dtype::bf16, .relu = a.do_relu};
        f.biased = c.operands.size() > 2 && c.operands[2];
        if (f.biased) f.channels = bias_halves(bias_of(c, d.columns), d.columns);
        return product.template plan<Chip>(f, c, [a](kernel_builder<Chip>& b, local_tensor const& y) {
            if (a.do_relu && a.relu_limit > 0) cv18xx_emit::with_constant<"tensor.min">(b, y, y, a.relu_limit);
        });
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
