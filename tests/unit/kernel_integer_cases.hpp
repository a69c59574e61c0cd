// Networks of one integer operator each, typed as quantization would.
#pragma once
#include "kernel_integer_more_cases.hpp"

namespace tpu_convert::test {

inline std::vector<kernel_case> integer_conversion_cases() {
    std::vector<kernel_case> cases;
    shape const dims{2, 5, 33};
    std::int64_t const zero = -13;
    for (dtype const from : {dtype::f32, dtype::f16, dtype::bf16}) {
        kernel_operand const x{dims, -30, 30, false, false, from};
        cases.push_back({"Quantize", bounded({{"factor", 4.37}}, dtype::i8), {x}, 0, dtype::i8});
        cases.push_back(
            {"Quantize", bounded({{"factor", 4.37}, {"zero_point", std::int64_t{120}}}, dtype::u8), {x}, 0, dtype::u8});
        cases.push_back({"Dequantize", {{"scale", 0.0173}}, {of_u8(dims)}, 0, from});
        cases.push_back({"Dequantize", {{"scale", 0.0173}, {"zero_point", zero}}, {of_i8(dims)}, 0, from});
    }
    cases.push_back({"Quantize", bounded({{"factor", 1000.0}}, dtype::i16), {{{10007}, -30, 30}}, 0, dtype::i16});
    cases.push_back({"Dequantize", {{"scale", 0.0173}, {"zero_point", zero}}, {of_i16({10007})}, 0, dtype::f32});
    attribute_map const down{{"multipliers", ints{1234567890}}, {"shifts", ints{31}}};
    attribute_map moved = down;
    moved["input_zero_point"] = zero, moved["zero_point"] = std::int64_t{7}, moved["lowest"] = std::int64_t{-100};
    cases.push_back({"Requantize", bounded(down, dtype::i8), {of_i8(dims)}, 0, dtype::i8});
    cases.push_back({"Requantize", bounded(down, dtype::u8), {of_u8(dims)}, 0, dtype::u8});
    cases.push_back({"Requantize", bounded(moved, dtype::i8), {of_i8(dims)}, 0, dtype::i8});
    cases.push_back({"Requantize", bounded(moved, dtype::i8), {of_i16(dims)}, 0, dtype::i8});
    moved["input_zero_point"] = std::int64_t{131};
    cases.push_back({"Requantize", bounded(moved, dtype::i16), {of_u8(dims)}, 0, dtype::i16});
    return cases;
}

inline std::vector<kernel_case> integer_conv_cases() {
    std::vector<kernel_case> cases;
    auto const geometry = [](ints kernel, ints strides, ints pads, std::int64_t group = 1) {
        return attribute_map{{"kernel_shape", kernel}, {"strides", strides}, {"pads", pads}, {"group", group}};
    };
    auto const add = [&](kernel_operand const& x, shape f, attribute_map a, dtype result, bool biased = true) {
        if (biased) a["bias"] = numbers(f[0], -90000, 90000);
        cases.push_back({"IntegerConv", bounded(a, result), {x, of_i8(f, true)}, 0, result});
    };
    auto const square = geometry({3, 3}, {2, 1}, {1, 0, 1, 2});
    add(of_i8({2, 35, 13, 9}), {70, 35, 3, 3}, per_channel(square, 70), dtype::i8);
    add(of_u8({2, 70, 13, 9}), {70, 70, 3, 3}, uniform(square), dtype::u8);
    add(of_i8({1, 3, 40, 50}), {20, 3, 3, 3}, uniform(square), dtype::i8, false);
    auto asymmetric = per_channel(square, 20);
    asymmetric["pad_value"] = std::int64_t{-7}, asymmetric["zero_point"] = std::int64_t{11},
    asymmetric["lowest"] = std::int64_t{11};
    add(of_i8({1, 8, 12, 12}), {20, 8, 3, 3}, asymmetric, dtype::i8);
    asymmetric["pad_value"] = std::int64_t{130}, asymmetric["highest"] = std::int64_t{200};
    add(of_u8({1, 8, 12, 12}), {20, 8, 3, 3}, asymmetric, dtype::u8);
    auto wide = per_channel(square, 20);
    wide["shifts"] = numbers(20, 28, 31);
    add(of_i8({1, 8, 12, 12}), {20, 8, 3, 3}, wide, dtype::i16);
    auto dilated = per_channel(geometry({3, 3}, {1, 1}, {2, 2, 2, 2}), 16);
    dilated["dilations"] = ints{2, 2};
    add(of_i8({1, 8, 12, 12}), {16, 8, 3, 3}, dilated, dtype::i8);
    add(of_i8({1, 12, 9, 9}), {24, 4, 3, 3}, per_channel(geometry({3, 3}, {1, 1}, {1, 1, 1, 1}, 3), 24), dtype::i8);
    add(of_i8({2, 6, 40}), {10, 6, 5}, per_channel(geometry({5}, {2}, {2, 2}), 10), dtype::i8);
    add(of_i8({1, 130, 200, 300}), {70, 130, 1, 1}, per_channel(geometry({1, 1}, {1, 1}, {0, 0, 0, 0}), 70), dtype::i8);
    auto depthwise = geometry({3, 3}, {2, 2}, {1, 1, 1, 1}, 70);
    add(of_i8({1, 70, 10, 11}), {70, 1, 3, 3}, per_channel(depthwise, 70), dtype::i8);
    add(of_u8({2, 70, 10, 11}), {70, 1, 3, 3}, uniform(depthwise), dtype::u8);
    depthwise["pad_value"] = std::int64_t{-100}, depthwise["zero_point"] = std::int64_t{5};
    add(of_i8({1, 70, 10, 11}), {70, 1, 3, 3}, per_channel(depthwise, 70), dtype::i16, false);
    auto turned = geometry({4, 4}, {1, 1}, {2, 2, 2, 2});
    turned["inserts"] = ints{1, 1};
    add(of_i8({1, 9, 6, 7}), {12, 9, 4, 4}, per_channel(turned, 12), dtype::i8);
    turned["group"] = std::int64_t{2};
    add(of_u8({1, 8, 5, 5}), {6, 4, 4, 4}, per_channel(turned, 6), dtype::i8);
    turned["group"] = std::int64_t{20};
    add(of_i8({1, 20, 5, 5}), {20, 1, 4, 4}, per_channel(turned, 20), dtype::i8);
    return cases;
}

} // namespace tpu_convert::test
