// Positions that are computed, and axes, windows and batches beyond what a command of the smaller chips takes.
#include "kernel_case.hpp"

namespace tpu_convert::test {

std::vector<kernel_case> position_cases() {
    using ints = std::vector<std::int64_t>;
    std::int64_t const zero = 0, one = 1, two = 2;
    kernel_operand const number{{2, 7}, 0, 50, false, true, dtype::i32}, place{{5}, 0, 12, false, true};
    std::vector<kernel_case> cases;
    cases.push_back({"Gather", {{"axis", zero}}, {{{50, 24}, -1, 1, true}, number}});
    cases.push_back({"Gather", {{"axis", one}}, {{{1, 12, 6, 10}}, place}});
    cases.push_back({"Gather", {{"axis", two}}, {{{2, 3, 12, 5}}, place}});
    cases.push_back({"Arg", {{"axis", one}, {"mode", std::string("ArgMax")}, {"select_last_index", false}}, {{{2, 700}}}});
    cases.push_back({"Arg", {{"axis", one}, {"mode", std::string("ArgMin")}, {"keepdims", false}}, {{{1, 515, 3}}}});
    cases.push_back({"TopK", {{"axis", one}, {"K", std::int64_t{5}}}, {{{1, 1000}}}});
    cases.push_back({"Softmax", {{"axis", one}, {"log", true}}, {{{3, 40}, -4, 4}}, 16});
    auto const window = [](ints kernel, ints pads, ints dilations) {
        return attribute_map{{"kernel_shape", kernel}, {"strides", ints{1, 1}}, {"pads", pads}, {"dilations", dilations}};
    };
    cases.push_back({"Conv", window({3, 3}, {20, 18, 17, 16}, {1, 1}), {{{1, 4, 12, 11}}, {{6, 4, 3, 3}, -1, 1, true}}, 20});
    cases.push_back({"Conv", window({3, 3}, {24, 20, 24, 20}, {24, 17}), {{{1, 4, 30, 26}}, {{6, 4, 3, 3}, -1, 1, true}}, 20});
    cases.push_back({"MatMul", {}, {{{2, 1, 6, 10}}, {{1, 3, 10, 7}}}, 20});
    cases.push_back({"Conv", window({3, 2}, {1, 0, 1, 1}, {1, 2}), {{{2, 4, 9, 8}}, {{6, 4, 3, 2}}, {{6}}}, 20});
    // Sums of more terms than a command has channels, and than a lane holds.
    cases.push_back({"MatMul", {}, {{{2, 5000}}, {{5000, 3}, -1, 1, true}}, 20});
    cases.push_back({"MatMul", {{"do_relu", true}}, {{{1, 9000}}, {{9000, 5}, -1, 1, true}, {{5}, -1, 1, true}}, 20});
    // More elements than a transfer has, one behind the other.
    cases.push_back({"Pad", {{"paddings", ints{0, 0, 100, 0, 0, 0, 100, 0}}, {"val", 1.5}}, {{{1, 4, 100, 90}}}, 0});
    return cases;
}

} // namespace tpu_convert::test
