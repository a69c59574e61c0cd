// Matrix product. Few rows times a constant: a 1x1 convolution with the columns in lanes. Else rows in lanes: MM2 for 16-bit
// types; for float32 a 1x1 convolution whose "filters" are the rows of the left matrix.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/move.hpp>
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::mat_mul, bm1684x> {
    static kernel_plan<bm1684x> plan(op::mat_mul::attributes const& a, lowering_context const& c) {
        problem const m = make_problem(a, c);
        if (c.payloads[1] && m.batch == 1 && m.rows <= most_convolved_rows) return few_rows(m, c);
        return rows_in_lanes(m, c);
    }

private:
    using builder = bm1684x_emit::builder;
    static constexpr std::int64_t most_convolved_rows = 16;

    struct problem {
        std::int64_t batch, left_step, right_step; // step 0: one matrix for all
        std::int64_t rows, depth, columns;
        bool left_transposed, right_transposed;
        tensor const* bias;
        bool relu;
        double limit;
        dtype type;
    };

    static problem make_problem(op::mat_mul::attributes const& a, lowering_context const& c) {
        auto const d = op::mat_mul::dimensions(a, std::vector{c.operands[0]->dims, c.operands[1]->dims});
        std::int64_t const left = element_count(d.left_batch), right = element_count(d.right_batch);
        if (c.operands[0]->type != c.operands[1]->type && !c.payloads[1])
            throw model_error{error_code::lowering_missing, c.name,
                              "it multiplies " + std::string(info(c.operands[0]->type).name) + " by " +
                                  std::string(info(c.operands[1]->type).name)};
        if (left != right && left != 1 && right != 1)
            throw model_error{error_code::lowering_missing, c.name,
                              "batches " + to_string(d.left_batch) + " and " + to_string(d.right_batch) + " broadcast in part"};
        bool const biased = c.operands.size() > 2 && c.operands[2];
        if (biased && !c.payloads[2]) throw model_error{error_code::lowering_missing, c.name, "the bias is not constant"};
        problem m{std::max(left, right),
                  left == 1 ? 0 : d.rows * d.depth,
                  right == 1 ? 0 : d.depth * d.columns,
                  d.rows,
                  d.depth,
                  d.columns,
                  a.left_transpose,
                  a.right_transpose,
                  biased ? c.payloads[2] : nullptr,
                  a.do_relu,
                  a.relu_limit,
                  c.operands[0]->type};
        std::int64_t const length = biased ? element_count(m.bias->shape()) : 1;
        if (length != 1 && length != m.columns)
            throw model_error{error_code::lowering_missing, c.name,
                              "a bias of " + std::to_string(length) + " elements; kernels take one for each of " +
                                  std::to_string(m.columns) + " columns"};
        return m;
    }
    static packed_bytes packed_bias(problem const& m) {
        std::vector<float> full(static_cast<std::size_t>(m.columns), (*m.bias)[0]);
        if (m.bias->size() > 1) std::copy_n(m.bias->data(), m.columns, full.begin());
        return pack_dense(full, dtype::f32);
    }

    // out(m, n) as (rows, columns, 1, 1).
    static kernel_plan<bm1684x> few_rows(problem const& m, lowering_context const& c) {
        using namespace bm1684x_lowering;
        std::int64_t const unit = bm1684x::ic_parallel(m.type), row = ceil_div(m.depth, unit) * unit;
        view left{{m.rows, m.depth, 1, 1}, {m.depth, 1, 0, 0}, 0};
        if (m.left_transposed) left.strides = {1, m.rows, 0, 0};
        kernel_plan<bm1684x> p;
        p.inputs = {{0, left, m.type},
                    {1, view::dense({1, m.columns, 1, row}), m.type, local_layout::compact,
                     pack_columns(*c.payloads[1], m.columns, m.depth, m.right_transposed, m.type)}};
        if (m.bias) p.inputs.push_back({2, view::dense({1, m.columns, 1, 1}), dtype::f32, local_layout::compact, packed_bias(m)});
        p.outputs = {{0, {{m.rows, m.columns, 1, 1}, {m.columns, 1, 0, 0}, 0}, c.results[0]->type}};
        p.input_box = [m, row](std::size_t i, box const& b) -> box {
            if (i == 0) return {{b.begin[0], 0, 0, 0}, {b.size[0], m.depth, 1, 1}};
            return {{0, b.begin[1], 0, 0}, {1, b.size[1], 1, i == 1 ? row : 1}};
        };
        p.emit = [relu = m.relu, limit = m.limit](builder& b, tile const& t) {
            std::optional<local_tensor> bias;
            if (t.inputs.size() > 2) bias = t.inputs[2];
            bm1684x_emit::convolution(b, t.outputs[0], t.inputs[0], t.inputs[1], bias, {});
            if (relu) apply_relu(b, t.outputs[0], limit);
        };
        return p;
    }

    // out(b, m, n) as (batch, rows, 1, columns).
    static kernel_plan<bm1684x> rows_in_lanes(problem const& m, lowering_context const& c) {
        bool const narrow = m.type != dtype::f32;
        view left{{m.batch, m.rows, 1, m.depth}, {m.left_step, m.depth, 0, 1}, 0};
        if (m.left_transposed) left.strides[1] = 1, left.strides[3] = m.rows;
        view right{{m.batch, m.depth, 1, m.columns}, {m.right_step, m.columns, 0, 1}, 0};
        if (m.right_transposed) right.strides[1] = 1, right.strides[3] = m.depth;
        bool const columns_in_lanes = narrow && m.right_transposed; // MM2 takes the right matrix as it lies
        if (columns_in_lanes) right = {{m.batch, m.columns, 1, m.depth}, {m.right_step, m.depth, 0, 1}, 0};
        kernel_plan<bm1684x> p;
        p.inputs = {{0, left, m.type, narrow ? local_layout::aligned : local_layout::compact}, {1, right, m.type}};
        if (m.bias)
            p.inputs.push_back({2, view::dense({1, 1, 1, m.columns}), dtype::f32, local_layout::aligned, packed_bias(m)});
        p.outputs = {{0, {{m.batch, m.rows, 1, m.columns}, {m.rows * m.columns, m.columns, 0, 1}, 0}, c.results[0]->type}};
        p.input_box = [m, columns_in_lanes](std::size_t i, box const& b) -> box {
            if (i == 0) return {{b.begin[0], b.begin[1], 0, 0}, {b.size[0], b.size[1], 1, m.depth}};
            if (i == 2) return {{0, 0, 0, b.begin[3]}, {1, 1, 1, b.size[3]}};
            if (columns_in_lanes) return {{b.begin[0], b.begin[3], 0, 0}, {b.size[0], b.size[3], 1, m.depth}};
            return {{b.begin[0], 0, 0, b.begin[3]}, {b.size[0], m.depth, 1, b.size[3]}};
        };
        p.emit = [m, narrow](builder& b, tile const& t) { emit_rows(b, t, m, narrow); };
        return p;
    }
    static local_tensor matrix(local_tensor t, std::int64_t n) {
        t.address += n * t.strides[0] * t.bytes();
        t.dims[0] = 1;
        return t;
    }
    static void emit_rows(builder& b, tile const& t, problem const& m, bool narrow) {
        using namespace bm1684x_lowering;
        local_tensor const y = m.bias ? wide_result(b, t.outputs[0]) : t.outputs[0];
        for (std::int64_t n = 0; n < t.out.size[0]; ++n) {
            local_tensor const out = matrix(y, n), left = matrix(t.inputs[0], n), right = matrix(t.inputs[1], n);
            if (narrow) bm1684x_emit::matrix_product(b, out, left, right, m.right_transposed);
            else bm1684x_emit::convolution(b, out, right, left, std::nullopt, {});
        }
        if (m.bias) bm1684x_emit::add(b, y, y, bm1684x_emit::in_every_lane(b, t.inputs[2], y.dims[1]));
        if (m.relu) apply_relu(b, y, m.limit);
        if (m.bias) bm1684x_lowering::narrow(b, t.outputs[0], y);
    }
};

} // namespace tpu_convert
