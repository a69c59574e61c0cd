// Small networks of one operator each, for the tests of kernels and for the recorder of C-model results.
#pragma once
#include "kernel_case.hpp"

namespace tpu_convert::test {

inline std::vector<kernel_case> unary_cases() {
    std::vector<kernel_case> cases;
    auto const add = [&](std::string op, double low, double high, attribute_map a = {}, double ulps = 10) {
        cases.push_back({std::move(op), std::move(a), {{{2, 5, 33}, low, high}}, ulps});
    };
    add("Abs", -4, 4), add("Exp", -10, 10), add("Log", 0.001, 100), add("Sqrt", 0, 50), add("Rsqrt", 0.01, 50);
    add("Tanh", -6, 6), add("Erf", -4, 4), add("GELU", -6, 6), add("GELU", -6, 6, {{"approx_mode", "tanh"}});
    add("GELU", -6, 6, {{"approx_mode", "sigm"}}), add("Elu", -5, 5), add("Softplus", -20, 20), add("Softsign", -5, 5);
    add("Mish", -20, 30), add("Swish", -8, 8, {{"beta", 1.5}}), add("SiLU", -12, 12), add("Sigmoid", -20, 20);
    add("HardSigmoid", -5, 5), add("HardSwish", -5, 5), add("LeakyRelu", -5, 5), add("Sin", -20, 20), add("Cos", -20, 20);
    add("Tan", -1, 1), add("Sinh", -5, 5), add("Cosh", -5, 5), add("Arccos", -1, 1), add("Arctanh", -0.9, 0.9);
    add("Floor", -9, 9), add("Ceil", -9, 9), add("Round", -9, 9), add("Sign", -1, 1), add("Pow", 0, 5, {{"exponent", 2.0}});
    add("Pow", 0.1, 4, {{"exponent", 1.7}}, 30), add("Pow2", -4, 4, {{"const_val", 2.0}});
    add("AddConst", -4, 4, {{"const_val", 0.37}});
    add("SubConst", -4, 4, {{"const_val", 2.0}, {"is_reverse", true}}), add("MulConst", -4, 4, {{"const_val", 0.37}});
    add("MaxConst", -4, 4, {{"const_val", 0.25}}), add("MinConst", -4, 4, {{"const_val", 0.25}});
    add("DivConst", -4, 4, {{"const_val", 3.0}}), add("Reciprocal", 0.2, 9), add("LogB", 0.1, 9, {{"base", std::int64_t{2}}});
    add("CompareConst", -2, 2, {{"mode", "Greater"}, {"const_val", 0.5}});
    add("Relu", -4, 4), add("Relu", -4, 4, {{"relu_limit", 2.0}});
    add("Clip", -4, 10, {{"min", 0.0}, {"max", 6.0}}), add("Cast", -4, 4, {{"to", "si32"}}), add("Cast", -1, 1, {{"to", "f32"}});
    return cases;
}

inline std::vector<kernel_case> binary_cases() {
    std::vector<kernel_case> cases;
    shape const full{2, 5, 33}, rows{5, 1};
    auto const add = [&](std::string op, double low, double high, attribute_map a = {}) {
        cases.push_back({op, a, {{full, low, high}, {full, low, high}}, 10});
        cases.push_back({op, a, {{full, low, high}, {rows, low, high, true}}, 10});
    };
    add("Add", -4, 4), add("Add", -4, 4, {{"do_relu", true}}), add("Sub", -4, 4), add("Sub", -4, 4, {{"is_reverse", true}});
    add("Mul", -4, 4), add("Max", -4, 4), add("Min", -4, 4), add("Div", 0.5, 4), add("PRelu", -3, 3);
    add("LogicalAnd", -1, 1), add("MaskedFill", -1, 1, {{"const_val", 5.0}}), add("Compare", -2, 2, {{"mode", "LessOrEqual"}});
    add("Compare", -2, 2, {{"mode", "NotEqual"}});
    cases.push_back({"Mod", {}, {{{5, 8}, -20, 20, false, true}, {{5, 8}, 1, 6, false, true}}, 0});
    cases.push_back({"Pow3", {}, {{full, 0.1, 3}, {full, 0.1, 3}}, 40});
    cases.push_back({"Where", {}, {{full, 0, 2, false, true}, {full}, {{2, 1, 33}}}, 0});
    cases.push_back({"Scale", {}, {{{1, 6, 5, 7}}, {{1, 6, 1, 1}, -1, 1, true}, {{1, 6, 1, 1}, -1, 1, true}}, 4});
    cases.push_back({"Add", {}, {{{1, 3, 4, 5}}, {{1, 1, 4, 1}}}, 4});
    cases.push_back({"Add", {}, {{{10007}}, {{10007}}}, 4}); // a length without divisors
    return cases;
}

inline std::vector<kernel_case> row_cases() {
    std::vector<kernel_case> cases;
    using axes = std::vector<std::int64_t>;
    auto const reduce = [&](char const* mode, axes a) {
        cases.push_back({"Reduce", {{"axes", a}, {"mode", mode}}, {{{2, 6, 5, 7}, -2, 2}}, 30});
    };
    for (auto const* mode : {"ReduceMin", "ReduceMax", "ReduceMean", "ReduceL2", "ReduceL1", "ReduceSum", "ReduceProd"})
        reduce(mode, {2, 3}), reduce(mode, {1});
    reduce("ReduceMax", {0, 2});
    for (std::int64_t axis : {0, 1, 2}) {
        cases.push_back({"Softmax", {{"axis", axis}}, {{{3, 12, 70}, -8, 8}}, 10});
        cases.push_back({"CumSum", {{"axis", axis}}, {{{3, 12, 70}}, {{1}, 0, 1, true}}, 30});
    }
    cases.push_back({"Softmax", {{"axis", std::int64_t{1}}, {"log", true}}, {{{3, 12, 7}, -8, 8}}, 10});
    kernel_operand const x{{2, 6, 5, 8}, -2, 2};
    auto const channels = [](std::int64_t n) { return kernel_operand{{n}, 0.5, 1.5, true}; };
    cases.push_back({"LayerNorm", {}, {x, channels(8), channels(8)}, 20});
    cases.push_back({"RMSNorm", {}, {x, channels(8)}, 20});
    cases.push_back({"InstanceNorm", {}, {x, channels(6), channels(6)}, 20});
    cases.push_back({"GroupNorm", {{"num_groups", std::int64_t{3}}}, {x, channels(6), channels(6)}, 20});
    cases.push_back({"PixelNorm", {}, {x, channels(6), channels(6)}, 20});
    cases.push_back({"BatchNorm", {}, {x, channels(6), channels(6), channels(6), channels(6)}, 10});
    cases.push_back({"LRN", {{"size", std::int64_t{3}}, {"alpha", 0.01}}, {x}, 10});
    return cases;
}

inline std::vector<kernel_case> selection_cases() {
    std::vector<kernel_case> cases;
    for (std::int64_t axis : {1, 2})
        for (bool const flag : {false, true}) {
            kernel_operand const x{{2, 12, 20}, -2, 2}, whole{{2, 12, 20}, 0, 5, false, true};
            attribute_map const first{{"axis", axis}, {"mode", flag ? "ArgMin" : "ArgMax"}, {"select_last_index", false}};
            cases.push_back({"Arg", first, {whole}, 0});
            cases.push_back({"Arg", {{"axis", axis}, {"select_last_index", true}}, {flag ? x : whole}, 0});
            cases.push_back({"TopK", {{"axis", axis}, {"K", std::int64_t{5}}, {"largest", flag}}, {x}, 0});
        }
    return cases;
}

inline std::vector<kernel_case> window_cases() {
    std::vector<kernel_case> cases;
    using ints = std::vector<std::int64_t>;
    auto const geometry = [](ints kernel, ints strides, ints pads) {
        return attribute_map{{"kernel_shape", kernel}, {"strides", strides}, {"pads", pads}};
    };
    auto const filters = [](shape dims) { return kernel_operand{std::move(dims), -1, 1, true}; };
    auto const conv = [&](char const* op, shape in, shape f, attribute_map a, std::int64_t group = 1) {
        a["group"] = group;
        std::int64_t const channels = f[0];
        cases.push_back({op, a, {{in}, filters(f), filters({channels})}, 20});
    };
    conv("Conv", {2, 35, 13, 9}, {70, 35, 3, 3}, geometry({3, 3}, {2, 1}, {1, 0, 1, 2}));
    attribute_map dilated = geometry({3, 3}, {1, 1}, {2, 2, 2, 2});
    dilated["dilations"] = ints{2, 2}, dilated["do_relu"] = true, dilated["relu_limit"] = 6.0;
    conv("Conv", {1, 8, 12, 12}, {16, 8, 3, 3}, dilated);
    conv("Conv", {1, 12, 9, 9}, {24, 4, 3, 3}, geometry({3, 3}, {1, 1}, {1, 1, 1, 1}), 3);
    conv("Conv", {1, 70, 10, 11}, {70, 1, 3, 3}, geometry({3, 3}, {2, 2}, {1, 1, 1, 1}), 70);
    conv("Conv", {2, 6, 40}, {10, 6, 5}, geometry({5}, {2}, {2, 2}));
    attribute_map longer = geometry({4, 4}, {2, 2}, {1, 1, 1, 1});
    conv("Deconv", {1, 9, 6, 7}, {12, 9, 4, 4}, longer);
    longer["output_padding"] = ints{1, 1};
    conv("Deconv", {1, 8, 5, 5}, {6, 4, 4, 4}, longer, 2);
    kernel_operand const image{{2, 70, 13, 10}};
    cases.push_back({"MaxPool", geometry({3, 3}, {2, 2}, {1, 1, 1, 1}), {image}, 0});
    cases.push_back({"AvgPool", geometry({3, 3}, {2, 2}, {1, 1, 1, 1}), {image}, 10});
    attribute_map counted = geometry({3, 2}, {2, 2}, {1, 0, 1, 0});
    counted["count_include_pad"] = true, counted["ceil_mode"] = true;
    cases.push_back({"AvgPool", counted, {image}, 10});
    cases.push_back({"AvgPool", geometry({13, 10}, {1, 1}, {0, 0, 0, 0}), {image}, 20});
    return cases;
}

inline std::vector<kernel_case> product_cases() {
    std::vector<kernel_case> cases;
    cases.push_back({"MatMul", {}, {{{3, 40}}, {{40, 70}, -1, 1, true}, {{70}, -1, 1, true}}, 20});
    cases.push_back({"MatMul", {{"right_transpose", true}, {"do_relu", true}}, {{{33, 40}}, {{70, 40}, -1, 1, true}}, 20});
    cases.push_back({"MatMul", {}, {{{2, 3, 33, 20}}, {{2, 3, 20, 17}}}, 20});
    cases.push_back({"MatMul", {{"right_transpose", true}}, {{{2, 33, 20}}, {{2, 17, 20}}}, 20});
    cases.push_back({"MatMul", {{"left_transpose", true}}, {{{20, 33}}, {{20, 17}}}, 20});
    cases.push_back({"MatMul", {}, {{{2, 65, 20}}, {{20, 30}, -1, 1, true}, {{30}, -1, 1, true}}, 20});
    return cases;
}

inline std::vector<kernel_case> movement_cases() {
    std::vector<kernel_case> cases;
    using ints = std::vector<std::int64_t>;
    kernel_operand const image{{1, 12, 6, 10}};
    auto const add = [&](char const* op, attribute_map a, std::vector<kernel_operand> in, double ulps = 0) {
        cases.push_back({op, std::move(a), std::move(in), ulps});
    };
    std::int64_t const one = 1, two = 2, three = 3;
    add("Upsample", {{"scale_h", two}, {"scale_w", three}}, {image});
    for (auto const* rule : {"half_pixel", "align_corners", "asymmetric"})
        for (auto const* mode : {"linear", "nearest"})
            add("Interp", {{"mode", mode}, {"coord_mode", rule}, {"scale_h", 2.0}, {"scale_w", 1.5}}, {image}, 10);
    add("Concat", {{"axis", two}}, {{{2, 3, 4, 5}}, {{2, 3, 2, 5}}, {{2, 3, 1, 5}, -1, 1, true}});
    add("Slice", {{"offset", ints{1, 9}}, {"ends", ints{11, 0}}, {"steps", ints{3, -2}}, {"axes", ints{1, 3}}}, {image});
    add("Split", {{"axis", one}, {"num", three}}, {image});
    add("Pad", {{"paddings", ints{0, 0, 1, 2, 0, 0, 3, 0}}, {"val", 1.5}}, {image});
    for (auto const* mode : {"reflect", "edge", "symmetric"})
        add("Pad", {{"paddings", ints{0, 1, 2, 1, 0, 0, 1, 3}}, {"mode", mode}}, {image});
    add("Permute", {{"order", ints{0, 3, 1, 4, 2}}}, {{{2, 3, 4, 5, 6}}});
    add("Permute", {{"order", ints{0, 2, 3, 1}}}, {image});
    add("Tile", {{"tile", ints{1, 2, 1, 3}}}, {image});
    add("Expand", {{"shape", ints{3, 5, 7}}}, {{{5, 1}}});
    for (bool const crd : {false, true})
        for (bool const inverse : {false, true})
            add("Depth2Space", {{"block_h", two}, {"block_w", two}, {"is_CRD", crd}, {"is_inversed", inverse}}, {image});
    add("ShuffleChannel", {{"group", three}}, {image});
    add("Reverse", {{"axis", two}}, {image});
    add("Gather", {{"axis", one}}, {image, {{5}, 0, 12, true, true}});
    add("Gather", {{"axis", std::int64_t{0}}}, {{{50, 24}}, {{100}, 0, 50, true, true}});
    return cases;
}

std::vector<kernel_case> integer_cases(), arrangement_cases(); // kernel_integer_cases.cpp
std::vector<kernel_case> composed_cases();                     // kernel_composed_cases.cpp
std::vector<kernel_case> found_cases();                        // kernel_found_cases.cpp
std::vector<kernel_case> position_cases();                     // kernel_position_cases.cpp

inline std::vector<kernel_case> all_kernel_cases() {
    std::vector<kernel_case> all;
    for (auto const& list : {unary_cases(), binary_cases(), row_cases(), selection_cases(), window_cases(), product_cases(),
                             movement_cases(), integer_cases(), arrangement_cases(), composed_cases(), found_cases(),
                             position_cases()})
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

} // namespace tpu_convert::test
