// ONNX operators that compute element by element: functions of one or two numbers, comparisons, logic.
#pragma once
#include <algorithm>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/op/abs.hpp>
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/arccos.hpp>
#include <tpu_convert/op/arctanh.hpp>
#include <tpu_convert/op/ceil.hpp>
#include <tpu_convert/op/compare.hpp>
#include <tpu_convert/op/compare_const.hpp>
#include <tpu_convert/op/cos.hpp>
#include <tpu_convert/op/cosh.hpp>
#include <tpu_convert/op/div.hpp>
#include <tpu_convert/op/erf.hpp>
#include <tpu_convert/op/exp.hpp>
#include <tpu_convert/op/floor.hpp>
#include <tpu_convert/op/log.hpp>
#include <tpu_convert/op/logical_and.hpp>
#include <tpu_convert/op/max.hpp>
#include <tpu_convert/op/min.hpp>
#include <tpu_convert/op/mod.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/op/pow.hpp>
#include <tpu_convert/op/pow2.hpp>
#include <tpu_convert/op/pow3.hpp>
#include <tpu_convert/op/reciprocal.hpp>
#include <tpu_convert/op/round.hpp>
#include <tpu_convert/op/sign.hpp>
#include <tpu_convert/op/sin.hpp>
#include <tpu_convert/op/sinh.hpp>
#include <tpu_convert/op/sqrt.hpp>
#include <tpu_convert/op/sub.hpp>
#include <tpu_convert/op/tan.hpp>
#include <tpu_convert/op/where.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

template <operation Op>
results import_unary(context& c) {
    return {c.emit<Op>({}, {c.in(0)})};
}

// The second operand. Operator sets before 7 said which axis of the first its first axis is.
inline operand second(context& c) {
    operand const &x = c.in(0), &y = c.in(1);
    if (c.opset() >= 7 || !c.has("axis")) return y;
    auto const axis = checked_axis(c.integer("axis"), x.dims.size());
    auto const behind = std::ssize(x.dims) - axis - std::ssize(y.dims);
    if (behind < 0) throw unsupported{"axis " + std::to_string(axis) + " does not fit " + to_string(y.dims)};
    shape dims = y.dims;
    dims.insert(dims.end(), static_cast<std::size_t>(behind), 1);
    return reshaped(c, y, dims);
}

template <operation Op>
results import_binary(context& c) {
    return {c.emit<Op>({}, {c.in(0), second(c)})};
}

// Any number of operands, two at a time.
template <operation Op>
results import_many(context& c) {
    operand sum = c.in(0);
    for (std::size_t i = 1; i < c.count(); ++i) sum = c.emit<Op>({}, {sum, c.in(i)});
    return {sum};
}

inline results import_mean(context& c) {
    operand const sum = import_many<op::add>(c)[0];
    op::mul_const::attributes a;
    a.const_val = 1.0 / static_cast<double>(c.count());
    return {c.emit<op::mul_const>(a, {sum})};
}

inline results import_neg(context& c) {
    op::mul_const::attributes a;
    a.const_val = -1;
    return {c.emit<op::mul_const>(a, {c.in(0)})};
}

// a / b of whole numbers, cut toward zero: the sign of a / b times floor((|a| + 1/4) / |b|). The quarter keeps a quotient that is
// rounded down from falling below a whole number, for |a| up to 2^20; it takes none up: from 2^23 on it is lost in rounding.
inline operand whole_quotient(context& c, operand const& a, operand const& b) {
    steps const f{c};
    auto const positive = [](double v) { return v > 0; };
    operand const x = f.typed(a, dtype::f32), y = f.typed(b, dtype::f32);
    bool const signed_x = is_signed(a.type);
    bool const signed_y = is_signed(b.type) && !(b.value && std::ranges::all_of(doubles_of(*b.value), positive));
    operand const size = signed_x ? f("Abs", {x}) : x, divisor = signed_y ? f("Abs", {y}) : y;
    operand quotient = f("Floor", {f.div(f.add(size, f.number(0.25)), divisor)});
    if (signed_x) quotient = f.mul(f("Sign", {x}), quotient);
    if (signed_y) quotient = f.mul(f("Sign", {y}), quotient);
    return f.typed(quotient, a.type);
}

