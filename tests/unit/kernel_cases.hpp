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

inline std::vector<kernel_case> all_kernel_cases() {
    std::vector<kernel_case> all;
    for (auto const& list : {unary_cases(), binary_cases(), row_cases(), selection_cases()})
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

} // namespace tpu_convert::test
