// ONNX operators on the bits of whole numbers, as arithmetic: numbers of 32 bits and more are exact up to 2^24.
#pragma once
#include <cmath>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// The sum of 2^k a_k b_k, where a_k is floor(a / 2^k) modulo 2; the last bit of a signed number counts negatively.
inline operand common_bits(steps const& f, operand const& a, operand const& b) {
    auto const bits = std::min<std::int64_t>(8 * static_cast<std::int64_t>(bytes_of(a.type)), 25);
    auto const bit = [&](operand const& x, std::int64_t k) {
        operand const shifted = f("Floor", {f.mul(f.typed(x, dtype::f32), f.number(std::ldexp(1, -static_cast<int>(k))))});
        return f.sub(shifted, f.mul(f("Floor", {f.mul(shifted, f.number(0.5))}), f.number(2)));
    };
    operand sum;
    for (std::int64_t k = 0; k < bits; ++k) {
        double const weight = std::ldexp(is_signed(a.type) && k + 1 == bits ? -1 : 1, static_cast<int>(k));
        operand const both = f.mul(f.mul(bit(a, k), bit(b, k)), f.number(weight));
        sum = sum.given() ? f.add(sum, both) : both;
    }
    return sum;
}

// Of each common bit the sum of both operands has two: `share` says how many of them are too many.
template <int Sum, int Share>
results import_bits(context& c) {
    steps const f{c};
    operand const &a = c.in(0), &b = c.in(1);
    if (is_float(a.type) || a.type != b.type) throw unsupported{"its operands have not one integer type"};
    operand common = common_bits(f, a, b);
    if (Share != 1) common = f.mul(common, f.number(Share));
    if (Sum == 0) return {f.typed(common, a.type)};
    return {f.typed(f.add(f.add(f.typed(a, dtype::f32), f.typed(b, dtype::f32)), common), a.type)};
}

inline results import_bitwise_not(context& c) {
    steps const f{c};
    dtype const type = c.in(0).type;
    if (is_float(type) || (!is_signed(type) && bytes_of(type) > 2))
        throw unsupported{"its operand is " + std::string(info(type).name)};
    double const all = is_signed(type) ? -1 : std::ldexp(1, 8 * static_cast<int>(bytes_of(type))) - 1;
    return {f.typed(f.sub(f.number(all), f.typed(c.in(0), dtype::f32)), type)};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> bitwise_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"BitwiseAnd", import_bits<0, 1>},
        {"BitwiseNot", import_bitwise_not},
        {"BitwiseOr", import_bits<1, -1>},
        {"BitwiseXor", import_bits<1, -2>},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
