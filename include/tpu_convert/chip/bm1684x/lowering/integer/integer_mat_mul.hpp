// Product of 8-bit matrices. A constant right matrix with few rows on the left, or with parameters of its own for each column:
// a 1x1 convolution with the columns in lanes. Else rows in lanes by MM2.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/move.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer/requantization.hpp>
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::integer_mat_mul, bm1684x> {
    static kernel_plan<bm1684x> plan(op::integer_mat_mul::attributes const& a, lowering_context const& c) {
        bm1684x_lowering::check_bytes(c, 0), bm1684x_lowering::check_bytes(c, 1);
        problem const m = make_problem(a, c);
        bool const convolved = c.payloads[1] && m.right_step == 0;
        if (convolved && m.batch == 1 && m.rows <= most_convolved_rows) return columns_in_lanes(m, c, true);
        if (m.q.uniform()) return rows_in_lanes(m);
        if (convolved) return columns_in_lanes(m, c, false);
        throw model_error{error_code::lowering_missing, c.name,
                          "a computed right matrix has one multiplier and shift, not one for each column"};
    }

private:
    using builder = bm1684x_emit::builder;
    static constexpr std::int64_t most_convolved_rows = 16;

    struct problem {
        std::int64_t batch, left_step, right_step; // step 0: one matrix for all
        std::int64_t rows, depth, columns;
        bool left_transposed, right_transposed;
        bm1684x_lowering::requantization q;
        dtype left, right, out;
    };

    static problem make_problem(op::integer_mat_mul::attributes const& a, lowering_context const& c) {
        shape const &l = c.operands[0]->dims, &r = c.operands[1]->dims;
        auto d = op::mat_mul::dimensions(op::integer_mat_mul::shape_attributes(a), std::vector{l, r});
        bool const turned = a.left_transpose && l.size() > 1;
        std::int64_t left = element_count(d.left_batch);
        std::int64_t const right = element_count(d.right_batch);
        if (left != right && left != 1 && right != 1)
            throw model_error{error_code::lowering_missing, c.name,
                              "batches " + to_string(d.left_batch) + " and " + to_string(d.right_batch) + " broadcast in part"};
        if (right == 1 && !turned) d.rows *= left, left = 1; // one long left matrix
        return {std::max(left, right),
                left == 1 ? 0 : d.rows * d.depth,
                right == 1 ? 0 : d.depth * d.columns,
                d.rows,
                d.depth,
                d.columns,
                turned,
                a.right_transpose && r.size() > 1,
                bm1684x_lowering::requantization(a, a.bias),
                c.operands[0]->type,
                c.operands[1]->type,
                c.results[0]->type};
    }

    // out(b, m, n) as (rows, columns, 1, 1), or where there are many rows as (batch, columns, 1, rows).
    static kernel_plan<bm1684x> columns_in_lanes(problem const& m, lowering_context const& c, bool few) {
        using namespace bm1684x_lowering;
        std::int64_t const unit = bm1684x::ic_parallel(m.right), row = ceil_div(m.depth, unit) * unit;
        std::int64_t const row_step = m.left_transposed ? 1 : m.depth, step = m.left_transposed ? m.rows : 1;
        view left{{m.rows, m.depth, 1, 1}, {row_step, step, 0, 1}, 0};
        view out{{m.rows, m.columns, 1, 1}, {m.columns, 1, 0, 1}, 0};
        if (!few) {
            left = {{m.batch, m.depth, 1, m.rows}, {m.left_step, step, 0, row_step}, 0};
            out = {{m.batch, m.columns, 1, m.rows}, {m.rows * m.columns, 1, 0, m.columns}, 0};
        }
        kernel_plan<bm1684x> p;
        p.inputs = {{0, left, m.left},
                    {1, view::dense({1, m.columns, 1, row}), m.right, local_layout::compact,
                     pack_columns(*c.payloads[1], m.columns, m.depth, m.right_transposed, m.right)}};
        if (m.q.has_table()) p.inputs.push_back(m.q.table(m.columns));
        p.outputs = {{0, out, m.out}};
        p.input_box = [m, row](std::size_t i, box const& b) -> box {
            if (i == 0) return {{b.begin[0], 0, 0, b.begin[3]}, {b.size[0], m.depth, 1, b.size[3]}};
            return {{0, b.begin[1], 0, 0}, {1, b.size[1], 1, i == 1 ? row : 4}};
        };
        p.emit = [q = m.q](builder& b, tile const& t) {
            std::optional<local_tensor> parameters;
            if (q.has_table()) parameters = t.inputs[2];
            local_tensor const sums = b.scratch(t.outputs[0].dims, dtype::i32);
            bm1684x_emit::convolution(b, sums, t.inputs[0], t.inputs[1], std::nullopt, {});
            q.emit(b, t.outputs[0], sums, parameters);
        };
        return p;
    }

    // out(b, m, n) as (batch, rows, 1, columns).
    static kernel_plan<bm1684x> rows_in_lanes(problem const& m) {
        view left{{m.batch, m.rows, 1, m.depth}, {m.left_step, m.depth, 0, 1}, 0};
        if (m.left_transposed) left.strides[1] = 1, left.strides[3] = m.rows;
        view right{{m.batch, m.depth, 1, m.columns}, {m.right_step, m.columns, 0, 1}, 0};
        if (m.right_transposed) right = {{m.batch, m.columns, 1, m.depth}, {m.right_step, m.depth, 0, 1}, 0};
        kernel_plan<bm1684x> p;
        p.inputs = {{0, left, m.left}, {1, right, m.right}};
        if (m.q.biased()) {
            auto bias = m.q.bias_operand(m.columns);
            bias.global = view::dense({1, 1, 1, m.columns});
            bias.layout = local_layout::aligned;
            p.inputs.push_back(bias);
        }
        p.outputs = {{0, {{m.batch, m.rows, 1, m.columns}, {m.rows * m.columns, m.columns, 0, 1}, 0}, m.out}};
        p.input_box = [m](std::size_t i, box const& b) -> box {
            if (i == 0) return {{b.begin[0], b.begin[1], 0, 0}, {b.size[0], b.size[1], 1, m.depth}};
            if (i == 2) return {{0, 0, 0, b.begin[3]}, {1, 1, 1, b.size[3]}};
            if (m.right_transposed) return {{b.begin[0], b.begin[3], 0, 0}, {b.size[0], b.size[3], 1, m.depth}};
            return {{b.begin[0], 0, 0, b.begin[3]}, {b.size[0], m.depth, 1, b.size[3]}};
        };
        p.emit = [q = m.q, turned = m.right_transposed](builder& b, tile const& t) { emit_rows(b, t, q, turned); };
        return p;
    }
    static local_tensor matrix(local_tensor t, std::int64_t n) {
        t.address += n * t.strides[0] * t.bytes();
        t.dims[0] = 1;
        return t;
    }
    static void emit_rows(builder& b, tile const& t, bm1684x_lowering::requantization const& q, bool turned) {
        local_tensor const sums = b.scratch(t.outputs[0].dims, dtype::i32);
        for (std::int64_t n = 0; n < t.out.size[0]; ++n)
            bm1684x_emit::matrix_product(b, matrix(sums, n), matrix(t.inputs[0], n), matrix(t.inputs[1], n), turned);
        if (q.biased()) bm1684x_emit::add(b, sums, sums, bm1684x_emit::in_every_lane(b, t.inputs[2], sums.dims[1]));
        q.emit(b, t.outputs[0], sums, std::nullopt, false);
    }
};

} // namespace tpu_convert
