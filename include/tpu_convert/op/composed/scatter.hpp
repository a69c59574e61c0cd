// Places of elements and rows in flat tensors, and what is written there.
#pragma once
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/integer/scatter_rows.hpp>

namespace tpu_convert::op {

namespace composing {

// Positions are calculated in float32, which holds whole numbers up to 2^24.
inline constexpr std::int64_t most_positions = std::int64_t{1} << 24;

// Of each element of the indices: its place in the flat tensor, where the index stands for one axis.
inline term flat_positions(composition& c, term index, std::size_t axis, shape const& table) {
    formula const f{c};
    composition::exact_scope const exact(c);
    f.require(element_count(table) <= most_positions, "the tensor has more than 2^24 elements");
    shape const dims = f.dims(index), strides = dense_strides(table);
    std::vector<double> others(static_cast<std::size_t>(element_count(dims)));
    for (std::size_t i = 0; i < others.size(); ++i) {
        std::int64_t at = 0, rest = static_cast<std::int64_t>(i);
        for (std::size_t k = dims.size(); k-- > 0; rest /= dims[k])
            if (k != axis) at += rest % dims[k] * strides[k];
        others[i] = static_cast<double>(at);
    }
    term const own = f.mul(f.from_end(index, table[axis]), static_cast<double>(strides[axis]));
    return f.shaped(f.add(own, c.constant(dims, std::move(others))), {element_count(dims)});
}

// Of each row of the indices [..., k]: the place of what it names along the first k axes after `batch`.
inline term row_positions(composition& c, term index, std::size_t batch, shape const& table) {
    formula const f{c};
    composition::exact_scope const exact(c);
    auto const deep = f.dim(index, -1);
    f.require(element_count(table) <= most_positions, "the tensor has more than 2^24 elements");
    auto const count = element_count(f.dims(index)) / deep;
    std::int64_t size = 1, batches = 1;
    term sum;
    for (auto k = deep; k-- > 0;) {
        auto const axis = table[batch + static_cast<std::size_t>(k)];
        term const one = f.mul(f.from_end(f.part(index, -1, k, k + 1), axis), static_cast<double>(size));
        sum = sum ? f.add(sum, one) : one;
        size *= axis;
    }
    sum = f.shaped(sum, {count});
    for (std::size_t i = 0; i < batch; ++i) batches *= table[i];
    if (batches == 1) return sum;
    std::vector<double> first(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i)
        first[static_cast<std::size_t>(i)] = static_cast<double>(i / (count / batches) * size);
    return f.add(sum, c.constant({count}, std::move(first)));
}

inline term integral(composition& c, term positions) {
    composition::exact_scope const exact(c);
    return formula{c}.index(positions);
}

// Rows of x [rows, width] at the positions, replaced by the updates or combined with them.
inline term scattered(composition& c, std::int64_t reduction, term x, term positions, term updates) {
    formula const f{c};
    f.require(reduction == 0 || reduction == 1, "scatters that multiply or compare are not composed");
    if (reduction == 0) return c.make<scatter_rows>({}, {x, integral(c, positions), updates});
    auto const rows = f.dim(x, 0), count = f.dim(updates, 0);
    f.require(rows * count <= most_positions, "a scatter that adds has more than 2^24 pairs of rows and updates");
    term const wanted = [&] {
        composition::exact_scope const exact(c);
        return f.compare(compare_mode::equal, f.ramp(rows, 0, 2), f.shaped(positions, {1, count}));
    }();
    return f.add(x, f.product(wanted, updates));
}

} // namespace composing

} // namespace tpu_convert::op
