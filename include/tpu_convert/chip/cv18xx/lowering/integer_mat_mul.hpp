// Product of 8-bit matrices with a constant right side: a 1x1 convolution with the columns in lanes.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/integer_conv.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::integer_mat_mul, Chip> {
    static kernel_plan<Chip> plan(op::integer_mat_mul::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        shape const &l = c.operands[0]->dims, &r = c.operands[1]->dims;
        auto const d = op::mat_mul::dimensions(op::integer_mat_mul::shape_attributes(a), std::vector{l, r});
        if (!c.payloads[1] || element_count(d.right_batch) != 1)
            throw model_error{error_code::lowering_missing, c.name, "two computed matrices, or a batch of constant ones"};
        check_integers(c, {c.operands[0], c.operands[1], c.results[0]});
        problem const m{element_count(d.left_batch), d.rows, d.depth, d.columns, a.left_transpose && l.size() > 1};
        channel_table const table(c.name, a, a.bias, d.columns);
        kernel_plan<Chip> p;
        p.inputs = {{0, left(m), dtype::i8},
                    {1, view::dense({1, d.columns, 1, d.depth}), dtype::i8, local_layout::compact,
                     columns_of(*c.payloads[1], d.columns, d.depth, a.right_transpose && r.size() > 1)},
                    table.operand()};
        p.outputs = {{0, result(m), dtype::i8}};
        p.cuts = limited_cuts();
        p.input_box = [m, width = table.width()](std::size_t i, box const& b) -> box {
            if (i == 0) return {{b.begin[0], 0, 0, b.begin[3]}, {b.size[0], m.depth, 1, b.size[3]}};
            return {{0, b.begin[1], 0, 0}, {1, b.size[1], 1, i == 1 ? m.depth : width}};
        };
        p.emit = [biased = table.biased(), lowest = a.lowest, highest = a.highest](kernel_builder<Chip>& b, tile const& t) {
            cv18xx_emit::convolution(b, t.outputs[0], t.inputs[0], t.inputs[1], t.inputs[2], {}, biased, lowest == 0);
            cv18xx_emit::apply_bounds(b, t.outputs[0], lowest, highest);
        };
        return p;
    }

private:
    static constexpr std::int64_t few_rows = 16;
    struct problem {
        std::int64_t batch, rows, depth, columns;
        bool turned;
        bool few() const { return batch == 1 && rows <= few_rows; }
    };

    // out(b, m, n) as (rows, columns, 1, 1), or where there are many rows as (batch, columns, 1, rows).
    static view left(problem const& m) {
        std::int64_t const row = m.turned ? 1 : m.depth, step = m.turned ? m.rows : 1;
        if (m.few()) return {{m.rows, m.depth, 1, 1}, {row, step, 0, 1}, 0};
        return {{m.batch, m.depth, 1, m.rows}, {m.rows * m.depth, step, 0, row}, 0};
    }
    static view result(problem const& m) {
        if (m.few()) return {{m.rows, m.columns, 1, 1}, {m.columns, 1, 0, 1}, 0};
        return {{m.batch, m.columns, 1, m.rows}, {m.rows * m.columns, 1, 0, m.columns}, 0};
    }
    static packed_bytes columns_of(tensor const& right, std::int64_t columns, std::int64_t depth, bool turned) {
        std::vector<float> rows(static_cast<std::size_t>(columns * depth));
        for (std::int64_t n = 0; n < columns; ++n)
            for (std::int64_t k = 0; k < depth; ++k)
                rows[static_cast<std::size_t>(n * depth + k)] = right[turned ? n * depth + k : k * columns + n];
        return pack_dense(rows, dtype::i8);
    }
};

} // namespace tpu_convert
