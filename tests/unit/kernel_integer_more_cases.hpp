// Operands and attributes of integer operators, and the cases of those that go element by element, of products and averages.
#pragma once
#include "kernel_case.hpp"

namespace tpu_convert::test {

using ints = std::vector<std::int64_t>;

inline kernel_operand of_i8(shape dims, bool weight = false) { return {std::move(dims), -128, 128, weight, true, dtype::i8}; }
inline kernel_operand of_u8(shape dims, bool weight = false) { return {std::move(dims), 0, 256, weight, true, dtype::u8}; }
inline kernel_operand of_i16(shape dims) { return {std::move(dims), -32768, 32768, false, true, dtype::i16}; }

// The bounds of a type as attributes.
inline attribute_map bounded(attribute_map a, dtype t) {
    std::int64_t const bits = 8 * static_cast<std::int64_t>(bytes_of(t)), low = is_signed(t) ? -(1 << (bits - 1)) : 0;
    a.try_emplace("lowest", low), a.try_emplace("highest", low + (1 << bits) - 1);
    return a;
}

// n numbers within bounds, the same on every computer.
inline ints numbers(std::int64_t n, std::int64_t low, std::int64_t high) {
    ints v;
    std::mt19937 random(static_cast<std::uint32_t>(n * 31 + high));
    for (std::int64_t i = 0; i < n; ++i)
        v.push_back(low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1)));
    return v;
}
inline attribute_map per_channel(attribute_map a, std::int64_t channels) {
    a["multipliers"] = numbers(channels, 1 << 29, (1 << 30) - 1), a["shifts"] = numbers(channels, 35, 38);
    return a;
}
inline attribute_map uniform(attribute_map a) {
    a["multipliers"] = ints{1234567890}, a["shifts"] = ints{40};
    return a;
}

inline std::vector<kernel_case> integer_element_cases() {
    std::vector<kernel_case> cases;
    shape const full{2, 5, 33}, row{5, 1};
    std::int64_t const zero = -13, other = 9, middle = 128;
    auto const add = [&](char const* op, attribute_map a, std::vector<kernel_operand> in, dtype result) {
        cases.push_back({op, bounded(std::move(a), result), std::move(in), 0, result});
    };
    for (dtype const result : {dtype::i8, dtype::u8, dtype::i16}) {
        attribute_map const table{{"table", result == dtype::u8 ? numbers(256, 0, 255) : numbers(256, -128, 127)}};
        cases.push_back({"IntegerTable", table, {of_i8(full)}, 0, result});
        cases.push_back({"IntegerTable", table, {of_u8({1, 3, 300, 301})}, 0, result});
    }
    attribute_map const two{{"multipliers", ints{97, 3}}, {"shifts", ints{6, 2}}},
        one{{"multipliers", ints{1, -77}}, {"shifts", ints{0, 8}}};
    attribute_map relu = two;
    relu["lowest"] = std::int64_t{0};
    add("IntegerSum", two, {of_i8(full), of_i8(full)}, dtype::i8), add("IntegerSum", relu, {of_i8(full), of_i8(full)}, dtype::i8);
    add("IntegerSum", one, {of_i8(full), of_u8(full)}, dtype::u8), add("IntegerSum", two, {of_u8(full), of_u8(full)}, dtype::u8);
    add("IntegerSum", two, {of_i8(full), of_i8(row, true)}, dtype::i8),
        add("IntegerSum", two, {of_i8(row), of_i8(full)}, dtype::i8);
    add("IntegerSum", {{"multipliers", ints{97, 3, 120, 1}}, {"shifts", ints{6, 2, 0, 0}}, {"zero_point", other}},
        {of_i8(full), of_i8(full), of_i8(full), of_u8(full)}, dtype::i8);
    attribute_map real{{"factors", std::vector<double>{0.37, 0.81}}, {"zero_points", ints{zero, other}}, {"zero_point", zero}};
    add("IntegerSum", real, {of_i8(full), of_i8(full)}, dtype::i8), add("IntegerSum", real, {of_i8(row), of_u8(full)}, dtype::i8);
    real["zero_point"] = middle, real["highest"] = std::int64_t{200};
    add("IntegerSum", real, {of_i8(full), of_i8(full)}, dtype::u8);
    auto product = uniform({});
    product["shifts"] = ints{36};
    add("IntegerProduct", product, {of_i8(full), of_i8(full)}, dtype::i8),
        add("IntegerProduct", product, {of_u8(full), of_u8(row, true)}, dtype::u8);
    product["zero_points"] = ints{zero, middle}, product["zero_point"] = other;
    add("IntegerProduct", product, {of_i8(full), of_u8(full)}, dtype::i8),
        add("IntegerProduct", product, {of_i8(full), of_u8(row)}, dtype::i16);
    attribute_map slopes{
        {"multipliers", ints{101}}, {"shifts", ints{7}}, {"slopes", numbers(5, -127, 127)}, {"slope_shift", std::int64_t{9}}};
    add("IntegerPRelu", slopes, {of_i8({2, 5, 33})}, dtype::i8), add("IntegerPRelu", slopes, {of_i8({2, 5, 9, 31})}, dtype::i8);
    slopes["slopes"] = ints{-50};
    add("IntegerPRelu", slopes, {of_i8({2, 70, 9, 31})}, dtype::u8);
    return cases;
}

