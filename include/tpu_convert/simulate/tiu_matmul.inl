// Matrix products as contractions: rows of the result are positions, its columns are outputs.
#pragma once
#include <algorithm>
#include <cstring>
#include <tpu_convert/simulate/contraction.hpp>
#include <tpu_convert/simulate/tiu_matmul.hpp>

namespace tpu_convert::simulate {

namespace detail {

inline constexpr std::size_t rows_together = 32;

// A matrix as rows of floats.
struct dense_matrix {
    std::size_t rows = 0, columns = 0;
    std::vector<float> values;
    float const* row(std::size_t r) const { return values.data() + r * columns; }
};

// at(row, first column of a stretch) with `width` columns per stretch.
template <class At>
dense_matrix load_matrix(std::size_t rows, std::size_t columns, std::size_t width, mac_operand const& o, precision p, At&& at) {
    dense_matrix d{rows, columns, std::vector<float>(rows * columns)};
    if (o.is_constant) {
        std::fill(d.values.begin(), d.values.end(), constant_value(o.address, p, o.is_signed));
        return d;
    }
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t first = 0; first < columns; first += width)
            load_values(d.values.data() + r * columns + first, at(r, first), 1, std::min(width, columns - first), p, o.is_signed);
    return d;
}

TPU_CONVERT_INLINE contraction plan_product(std::size_t rows, std::size_t columns, std::size_t inner, std::size_t together) {
    contraction s;
    s.blocks = (columns + output_block - 1) / output_block;
    s.positions = std::min(rows, rows_together), s.rows = (rows + s.positions - 1) / s.positions;
    s.row_step = s.positions * inner, s.position_step = inner;
    s.block_weights = inner * output_block;
    for (std::size_t k = 0; k < inner; k += together)
        s.segments.push_back({k, k * output_block, static_cast<std::uint32_t>(std::min(together, inner - k))});
    s.x.resize(s.rows * s.positions * inner);
    s.w.resize(s.blocks * s.block_weights);
    return s;
}

TPU_CONVERT_INLINE void check_product(double rows, double columns, double inner) {
    if (rows == 0 || columns == 0 || inner == 0) throw model_error{error_code::machine_fault, "", "a matrix has a size of 0"};
    check_work((rows + rows_together) * inner, most_elements, "elements of the left matrix");
    check_work((columns + output_block) * inner, most_elements, "elements of the right matrix");
    check_work(rows * columns * inner, most_products, "products");
}

// left and right hold rows over k, or, if transposed, columns.
TPU_CONVERT_INLINE void pack_product(contraction& s, dense_matrix const& left, bool left_turned, dense_matrix const& right,
                                     bool right_turned) {
    std::size_t const inner = s.position_step;
    if (left_turned)
        for (std::size_t k = 0; k < inner; ++k)
            for (std::size_t r = 0; r < left.columns; ++r) s.x[r * inner + k] = left.row(k)[r];
    else
        std::copy(left.values.begin(), left.values.end(), s.x.begin());
    std::size_t const columns = right_turned ? right.columns : right.rows;
    for (std::size_t k = 0; k < inner; ++k)
        for (std::size_t o = 0; o < columns; ++o)
            s.w[o / output_block * s.block_weights + k * output_block + o % output_block] =
                right_turned ? right.row(k)[o] : right.row(o)[k];
}

// line(row, first column) is where the result's row begins; bias may be empty.
template <class Sum, class Line>
void sum_product(contraction const& s, std::size_t rows, std::size_t columns, std::size_t width, precision result, bool add,
                 std::vector<float> const& bias, Line&& line) {
    using value = typename Sum::value;
    std::size_t const half = s.positions * output_block;
    auto const each = [&](std::size_t block, std::size_t row, auto&& visit) {
        for (std::size_t p = 0; p < s.positions && row * s.positions + p < rows; ++p)
            for (std::size_t o = block * output_block, i = 0; i < output_block && o < columns;) {
                std::size_t const n = std::min({output_block - i, columns - o, width - o % width});
                visit(row * s.positions + p, o, p * output_block + i, n);
                o += n, i += n;
            }
    };
    run_contraction<Sum>(
        s,
        [&](std::size_t block, std::size_t row, value* to) {
            std::fill_n(to, Sum::accumulators * half, value{});
            each(block, row, [&](std::size_t r, std::size_t o, std::size_t at, std::size_t n) {
                value* const last = to + (Sum::accumulators - 1) * half + at; // the accumulator that old results enter
                if (add) std::memcpy(last, line(r, o), n * sizeof(value));
                for (std::size_t i = 0; i < n && !bias.empty(); ++i) (add ? to + at : last)[i] = static_cast<value>(bias[o + i]);
            });
        },
        [&](std::size_t block, std::size_t row, value const* from) {
            each(block, row, [&](std::size_t r, std::size_t o, std::size_t at, std::size_t n) {
                store_sums(line(r, o), from + at, 1, n, result);
            });
        });
}

// Rows in lanes.
TPU_CONVERT_INLINE local_operand lane_matrix(std::uint32_t address, std::size_t rows, std::size_t columns, precision p,
                                             memory_sizes const& m) {
    return aligned_operand(address, {1, static_cast<std::uint32_t>(rows), 1, static_cast<std::uint32_t>(columns)}, p, m);
}

TPU_CONVERT_INLINE dense_matrix load_lane_matrix(machine_memory& m, mac_operand const& o, std::size_t rows, std::size_t columns,
                                                 precision p) {
    local_operand const where = lane_matrix(o.address, rows, columns, p, m.sizes());
    if (!o.is_constant) m.reads(where.covers());
    return load_matrix(rows, columns, columns, o, p,
                       [&](std::size_t r, std::size_t) { return row_start(m, where, 0, static_cast<std::uint32_t>(r)); });
}

// The right operand less its zero point, as stored: nn and nt have a row of zero points in each lane, tt one for each row.
TPU_CONVERT_INLINE void subtract_zero(machine_memory& m, matmul2_command const& c, dense_matrix& right) {
    if (c.zero.is_constant || c.form == matmul_form::tt) {
        std::vector<float> const zero = channel_values(m, c.zero, static_cast<std::uint32_t>(right.rows), 1, precision::i8);
        for (std::size_t i = 0; i < right.values.size(); ++i) right.values[i] -= zero[i / right.columns];
        return;
    }
    std::uint32_t const lanes = m.sizes().lanes, first = c.zero.address / m.sizes().lane_bytes;
    mac_operand const all{c.zero.address % m.sizes().lane_bytes, false, c.zero.is_signed}; // the same offset in every lane
    dense_matrix const zero = load_lane_matrix(m, all, lanes, c.columns, precision::i8);
    for (std::size_t r = 0; r < right.rows; ++r)
        for (std::size_t k = 0; k < right.columns; ++k)
            right.values[r * right.columns + k] -= zero.row((first + r) % lanes)[c.form == matmul_form::nn ? k : r];
}

} // namespace detail

