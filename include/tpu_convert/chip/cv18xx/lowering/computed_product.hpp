// Product of two computed matrices, one of a batch after the other.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/matrix.hpp>
#include <tpu_convert/chip/cv18xx/lowering/every_element.hpp>

namespace tpu_convert::cv18xx_lowering {

struct matrix_form {
    dtype type = dtype::i8;
    bool left_turned = false, right_turned = false, relu = false;
    std::optional<cv18xx_emit::doubled> by = std::nullopt; // of integers
};

// out(b, m, n) as (rows, columns / w, batch, w). finish: what is done to the result of a tile.
template <class Chip>
kernel_plan<Chip> computed_product(op::mat_mul::sizes const& d, matrix_form const& f, lowering_context const& c,
                                   std::function<void(kernel_builder<Chip>&, local_tensor const&)> finish) {
    std::int64_t const left = element_count(d.left_batch), right = element_count(d.right_batch), batch = std::max(left, right);
    if (left != right && left != 1 && right != 1)
        throw model_error{error_code::lowering_missing, c.name, "batches that are repeated in part"};
    if (d.depth > size_limit)
        throw model_error{error_code::lowering_missing, c.name, "a sum of more than " + std::to_string(size_limit) + " products"};
    auto const bytes = static_cast<std::int64_t>(bytes_of(f.type));
    // A channel of the right matrix has as many rows as there are products in a sum.
    std::int64_t const room = Chip::lane_memory_bytes / 4 / d.depth / Chip::eu_bytes * Chip::eu_bytes / bytes;
    dims4 const n = detail::spread<Chip>(d.columns, bytes, std::max(room, Chip::eu_bytes / bytes));
    dims4 const k = detail::spread<Chip>(d.depth, bytes);
    std::int64_t const left_step = left == 1 ? 0 : d.rows * d.depth, right_step = right == 1 ? 0 : d.depth * d.columns;
    auto const matrix = [&](std::int64_t rows, dims4 const& columns, std::int64_t step, bool turned) -> view {
        std::int64_t const length = columns[1] * columns[3], row = turned ? 1 : length, column = turned ? rows : 1;
        return {{rows, columns[1], batch, columns[3]}, {row, columns[3] * column, step, column}, 0};
    };
    kernel_plan<Chip> p;
    p.inputs = {{0, matrix(d.rows, k, left_step, f.left_turned), f.type},
                {1, matrix(d.depth, n, right_step, f.right_turned), f.type}};
    p.outputs = {{0, matrix(d.rows, n, d.rows * d.columns, false), f.type}};
    p.cuts = limited_cuts();
    p.cuts[2].most = 1, p.cuts[3].allowed = false;
    p.input_box = [k, n, depth = d.depth](std::size_t i, box const& b) -> box {
        if (i == 0) return {{b.begin[0], 0, b.begin[2], 0}, {b.size[0], k[1], b.size[2], k[3]}};
        return {{0, b.begin[1], b.begin[2], 0}, {depth, b.size[1], b.size[2], n[3]}};
    };
    p.emit = [by = f.by, relu = f.relu, finish](kernel_builder<Chip>& b, tile const& t) {
        cv18xx_emit::matrix_product(b, t.outputs[0], t.inputs[0], t.inputs[1], by, relu);
        finish(b, t.outputs[0]);
    };
    return p;
}

} // namespace tpu_convert::cv18xx_lowering