// Tables of single channels.
inline std::vector<kernel_case> integer_channel_cases() {
    std::vector<kernel_case> cases;
    auto const add = [&](kernel_operand x, dtype result) {
        auto const entries = numbers(x.dims[1] * 256, lowest_of(result), highest_of(result));
        cases.push_back({"IntegerTable", {{"table", entries}}, {std::move(x)}, 0, result});
    };
    add(of_i8({2, 70, 9, 31}), dtype::i8), add(of_u8({1, 3, 300, 301}), dtype::u8), add(of_i8({1, 130, 40}), dtype::i16);
    add(of_u8({3, 200, 17, 20}), dtype::i8), add(of_i8({1, 64, 80, 80}), dtype::u8);
    return cases;
}

inline std::vector<kernel_case> integer_product_cases() {
    std::vector<kernel_case> cases;
    auto const add = [&](attribute_map a, kernel_operand l, kernel_operand r, dtype result) {
        cases.push_back({"IntegerMatMul", bounded(std::move(a), result), {std::move(l), std::move(r)}, 0, result});
    };
    auto const biased = [](attribute_map a, std::int64_t n) {
        a["bias"] = numbers(n, -90000, 90000);
        return a;
    };
    attribute_map const turned{{"right_transpose", true}}, left{{"left_transpose", true}};
    add(biased(per_channel({}, 70), 70), of_i8({3, 40}), of_i8({40, 70}, true), dtype::i8);
    add(biased(uniform({}), 70), of_u8({33, 40}), of_i8({40, 70}, true), dtype::i8);
    add(biased(per_channel(turned, 70), 70), of_u8({2, 33, 40}), of_i8({70, 40}, true), dtype::u8);
    add(uniform({}), of_i8({2, 3, 33, 20}), of_i8({2, 3, 20, 17}), dtype::i8);
    add(uniform(turned), of_u8({2, 33, 20}), of_i8({2, 17, 20}), dtype::i8);
    add(uniform(turned), of_i8({2, 33, 20}), of_u8({2, 17, 20}), dtype::i16);
    add(uniform(left), of_i8({20, 33}), of_i8({20, 17}), dtype::i8);
    add(biased(uniform({}), 30), of_i8({2, 165, 200}), of_i8({200, 30}, true), dtype::i8);
    return cases;
}

