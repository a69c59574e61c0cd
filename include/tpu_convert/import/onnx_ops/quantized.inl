// ONNX operators on quantized numbers, computed as the real numbers that they stand for: (q - zero point) scale.
#pragma once
#include <cmath>
#include <optional>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/import/onnx_tensor.hpp>
#include <tpu_convert/op/composed/dequantize_linear.hpp>
#include <tpu_convert/op/composed/quantize_linear.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// One value for each element of an axis, so that it broadcasts to the rank; a single value stays one.
inline operand along_axis(steps const& f, operand const& v, std::int64_t axis, std::size_t rank) {
    if (element_count(v.dims) == 1) return f.shaped(v, {});
    if (v.dims.size() != 1) throw unsupported{"scales in blocks of shape " + to_string(v.dims)};
    shape dims(rank, 1);
    dims.at(static_cast<std::size_t>(axis)) = v.dims[0];
    return f.shaped(v, dims);
}

// Scales or zero points of blocks of an axis: each repeated for its block.
inline operand of_elements(context& c, operand const& v, std::int64_t axis, shape const& x) {
    steps const f{c};
    auto const block = c.integer("block_size", 0);
    if (block == 0 || element_count(v.dims) == 1) return along_axis(f, v, axis, x.size());
    auto const at = static_cast<std::size_t>(axis);
    shape fits = v.dims;
    if (v.dims.size() == x.size()) fits[at] = x[at];
    if (fits != x || block < 1 || (x[at] + block - 1) / block != v.dims[at])
        throw unsupported{"scales of shape " + to_string(v.dims) + " do not fit blocks of " + std::to_string(block)};
    shape one = v.dims, spread = v.dims, joined = v.dims;
    one.insert(one.begin() + axis + 1, 1), spread.insert(spread.begin() + axis + 1, block), joined[at] *= block;
    operand const whole = f.shaped(f("Expand", {f.shaped(v, one), c.known_vector(spread)}), joined);
    return joined == x ? whole : f.part(whole, axis, 0, x[at]);
}

inline operand without_zero_point(steps const& f, operand const& x, operand const& zero, std::int64_t axis) {
    operand const real = f.typed(x, dtype::f32);
    if (!zero.given()) return real;
    return f.sub(real, f.typed(along_axis(f, zero, axis, x.dims.size()), dtype::f32));
}

// Scales and zero points that are known stay attributes, so that deployment can use them.
struct known_scales {
    std::vector<double> scale;
    std::vector<std::int64_t> zero;
};
inline std::optional<known_scales> scales_of(context& c) {
    bool const zeros = c.has(2), known = c.in(1).value && (!zeros || c.in(2).value);
    dtype const type = zeros ? c.in(2).type : dtype::u8;
    if (c.in(0).value || !known || (type != dtype::i8 && type != dtype::u8) || c.in(1).dims.size() > 1) return {};
    known_scales k{c.known_reals(1, "scale"), std::vector<std::int64_t>(static_cast<std::size_t>(element_count(c.in(1).dims)))};
    if (zeros) k.zero = c.known_integers(2, "zero point");
    if (k.zero.size() != k.scale.size()) return {};
    return k;
}

inline results import_dequantize(context& c) {
    steps const f{c};
    if (auto const k = scales_of(c))
        return {c.emit<op::dequantize_linear>({.x_scale = k->scale, .x_zero_point = k->zero, .axis = c.integer("axis", 1)},
                                              {f.typed(c.in(0), dtype::f32)}, dtype::f32)};
    auto const rank = c.in(0).dims.size();
    auto const axis = element_count(c.in(1).dims) == 1 ? 0 : checked_axis(c.integer("axis", 1), rank);
    operand x = f.typed(c.in(0), dtype::f32);
    if (c.has(2)) x = f.sub(x, f.typed(of_elements(c, c.in(2), axis, x.dims), dtype::f32));
    return {f.mul(x, of_elements(c, c.in(1), axis, x.dims))};
}