// Integers are divided toward zero.
inline results import_div(context& c) {
    operand const &a = c.in(0), b = second(c);
    if (is_float(a.type) || (a.value && b.value)) return {c.emit<op::div>({}, {a, b})};
    return {whole_quotient(c, a, b)};
}

// fmod has the sign of the dividend.
inline results import_mod(context& c) {
    operand const &a = c.in(0), &b = c.in(1);
    if (!c.integer("fmod", 0)) return {c.emit<op::mod>({}, {a, b})};
    operand const size = c.emit<op::mod>({}, {c.emit<op::abs>({}, {a}), c.emit<op::abs>({}, {b})});
    return {c.emit<op::mul>({}, {c.emit<op::sign>({}, {a}), size})};
}

inline results import_pow(context& c) {
    auto const single = [](operand const& o) { return o.value && element_count(o.dims) == 1; };
    operand const &base = c.in(0), &exponent = c.in(1);
    if (single(exponent) && exponent.dims.size() <= base.dims.size()) {
        op::pow::attributes a;
        a.exponent = c.known_reals(1, "exponent")[0];
        return {c.emit<op::pow>(a, {base})};
    }
    if (single(base) && base.dims.size() <= exponent.dims.size()) {
        op::pow2::attributes a;
        a.const_val = c.known_reals(0, "base")[0];
        return {c.emit<op::pow2>(a, {exponent}, base.type)};
    }
    return {c.emit<op::pow3>({}, {base, exponent})};
}

template <compare_mode Mode>
results import_compare(context& c) {
    op::compare::attributes a;
    a.mode = Mode;
    return {c.emit<op::compare>(a, {c.in(0), second(c)}, dtype::boolean)};
}

// Truth values are 0 and 1.
inline results import_not(context& c) {
    op::compare_const::attributes a;
    a.mode = compare_mode::equal;
    return {c.emit<op::compare_const>(a, {c.in(0)}, dtype::boolean)};
}

inline results import_where(context& c) { return {c.emit<op::where>({}, {c.in(0), c.in(1), c.in(2)}, c.in(1).type)}; }

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> arithmetic_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Abs", import_unary<op::abs>},
        {"Acos", import_unary<op::arccos>},
        {"Add", import_binary<op::add>},
        {"And", import_binary<op::logical_and>},
        {"Atanh", import_unary<op::arctanh>},
        {"Ceil", import_unary<op::ceil>},
        {"Cos", import_unary<op::cos>},
        {"Cosh", import_unary<op::cosh>},
        {"Div", import_div},
        {"Equal", import_compare<compare_mode::equal>},
        {"Erf", import_unary<op::erf>},
        {"Exp", import_unary<op::exp>},
        {"Floor", import_unary<op::floor>},
        {"Greater", import_compare<compare_mode::greater>},
        {"GreaterOrEqual", import_compare<compare_mode::greater_or_equal>},
        {"Less", import_compare<compare_mode::less>},
        {"LessOrEqual", import_compare<compare_mode::less_or_equal>},
        {"Log", import_unary<op::log>},
        {"Max", import_many<op::max>},
        {"Mean", import_mean},
        {"Min", import_many<op::min>},
        {"Mod", import_mod},
        {"Mul", import_binary<op::mul>},
        {"Neg", import_neg},
        {"Not", import_not},
        {"Or", import_binary<op::max>},
        {"Pow", import_pow},
        {"Reciprocal", import_unary<op::reciprocal>},
        {"Round", import_unary<op::round>},
        {"Sign", import_unary<op::sign>},
        {"Sin", import_unary<op::sin>},
        {"Sinh", import_unary<op::sinh>},
        {"Sqrt", import_unary<op::sqrt>},
        {"Sub", import_binary<op::sub>},
        {"Sum", import_many<op::add>},
        {"Tan", import_unary<op::tan>},
        {"Where", import_where},
        {"Xor", import_compare<compare_mode::not_equal>},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
