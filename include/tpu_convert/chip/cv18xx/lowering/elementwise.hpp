// The element-wise operators of bf16, all from their bodies; those of one operand by tables where commands do not do.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/interpolation.hpp>
#include <tpu_convert/chip/cv18xx/lowering/element_sink.hpp>
#include <tpu_convert/chip/cv18xx/lowering/every_element.hpp>
#include <tpu_convert/chip/cv18xx/lowering/table_operand.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

template <class Chip>
kernel_plan<Chip> table_plan(function_table const& table, fused_relu relu, lowering_context const& c) {
    auto p = every_element<Chip>(c);
    add_tables(p, table);
    p.emit = [steps = table.steps, form = table.form, relu](kernel_builder<Chip>& b, tile const& t) {
        local_tensor const &y = t.outputs[0], &x = t.inputs[0], &tables = t.inputs[1];
        if (form == table_form::product) cv18xx_emit::by_exponent<"tensor.mul">(b, y, x, tables);
        else if (form == table_form::sum) cv18xx_emit::by_exponent<"tensor.add">(b, y, x, tables);
        else cv18xx_emit::interpolate(b, y, x, tables, steps);
        if (form == table_form::gate) cv18xx_emit::with_tensor<"tensor.mul">(b, y, y, x);
        cv18xx_emit::apply_relu(b, y, relu);
    };
    return p;
}

inline function_table reciprocal_table() {
    return tabulate([](void const*, double x) { return 1 / x; }, nullptr);
}

} // namespace cv18xx_lowering

template <elementwise_operation Op, cv18xx_chip Chip>
    requires(Op::operands.most == 1 || cv18xx_lowering::made_of_commands<typename Op::body>)
struct lowering<Op, Chip> {
    using attributes = typename Op::attributes;

    static kernel_plan<Chip> plan(attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        check_types(c, dtype::bf16, {c.results[0]});
        common_type(c);
        body_profile profile;
        Op::body::lower(a, profile);
        if (profile.needs_table) return by_table(a, c);
        auto p = every_element<Chip>(c);
        if (profile.divides) add_tables(p, reciprocal_table());
        p.emit = [profile, a](kernel_builder<Chip>& b, tile const& t) {
            element_sink<Chip> sink(b, profile, t.inputs, t.outputs[0]);
            sink.finish(Op::body::lower(a, sink), fused_relu_of(a));
        };
        return p;
    }

private:
    static kernel_plan<Chip> by_table(attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        if constexpr (Op::operands.most == 1) {
            auto const table = tabulate(
                [](void const* held, double x) {
                    return Op::body::template evaluate<double>(*static_cast<attributes const*>(held), &x);
                },
                &a);
            if (!table.fits)
                throw model_error{error_code::lowering_missing, c.name, "the chip's tables do not come near this function"};
            return table_plan<Chip>(table, fused_relu_of(a), c);
        } else
            throw model_error{error_code::lowering_missing, c.name, "the chip has tables for functions of one operand only"};
    }
};

namespace cv18xx_lowering {

// max(x, 0) + slope min(x, 0). slope_of: of a tile.
template <class Chip, class SlopeOf>
kernel_plan<Chip> two_slopes(lowering_context const& c, SlopeOf slope_of) {
    common_type(c), check_types(c, dtype::bf16, {c.results[0]});
    auto p = every_element<Chip>(c);
    p.emit = [slope_of](kernel_builder<Chip>& b, tile const& t) {
        auto const& y = t.outputs[0];
        local_tensor const negative = b.scratch(y.dims, y.type, y.layout);
        cv18xx_emit::with_constant<"tensor.min">(b, negative, t.inputs[0], 0);
        cv18xx_emit::with_constant<"tensor.max">(b, y, t.inputs[0], 0);
        cv18xx_emit::add_product(b, y, negative, slope_of(t));
    };
    return p;
}

} // namespace cv18xx_lowering

template <cv18xx_chip Chip>
struct lowering<op::leaky_relu, Chip> {
    static kernel_plan<Chip> plan(op::leaky_relu::attributes const& a, lowering_context const& c) {
        return cv18xx_lowering::two_slopes<Chip>(c, [alpha = a.alpha](tile const&) { return alpha; });
    }
};
template <cv18xx_chip Chip>
struct lowering<op::prelu, Chip> {
    static kernel_plan<Chip> plan(op::prelu::attributes const&, lowering_context const& c) {
        return cv18xx_lowering::two_slopes<Chip>(c, [](tile const& t) -> local_tensor const& { return t.inputs[1]; });
    }
};

} // namespace tpu_convert