TPU_CONVERT_INLINE void run_matmul2(machine_memory& m, matmul2_command const& c) {
    using namespace detail;
    bool const integer = c.type == precision::i8, half = is_float(c.type) && bytes_of(c.type) == 2;
    bool const fits = integer ? c.result_type == precision::i32
                              : c.result_type == precision::f32 || (c.result_type == c.type && !c.add_to_result);
    if (!(integer || half) || !fits)
        throw model_error{error_code::machine_fault, "MM2", "the chip has no such product of these types; float32 has MM"};
    check_product(c.rows, c.columns, c.inner);
    contraction s = plan_product(c.rows, c.columns, c.inner, m.sizes().vector_bytes / bytes_of(c.type));
    bool const tt = c.form == matmul_form::tt, nn = c.form == matmul_form::nn;
    dense_matrix const opd0 = load_lane_matrix(m, c.left, tt ? c.inner : c.rows, tt ? c.columns : c.inner, c.type);
    dense_matrix opd1 = load_lane_matrix(m, c.right, nn ? c.inner : tt ? c.rows : c.columns, nn ? c.columns : c.inner, c.type);
    if (integer) subtract_zero(m, c, opd1);
    if (tt) pack_product(s, opd1, false, opd0, true);
    else pack_product(s, opd0, false, opd1, nn);
    local_operand const result = lane_matrix(c.result_address, c.rows, c.columns, c.result_type, m.sizes());
    if (c.add_to_result) m.reads(result.covers());
    m.writes(result.covers());
    auto const line = [&](std::size_t r, std::size_t o) {
        return row_start(m, result, 0, static_cast<std::uint32_t>(r)) + o * result.bytes;
    };
    if (integer) sum_product<integer_sum>(s, c.rows, c.columns, c.columns, c.result_type, c.add_to_result, {}, line);
    else sum_product<aligned_sum>(s, c.rows, c.columns, c.columns, c.result_type, c.add_to_result, {}, line);
}

TPU_CONVERT_INLINE void run_matmul(machine_memory& m, matmul_command const& c) {
    using namespace detail;
    std::size_t const columns = std::size_t{c.result_width} * c.result_channels;
    check_product(c.rows, static_cast<double>(columns), c.inner);
    auto const matrix = [&](std::uint32_t address, std::uint32_t rows, std::uint32_t channels, std::uint32_t width) {
        return aligned_operand(address, {rows, channels, 1, width}, precision::f32, m.sizes());
    };
    auto const at = [&](local_operand const& o) {
        return [&m, o](std::size_t r, std::size_t column) {
            return row_start(m, o, static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(column / o.size.w)) +
                   column % o.size.w * 4;
        };
    };
    contraction s = plan_product(c.rows, columns, c.inner, 1);
    std::uint32_t const down = c.left_transposed ? c.inner : c.rows, across = c.left_transposed ? c.rows : c.inner;
    local_operand const left = matrix(c.left.address, down, c.left_channels, c.left_width);
    local_operand const right = matrix(c.right.address, c.inner, c.result_channels, c.result_width);
    local_operand const bias = matrix(c.bias.address, 1, c.result_channels, c.result_width);
    local_operand const result = matrix(c.result_address, c.rows, c.result_channels, c.result_width);
    if (!c.left.is_constant) m.reads(left.covers());
    m.reads(right.covers());
    if (!c.bias.is_constant) m.reads(bias.covers());
    pack_product(s, load_matrix(down, across, c.left_width, c.left, precision::f32, at(left)), c.left_transposed,
                 load_matrix(c.inner, columns, c.result_width, c.right, precision::f32, at(right)), true);
    std::vector<float> const start = load_matrix(1, columns, c.result_width, c.bias, precision::f32, at(bias)).values;
    if (c.add_to_result) m.reads(result.covers());
    m.writes(result.covers());
    sum_product<paired_sum>(s, c.rows, columns, c.result_width, precision::f32, c.add_to_result, start, at(result));
}

} // namespace tpu_convert::simulate
