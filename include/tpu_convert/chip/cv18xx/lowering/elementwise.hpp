// The element-wise operators of bf16, all from their bodies; those of one operand by tables where commands do not do.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/interpolation.hpp>
#include <tpu_convert/chip/cv18xx/lowering/element_sink.hpp>
#include <tpu_convert/chip/cv18xx/lowering/every_element.hpp>
#include <tpu_convert/chip/cv18xx/lowering/table_operand.hpp>
#include <tpu_convert/op/max.hpp>
#include <tpu_convert/op/min.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

template <class Chip>
kernel_plan<Chip> table_plan(function_table const& table, fused_relu relu, lowering_context const& c) {
    auto p = every_element<Chip>(c);
    add_tables(p, table);
    p.emit = [table = std::make_shared<function_table const>(table), relu](kernel_builder<Chip>& b, tile const& t) {
        tabulated(b, t.outputs[0], t.inputs[0], t.inputs[1], *table);
        cv18xx_emit::apply_relu(b, t.outputs[0], relu);
    };
    return p;
}

// Inputs of a tile by the number of their operand.
inline std::vector<local_tensor> by_operand(std::vector<std::size_t> const& operands, std::vector<local_tensor> const& inputs) {
    std::vector<local_tensor> all;
    for (std::size_t i = 0; i < operands.size(); ++i) {
        all.resize(std::max(all.size(), operands[i] + 1));
        all[operands[i]] = inputs[i];
    }
    return all;
}

} // namespace cv18xx_lowering

// One table for the whole body where that comes near, else step by step.
template <elementwise_operation Op, cv18xx_chip Chip>
struct lowering<Op, Chip> {
    using attributes = typename Op::attributes;

    static kernel_plan<Chip> plan(attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        bool const compares = is_one_of<Op, op::max, op::min> && c.results[0]->type == dtype::i8; // so do whole numbers
        if (!compares) check_types(c, dtype::bf16, {c.results[0]});
        common_type(c);
        auto const profile = std::make_shared<body_profile>();
        Op::body::lower(a, *profile);
        if constexpr (Op::operands.most == 1)
            if (!profile->made_of_commands)
                if (auto const table = table_of(a); table.fits) return table_plan<Chip>(table, fused_relu_of(a), c);
        for (auto const& t : profile->tables)
            if (!t.fits)
                throw model_error{error_code::lowering_missing, c.name, "the chip's tables do not come near this function"};
        auto p = every_element<Chip>(c);
        std::vector<std::size_t> operands;
        for (auto const& i : p.inputs) operands.push_back(i.operand);
        for (auto const& t : profile->tables) add_tables(p, t);
        p.emit = [profile, operands, a](kernel_builder<Chip>& b, tile const& t) {
            element_sink<Chip> sink(b, *profile, by_operand(operands, t.inputs), std::span(t.inputs).subspan(operands.size()),
                                    t.outputs[0]);
            sink.finish(Op::body::lower(a, sink), fused_relu_of(a));
        };
        return p;
    }

private:
    static cv18xx_lowering::function_table table_of(attributes const& a) {
        return cv18xx_lowering::tabulate(
            [](void const* held, double x) {
                return Op::body::template evaluate<double>(*static_cast<attributes const*>(held), &x);
            },
            &a);
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
