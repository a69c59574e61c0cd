// Attention and what stands around it, as products of matrices and a softmax.
#pragma once
#include <cmath>
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/composed/registry.hpp>

namespace tpu_convert::op {

namespace composing {

// What is added where a query must not look: exp of it is 0, and float16 holds it.
inline constexpr double forbidden = -30000;

// The row i of a square that may look at columns up to i + columns - rows.
inline term causal_mask(composition& c, std::int64_t rows, std::int64_t columns) {
    std::vector<double> values;
    for (std::int64_t i = 0; i < rows * columns; ++i)
        values.push_back(i % columns > i / columns + columns - rows ? forbidden : 0);
    return c.constant({rows, columns}, std::move(values));
}

// Queries [batch, heads, rows, depth], keys and values [batch, key heads, columns, depth].
inline term attend(composition& c, term q, term k, term v, double scale, term mask) {
    formula const f{c};
    auto const batch = f.dim(q, 0), heads = f.dim(q, 1), rows = f.dim(q, 2), depth = f.dim(q, 3), shared = f.dim(k, 1),
               columns = f.dim(k, 2);
    f.require(shared > 0 && heads % shared == 0, "the query heads are no multiple of the key heads");
    term scores = f.product(f.shaped(q, {batch, shared, heads / shared * rows, depth}), k, true);
    scores = f.mul(scores, scale);
    if (mask) scores = f.add(f.shaped(scores, {batch, heads, rows, columns}), mask);
    term const shares = f.shaped(f.softmax(scores, -1), {batch, shared, heads / shared * rows, columns});
    return f.shaped(f.product(shares, v), {batch, heads, rows, f.dim(v, 3)});
}

// [batch, rows, heads depth] as [batch, heads, rows, depth], and back.
inline term split_heads(formula const& f, term x, std::int64_t heads) {
    auto const width = element_count(f.dims(x)) / (f.dim(x, 0) * f.dim(x, 1));
    f.require(heads > 0 && width % heads == 0, "the heads do not share the depth evenly");
    return f.turned(f.shaped(x, {f.dim(x, 0), f.dim(x, 1), heads, width / heads}), {0, 2, 1, 3});
}
inline term join_heads(formula const& f, term x) {
    term const rows = f.turned(x, {0, 2, 1, 3});
    return f.shaped(rows, {f.dim(rows, 0), f.dim(rows, 1), f.dim(rows, 2) * f.dim(rows, 3)});
}

inline term linear(composition& c, term x, std::size_t weight, std::size_t bias, bool turned = false) {
    formula const f{c};
    term const y = f.product(x, c.operand(weight), turned);
    return c.has(bias) ? f.add(y, c.operand(bias)) : y;
}

} // namespace composing

TPU_CONVERT_INLINE void scale_dot_product_attention::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const q = c.operand(0), k = c.operand(1), v = c.operand(2);
    f.require(f.rank(q) >= 2 && f.dim(q, -1) > 0, "queries, keys and values are matrices");
    double const scale = a.scale != 0 ? a.scale : 1 / std::sqrt(static_cast<double>(f.dim(q, -1)));
    term scores = f.mul(f.product(q, k, true), scale);
    if (c.has(3)) scores = f.add(scores, c.operand(3));
    if (a.is_causal) scores = f.add(scores, composing::causal_mask(c, f.dim(q, -2), f.dim(k, -2)));
    c.result(f.product(f.softmax(scores, -1), v));
}

