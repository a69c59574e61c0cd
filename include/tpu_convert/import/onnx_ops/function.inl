// ONNX functions of one or two numbers that become others.
#pragma once
#include <cmath>
#include <limits>
#include <numbers>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// pi / 2 - acos x
inline operand arcsine(steps const& f, operand const& x) { return f.sub(f.number(std::numbers::pi / 2), f("Acos", {x})); }

inline results import_asin(context& c) { return {arcsine(steps{c}, c.in(0))}; }

// asin(x / sqrt(x^2 + 1))
inline results import_atan(context& c) {
    steps const f{c};
    operand const root = f("Sqrt", {f.add(f.mul(c.in(0), c.in(0)), f.number(1))});
    return {arcsine(f, f.div(c.in(0), root))};
}

// The sign of x times log(|x| + sqrt(x^2 + 1))
inline results import_asinh(context& c) {
    steps const f{c};
    operand const root = f("Sqrt", {f.add(f.mul(c.in(0), c.in(0)), f.number(1))});
    return {f.mul(f("Sign", {c.in(0)}), f("Log", {f.add(f("Abs", {c.in(0)}), root)}))};
}

// log(x + sqrt(x^2 - 1))
inline results import_acosh(context& c) {
    steps const f{c};
    return {f("Log", {f.add(c.in(0), f("Sqrt", {f.sub(f.mul(c.in(0), c.in(0)), f.number(1))}))})};
}

// What is not above -1 though it has no sign. (Not what differs from itself: a chip may compare bits.)
inline results import_is_nan(context& c) {
    steps const f{c};
    return {f("Not", {f("Greater", {f("Abs", {c.in(0)}), f.number(-1)})})};
}

inline results import_is_inf(context& c) {
    steps const f{c};
    double const infinity = std::numeric_limits<double>::infinity();
    bool const negative = c.integer("detect_negative", 1) != 0, positive = c.integer("detect_positive", 1) != 0;
    operand const x = negative && positive ? f("Abs", {c.in(0)}) : c.in(0);
    if (!negative && !positive) return {f("Less", {f.mul(x, f.number(0)), f.number(-1)})};
    return {f("Equal", {x, f.number(positive ? infinity : -infinity)})};
}

// x - bias above lambd, x + bias below -lambd, 0 between.
inline results import_shrink(context& c) {
    steps const f{c};
    double const bias = c.real("bias", 0), lambda = c.real("lambd", 0.5);
    operand const above = f("Greater", {c.in(0), f.number(lambda)}), below = f("Less", {c.in(0), f.number(-lambda)});
    operand const high = f.where(above, f.sub(c.in(0), f.number(bias)), f.number(0));
    return {f.typed(f.where(below, f.add(c.in(0), f.number(bias)), high), c.in(0).type)};
}

// x 2^n, or x / 2^n cut down; what leaves the type's bits is lost.
inline results import_bit_shift(context& c) {
    steps const f{c};
    dtype const type = c.in(0).type;
    operand const x = f.typed(c.in(0), dtype::f32);
    operand const power = f("Round", {f("Pow", {f.number(2), f.typed(c.in(1), dtype::f32)})});
    if (c.text("direction", "") == "RIGHT") return {f.typed(f("Floor", {f.div(x, power)}), type)};
    operand const product = f.mul(x, power);
    if (bytes_of(type) > 2) return {f.typed(product, type)};
    double const size = std::ldexp(1, static_cast<int>(bytes_of(type)) * 8);
    return {f.typed(f("Mod", {product, f.number(size)}), type)};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> function_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Acosh", import_acosh},
        {"Asin", import_asin},
        {"Asinh", import_asinh},
        {"Atan", import_atan},
        {"BitShift", import_bit_shift},
        {"IsInf", import_is_inf},
        {"IsNaN", import_is_nan},
        {"Shrink", import_shrink},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