inline std::vector<kernel_case> integer_average_cases() {
    std::vector<kernel_case> cases;
    attribute_map const square{{"kernel_shape", ints{3, 3}}, {"strides", ints{2, 2}}, {"pads", ints{1, 1, 1, 1}}};
    auto const add = [&](attribute_map a, kernel_operand x, dtype result) {
        cases.push_back({"IntegerAverage", bounded(std::move(a), result), {std::move(x)}, 0, result});
    };
    attribute_map shifted = square, real = square;
    shifted["multiplier"] = std::int64_t{199}, shifted["shift"] = std::int64_t{10};
    real["factor"] = 0.137, real["offset"] = -3.7, real["pad_value"] = std::int64_t{7};
    for (dtype const result : {dtype::i8, dtype::u8, dtype::i16}) {
        add(shifted, of_i8({2, 70, 13, 10}), result), add(shifted, of_u8({2, 70, 13, 10}), result);
        add(real, of_i8({2, 70, 13, 10}), result), add(real, of_u8({2, 70, 13, 10}), result);
    }
    attribute_map const whole{{"kernel_shape", ints{13, 10}},
                              {"strides", ints{1, 1}},
                              {"multiplier", std::int64_t{252}},
                              {"shift", std::int64_t{15}}};
    add(whole, of_i8({2, 70, 13, 10}), dtype::i8), add(shifted, of_i8({1, 9, 100, 333}), dtype::i8);
    return cases;
}

// Operators whose results keep the operands' type and scale.
inline std::vector<kernel_case> integer_movement_cases() {
    std::vector<kernel_case> cases;
    std::int64_t const one = 1, two = 2, three = 3;
    for (bool const sign : {true, false}) {
        auto const of = [&](shape dims, bool weight = false) {
            return sign ? of_i8(std::move(dims), weight) : of_u8(std::move(dims), weight);
        };
        kernel_operand const image = of({1, 12, 7, 11});
        auto const add = [&](char const* op, attribute_map a, std::vector<kernel_operand> in) {
            cases.push_back({op, std::move(a), std::move(in), 0, sign ? dtype::i8 : dtype::u8});
        };
        add("MaxPool", {{"kernel_shape", ints{3, 3}}, {"strides", ints{2, 2}}, {"pads", ints{1, 1, 1, 1}}},
            {of({2, 70, 13, 10})});
        add("MaxPool", {{"kernel_shape", ints{5}}, {"strides", ints{1}}, {"pads", ints{2, 2}}}, {of({2, 5, 40})});
        add("Upsample", {{"scale_h", two}, {"scale_w", three}}, {image});
        add("Interp", {{"mode", "nearest"}, {"coord_mode", "asymmetric"}, {"scale_h", 2.0}, {"scale_w", 1.5}}, {image});
        add("Concat", {{"axis", two}}, {of({2, 3, 4, 5}), of({2, 3, 2, 5}), of({2, 3, 1, 5}, true)});
        add("Slice", {{"offset", ints{1, 9}}, {"ends", ints{11, 0}}, {"steps", ints{3, -2}}, {"axes", ints{1, 3}}}, {image});
        add("Split", {{"axis", one}, {"num", three}}, {image});
        add("Pad", {{"paddings", ints{0, 0, 1, 2, 0, 0, 3, 0}}, {"val", sign ? -7.0 : 131.0}}, {image});
        add("Pad", {{"paddings", ints{0, 1, 2, 1, 0, 0, 1, 3}}, {"mode", "reflect"}}, {image});
        add("Permute", {{"order", ints{0, 3, 1, 4, 2}}}, {of({2, 3, 4, 5, 7})});
        add("Tile", {{"tile", ints{1, 2, 1, 3}}}, {image}), add("Expand", {{"shape", ints{3, 5, 7}}}, {of({5, 1})});
        add("Depth2Space", {{"block_h", two}, {"block_w", two}}, {image}), add("ShuffleChannel", {{"group", three}}, {image});
        add("Reverse", {{"axis", two}}, {image}), add("Gather", {{"axis", one}}, {image, {{5}, 0, 12, true, true}});
        add("Gather", {{"axis", std::int64_t{0}}}, {of({50, 23}), {{100}, 0, 50, true, true}});
        add("Max", {}, {of({2, 5, 33}), of({2, 5, 33})}), add("Min", {}, {of({2, 5, 33}), of({5, 1}, true)});
        add("Reshape", {{"shape", ints{2, -1}}}, {image}), add("Relu", {}, {image});
    }
    return cases;
}

} // namespace tpu_convert::test
