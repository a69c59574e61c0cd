// Sums, products, tables and changes of scale of 8-bit integers.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/bits.hpp>
#include <tpu_convert/chip/cv18xx/lowering/every_element.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::integer_sum, Chip> {
    static kernel_plan<Chip> plan(op::integer_sum::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        if (a.common_shift < 0 || c.operands.size() != 2)
            throw model_error{error_code::lowering_missing, c.name, "the chip adds two operands with one shift"};
        check_integers(c, {c.operands[0], c.operands[1], c.results[0]});
        auto p = every_element<Chip>(c);
        p.emit = [a](kernel_builder<Chip>& b, tile const& t) {
            cv18xx_emit::sum_of_products<Chip> sum(b, t.outputs[0]);
            sum.start(t.inputs[0], a.multipliers[0]);
            sum.finish(t.inputs[1], a.multipliers[1], a.common_shift, a.lowest == 0);
            cv18xx_emit::apply_bounds(b, t.outputs[0], a.lowest, a.highest);
        };
        return p;
    }
};

template <cv18xx_chip Chip>
struct lowering<op::integer_product, Chip> {
    static kernel_plan<Chip> plan(op::integer_product::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        if (a.shifts[0] < 0) throw model_error{error_code::lowering_missing, c.name, "the chip's factors are below 1"};
        check_integers(c, {c.operands[0], c.operands[1], c.results[0]});
        auto p = every_element<Chip>(c);
        p.emit = [a](kernel_builder<Chip>& b, tile const& t) {
            cv18xx_emit::product(b, t.outputs[0], t.inputs[0], t.inputs[1], {a.multipliers[0], a.shifts[0], a.lowest == 0});
            cv18xx_emit::apply_bounds(b, t.outputs[0], a.lowest, a.highest);
        };
        return p;
    }
};

// A factor of 2^k or more is a product with the constant 2^k first.
template <cv18xx_chip Chip>
struct lowering<op::requantize, Chip> {
    static kernel_plan<Chip> plan(op::requantize::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        if (a.shifts[0] < -6) throw model_error{error_code::lowering_missing, c.name, "the chip's factors are below 64"};
        check_integers(c, {c.operands[0], c.results[0]});
        auto p = every_element<Chip>(c);
        p.emit = [a](kernel_builder<Chip>& b, tile const& t) {
            std::int64_t const left = std::max<std::int64_t>(-a.shifts[0], 0);
            cv18xx_emit::product(b, t.outputs[0], t.inputs[0], std::int64_t{1} << left,
                                 {a.multipliers[0], std::max<std::int64_t>(a.shifts[0], 0), a.lowest == 0});
            cv18xx_emit::apply_bounds(b, t.outputs[0], a.lowest, a.highest);
        };
        return p;
    }
};

// Positive and negative part, of which one is 0, joined bit by bit. The negative part is multiplied by minus the slope's size, so
// that halves are rounded away from zero, and gets its sign after that.
template <cv18xx_chip Chip>
struct lowering<op::integer_prelu, Chip> {
    static kernel_plan<Chip> plan(op::integer_prelu::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        if (a.shifts[0] < 0 || a.shifts[0] > most_shift || a.slope_shift < 0 || a.slope_shift > most_shift || a.lowest < -127)
            throw model_error{error_code::lowering_missing, c.name,
                              "the chip's factors of PRelu are below 128, its results above -128"};
        check_integers(c, {c.operands[0], c.results[0]});
        lowering_context by_channel = c;
        by_channel.planes = true;
        auto p = every_element<Chip>(by_channel);
        std::int64_t const channels = p.outputs[0].global.dims[1];
        std::vector<float> sizes, signs;
        for (std::int64_t i = 0; i < channels; ++i) {
            auto const s = a.slopes[a.slopes.size() == 1 ? 0 : static_cast<std::size_t>(i)];
            sizes.push_back(static_cast<float>(-std::abs(s))), signs.push_back(s < 0 ? 1.0f : -1.0f);
        }
        for (auto const* v : {&sizes, &signs})
            p.inputs.push_back({no_operand, view::dense({1, channels, 1, 1}), dtype::i8, local_layout::aligned,
                                pack_dense(*v, dtype::i8)});
        p.input_box = [inputs = p.inputs](std::size_t i, box const& out) { return broadcast_box(inputs[i].global, out); };
        p.emit = [a](kernel_builder<Chip>& b, tile const& t) {
            using namespace cv18xx_emit;
            auto const& y = t.outputs[0];
            local_tensor const negative = b.scratch(y.dims, y.type, y.layout);
            with_constant<"tensor.min">(b, negative, t.inputs[0], 0);
            product(b, negative, negative, t.inputs[1], shifted{a.slope_shift});
            product(b, negative, negative, t.inputs[2], shifted{0});
            with_constant<"tensor.max">(b, y, t.inputs[0], 0);
            product(b, y, y, a.multipliers[0], shifted{a.shifts[0]});
            join_bits(b, y, y, negative);
            apply_bounds(b, y, a.lowest == -127 ? lowest_of(y.type) : a.lowest, a.highest);
        };
        return p;
    }

private:
    static constexpr std::int64_t most_shift = 31;
};

template <cv18xx_chip Chip>
struct lowering<op::integer_table, Chip> {
    static kernel_plan<Chip> plan(op::integer_table::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        check_integers(c, {c.operands[0], c.results[0]});
        if (a.table.size() != entry_count)
            throw model_error{error_code::lowering_missing, c.name, "a table for each channel; the chip has one for all"};
        auto p = every_element<Chip>(c);
        std::vector<float> const entries(a.table.begin(), a.table.end());
        view const repeated{{1, Chip::lanes, 1, entry_count}, {0, 0, entry_count, 1}, 0};
        p.inputs.push_back({no_operand, repeated, dtype::i8, local_layout::aligned, pack_dense(entries, dtype::i8)});
        p.input_box = [](std::size_t i, box const& b) -> box {
            return i == 0 ? b : box{{0, 0, 0, 0}, {1, Chip::lanes, 1, entry_count}};
        };
        p.emit = [](kernel_builder<Chip>& b, tile const& t) {
            cv18xx_emit::look_up(b, t.outputs[0], t.inputs[1], t.inputs[0]);
        };
        return p;
    }

private:
    static constexpr std::int64_t entry_count = op::integer_table::entry_count;
};

} // namespace tpu_convert