// Without a phase, rows look at all columns that the mask leaves them.
TPU_CONVERT_INLINE void f_attention::compose(attributes const& a, composition& c) {
    formula const f{c};
    f.require(!c.has(5) && !c.has(6) && !c.has(7), "attention on a paged cache is not composed");
    auto const heads = [&](std::size_t i, std::int64_t n) {
        term const x = c.operand(i);
        f.require(f.rank(x) == 3 || (f.rank(x) == 4 && f.dim(x, 2) == n), "operands are [batch, rows, heads, depth]");
        return composing::split_heads(f, x, n);
    };
    term const q = heads(0, a.q_head), k = heads(1, a.kv_head), v = heads(2, a.kv_head);
    term mask = c.operand(3);
    if (!mask && a.phase && a.causal) mask = composing::causal_mask(c, f.dim(q, 2), f.dim(k, 2));
    term const y = composing::attend(c, q, k, v, a.scale, mask);
    c.result(a.keep_dims ? f.shaped(f.turned(y, {0, 2, 1, 3}), f.dims(c.operand(0))) : composing::join_heads(f, y));
}

TPU_CONVERT_INLINE void attention::compose(attributes const& a, composition& c) {
    formula const f{c};
    auto const made = [&](std::size_t x, std::size_t weight) {
        f.require(f.rank(c.operand(x)) == 3, "queries, keys and values are [batch, rows, depth]");
        return composing::linear(c, c.operand(x), weight, weight + 1);
    };
    auto const shared = a.num_kv_heads > 0 ? a.num_kv_heads : a.head;
    term const y =
        composing::attend(c, composing::split_heads(f, made(0, 3), a.head), composing::split_heads(f, made(1, 5), shared),
                          composing::split_heads(f, made(2, 7), shared), a.scale, c.operand(11));
    c.result(composing::linear(c, composing::join_heads(f, y), 9, 10));
}

TPU_CONVERT_INLINE void rope::compose(attributes const& a, composition& c) {
    formula const f{c};
    f.require(!c.has(3) && !c.has(4), "positions and a cache are not composed");
    term const x = c.operand(0);
    auto const width = f.dim(x, -1);
    f.require(width % 2 == 0, "the last axis has an odd size");
    bool const halves = a.rope_mode == "contiguous_halves";
    shape pairs = f.dims(x);
    pairs.pop_back();
    pairs.insert(pairs.end(), {halves ? 2 : width / 2, halves ? width / 2 : 2});
    std::int64_t const axis = halves ? -2 : -1, at = f.rank(x) + 1 + axis;
    term const paired = f.shaped(x, pairs);
    term const swapped = f.joined({f.mul(f.part(paired, axis, 1, 2), -1), f.part(paired, axis, 0, 1)}, at);
    c.result(f.add(f.mul(f.shaped(swapped, f.dims(x)), c.operand(1)), f.mul(x, c.operand(2))));
}

TPU_CONVERT_INLINE void mlp::compose(attributes const& a, composition& c) {
    formula const f{c};
    f.require(!a.is_expert && !a.quantized, "experts and quantized weights are not composed");
    term const x = c.operand(0), gate = composing::linear(c, x, 1, 4, a.right_transpose_gate);
    term const inner = f.mul(f.silu(gate), composing::linear(c, x, 2, 5, a.right_transpose_up));
    c.result(composing::linear(c, inner, 3, 6, a.right_transpose_down));
}

TPU_CONVERT_INLINE void a16_mat_mul::compose(attributes const& a, composition& c) {
    formula const f{c};
    f.require(a.weight_bits == 8, "weights of " + std::to_string(a.weight_bits) + " bits are not unpacked");
    term const w = f.real(c.operand(1));
    auto const rows = f.dim(w, 0), columns = f.dim(w, -1), groups = element_count(f.dims(c.operand(2))) / rows;
    f.require(f.rank(w) == 2 && groups > 0 && columns % groups == 0 && element_count(f.dims(c.operand(2))) == rows * groups,
              "scales do not fit the weight");
    auto const grouped = [&](std::size_t i) { return f.shaped(f.real(c.operand(i)), {rows, groups, 1}); };
    term const centred = f.sub(f.shaped(w, {rows, groups, columns / groups}), grouped(3));
    term const weight = f.shaped(f.mul(centred, grouped(2)), {rows, columns});
    term const y = f.product(c.operand(0), weight, a.right_transpose);
    c.result(c.has(4) ? f.add(y, c.operand(4)) : y);
}

} // namespace tpu_convert::op