inline results import_quantize(context& c) {
    steps const f{c};
    auto const rank = c.in(0).dims.size();
    auto const axis = element_count(c.in(1).dims) == 1 ? 0 : checked_axis(c.integer("axis", 1), rank);
    constexpr std::int64_t bytes = 2; // if neither says anything
    std::int64_t const said = c.integer("output_dtype", 0), kind = said ? said : bytes;
    auto const named = stored_dtype_of_onnx(kind);
    if (!named) throw unsupported{"it quantizes to floats of 8 bits; up to now to integers of 4, 8 and 16 bits"};
    dtype const type = c.has(2) ? c.in(2).type : *named;
    bool const four_bits = c.has(2) ? c.in(2).is_four_bits() : is_four_bits(kind);
    if (auto const k = scales_of(c); k && (type == dtype::i8 || type == dtype::u8) && !four_bits)
        return {f.typed(c.emit<op::quantize_linear>({.y_scale = k->scale, .y_zero_point = k->zero, .axis = c.integer("axis", 1),
                                                     .is_unsigned = type == dtype::u8},
                                                    {f.typed(c.in(0), dtype::f32)}, dtype::f32), type)};
    shape const& dims = c.in(0).dims;
    operand const zero = c.has(2) ? of_elements(c, c.in(2), axis, dims) : operand{};
    return {saturated(f, f.div(f.typed(c.in(0), dtype::f32), of_elements(c, c.in(1), axis, dims)), zero, type, four_bits)};
}

// Scale and zero point from the least and the greatest element, so that 0 is exact.
inline results import_dynamic_quantize(context& c) {
    steps const f{c};
    operand const low = f("Min", {f.reduce_all("ReduceMin", c.in(0)), f.number(0)});
    operand const high = f("Max", {f.reduce_all("ReduceMax", c.in(0)), f.number(0)});
    operand const scale = f.div(f.sub(high, low), f.number(255));
    operand const zero = f.clip(f("Round", {f("Neg", {f.div(low, scale)})}), 0, 255);
    return {saturated(f, f.div(c.in(0), scale), zero, dtype::u8), scale, f.typed(zero, dtype::u8)};
}

inline results import_conv_integer(context& c) {
    steps const f{c};
    operand const x = without_zero_point(f, c.in(0), c.optional_in(2), 1);
    operand const w = without_zero_point(f, c.in(1), c.optional_in(3), 0);
    return {f.typed(f("Conv", {x, w}, c.node().attributes), dtype::i32)};
}

// Zero points of the left matrix belong to rows, those of the right one to columns.
inline std::int64_t left_axis(operand const& x) { return std::max<std::int64_t>(std::ssize(x.dims) - 2, 0); }
inline std::int64_t right_axis(operand const& x) { return std::ssize(x.dims) - 1; }

inline results import_mat_mul_integer(context& c) {
    steps const f{c};
    operand const a = without_zero_point(f, c.in(0), c.optional_in(2), left_axis(c.in(0)));
    operand const b = without_zero_point(f, c.in(1), c.optional_in(3), right_axis(c.in(1)));
    return {f.typed(f.mat_mul(a, b), dtype::i32)};
}

inline results import_qlinear_conv(context& c) {
    steps const f{c};
    operand const x = without_zero_point(f, c.in(0), c.in(2), 1), w = without_zero_point(f, c.in(3), c.in(5), 0);
    operand const bias = c.has(8) ? f.typed(c.in(8), dtype::f32) : operand{};
    operand const sum = f("Conv", {x, w, bias}, c.node().attributes);
    operand const filter_scale = along_axis(f, c.in(4), 1, c.in(0).dims.size());
    operand const factor = f.div(f.mul(filter_scale, f.shaped(c.in(1), {})), f.shaped(c.in(6), {}));
    return {saturated(f, f.mul(sum, factor), f.shaped(c.in(7), {}), c.in(7).type)};
}

inline results import_qlinear_mat_mul(context& c) {
    steps const f{c};
    operand const &a = c.in(0), &b = c.in(3);
    operand const product =
        f.mat_mul(without_zero_point(f, a, c.in(2), left_axis(a)), without_zero_point(f, b, c.in(5), right_axis(b)));
    auto const rank = product.dims.size();
    operand const left = along_axis(f, c.in(1), left_axis(product), rank),
                  right = along_axis(f, c.in(4), right_axis(product), rank);
    operand const factor = f.div(f.mul(left, right), f.shaped(c.in(6), {}));
    return {saturated(f, f.mul(product, factor), f.shaped(c.in(7), {}), c.in(7).type)};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> quantized_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"ConvInteger", import_conv_integer},
        {"DequantizeLinear", import_dequantize},
        {"DynamicQuantizeLinear", import_dynamic_quantize},
        {"MatMulInteger", import_mat_mul_integer},
        {"QLinearConv", import_qlinear_conv},
        {"QLinearMatMul", import_qlinear_mat_mul},
        {"QuantizeLinear", import_quantize},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
