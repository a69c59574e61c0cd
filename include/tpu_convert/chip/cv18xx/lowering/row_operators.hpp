// Operators that go along rows, of bf16: means, sums and maxima over the last axes, normalizations. Rows lie in lanes.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/interpolation.hpp>
#include <tpu_convert/chip/cv18xx/emit/window.hpp>
#include <tpu_convert/chip/cv18xx/lowering/function_table.hpp>
#include <tpu_convert/chip/cv18xx/lowering/table_operand.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/layer_norm.hpp>
#include <tpu_convert/op/reduce.hpp>
#include <tpu_convert/op/rms_norm.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

// Rows as channels; nothing is cut within a row.
template <class Chip>
kernel_plan<Chip> row_plan(lowering_context const& c, std::int64_t length, std::int64_t results) {
    common_type(c), check_types(c, dtype::bf16, {c.results[0]});
    if (length > size_limit)
        throw model_error{error_code::lowering_missing, c.name,
                          "rows of " + std::to_string(length) + " elements; the chip's have " + std::to_string(size_limit)};
    std::int64_t const rows = element_count(c.operands[0]->dims) / length;
    kernel_plan<Chip> p;
    p.inputs = {{0, view::dense({1, rows, 1, length}), dtype::bf16}};
    p.outputs = {{0, view::dense({1, rows, 1, results}), dtype::bf16}};
    p.cuts = limited_cuts();
    p.cuts[3].allowed = false;
    p.input_box = [length](std::size_t, box const& b) -> box {
        return {b.begin, {b.size[0], b.size[1], b.size[2], length}};
    };
    return p;
}

inline std::int64_t length_from(std::int64_t axis, lowering_context const& c) {
    shape const& dims = c.operands[0]->dims;
    auto const first = tpu_convert::detail::axis_of(c.name, axis, dims.size());
    return element_count(shape(dims.begin() + static_cast<std::ptrdiff_t>(first), dims.end()));
}

// dst = sum of each row times share.
template <class Chip>
void sum_rows(kernel_builder<Chip>& b, local_tensor const& dst, local_tensor const& x, double share) {
    window w;
    w.kernel_w = x.dims[3];
    cv18xx_emit::average(b, dst, x, w, share, 0, false);
}

// (x - mean) / sqrt(variance + eps), or without the mean; then a factor and a bias for each place, where they are given.
template <class Chip>
kernel_plan<Chip> normalized_rows(lowering_context const& c, std::int64_t length, double eps, bool centered) {
    auto p = row_plan<Chip>(c, length, length);
    std::int64_t const rows = p.inputs[0].global.dims[1];
    std::array<std::size_t, 2> at{}; // of factor and bias among the inputs; 0: there is none
    for (std::size_t i = 1; i < c.operands.size() && i < 3; ++i)
        if (c.operands[i]) {
            at[i - 1] = p.inputs.size();
            p.inputs.push_back({i, {{1, rows, 1, length}, {0, 0, 0, 1}, 0}, dtype::bf16});
        }
    add_tables(p, tabulate([](void const*, double x) { return 1 / std::sqrt(x); }, nullptr));
    p.emit = [at, eps, centered, tables = p.inputs.size() - 1](kernel_builder<Chip>& b, tile const& t) {
        using namespace cv18xx_emit;
        local_tensor const &x = t.inputs[0], &y = t.outputs[0];
        double const share = 1.0 / static_cast<double>(x.dims[3]);
        local_tensor const square = b.scratch(y.dims, y.type, y.layout);
        local_tensor const one = b.scratch({1, y.dims[1], 1, 1}, y.type), root = b.scratch({1, y.dims[1], 1, 1}, y.type);
        if (centered) sum_rows(b, one, x, share), with_tensor<"tensor.sub">(b, y, x, one);
        local_tensor const& d = centered ? y : x;
        with_tensor<"tensor.mul">(b, square, d, d);
        sum_rows(b, one, square, share);
        with_constant<"tensor.add">(b, one, one, eps);
        by_exponent<"tensor.mul">(b, root, one, t.inputs[tables]);
        with_tensor<"tensor.mul">(b, y, d, root);
        if (at[0]) with_tensor<"tensor.mul">(b, y, y, t.inputs[at[0]]);
        if (at[1]) with_tensor<"tensor.add">(b, y, y, t.inputs[at[1]]);
    };
    return p;
}

} // namespace cv18xx_lowering

template <cv18xx_chip Chip>
struct lowering<op::layer_norm, Chip> {
    static kernel_plan<Chip> plan(op::layer_norm::attributes const& a, lowering_context const& c) {
        return cv18xx_lowering::normalized_rows<Chip>(c, cv18xx_lowering::length_from(a.axis, c), a.eps, true);
    }
};
template <cv18xx_chip Chip>
struct lowering<op::rms_norm, Chip> {
    static kernel_plan<Chip> plan(op::rms_norm::attributes const& a, lowering_context const& c) {
        return cv18xx_lowering::normalized_rows<Chip>(c, cv18xx_lowering::length_from(a.axis, c), a.eps, false);
    }
};

template <cv18xx_chip Chip>
struct lowering<op::reduce, Chip> {
    static kernel_plan<Chip> plan(op::reduce::attributes const& a, lowering_context const& c) {
        shape const& dims = c.operands[0]->dims;
        auto const gone = tpu_convert::detail::axis_set(op::reduce::name, a.axes, dims.size());
        std::int64_t length = 1;
        std::size_t kept = dims.size();
        for (; kept > 0 && gone[kept - 1]; --kept) length *= dims[kept - 1];
        bool const trailing = std::find(gone.begin(), gone.begin() + static_cast<std::ptrdiff_t>(kept), true) ==
                              gone.begin() + static_cast<std::ptrdiff_t>(kept);
        bool const known = a.mode == reduce_mode::mean || a.mode == reduce_mode::sum || a.mode == reduce_mode::max;
        if (!trailing || !known)
            throw model_error{error_code::lowering_missing, c.name,
                              "the chip has the mean, the sum and the maximum over the last axes"};
        auto p = cv18xx_lowering::row_plan<Chip>(c, length, 1);
        p.emit = [mode = a.mode](kernel_builder<Chip>& b, tile const& t) {
            auto const n = t.inputs[0].dims[3];
            windows::window w;
            w.kernel_w = n;
            if (mode == reduce_mode::max) cv18xx_emit::max_pool(b, t.outputs[0], t.inputs[0], w);
            else
                cv18xx_lowering::sum_rows(b, t.outputs[0], t.inputs[0],
                                          mode == reduce_mode::sum ? 1 : 1.0 / static_cast<double>(n));
        };
        return p;
    }
};

} // namespace tpu_convert
