// What came later: recordings have the numbers of cases. What random networks (tests/conformance) found to be wrong once, and
// operators that had no case before.
#include "kernel_cases.hpp"

namespace tpu_convert::test {

namespace {

using ints = std::vector<std::int64_t>;

void add_forms_without_case(std::vector<kernel_case>& cases) {
    std::int64_t const one = 1;
    kernel_operand sizes{{3}, 0, 1, true};
    sizes.values = {2, 70, 9};
    cases.push_back({"ConstantFill", {{"value", -0.75}}, {sizes}, 0});
    cases.push_back({"Flatten", {{"start_dim", one}, {"end_dim", std::int64_t{2}}}, {{{2, 3, 4, 5}}}, 0});
    cases.push_back({"Squeeze", {{"axes", ints{1}}}, {{{2, 1, 5}}}, 0});
    cases.push_back({"Unsqueeze", {{"axes", ints{1}}}, {{{2, 5}}}, 0});
    cases.push_back({"Reshape", {{"shape", ints{4, 3, 10}}}, {{{2, 3, 4, 5}}}, 0});
    cases.push_back({"Remainder", {}, {{{5, 8}, -20, 20, false, true}, {{5, 8}, 1, 6, false, true}}, 0});
    cases.push_back({"Concat", {{"axis", one}, {"do_relu", true}, {"relu_limit", 0.5}}, {{{2, 3, 5}}, {{2, 70, 5}}}, 0});
    for (std::int64_t const mode : {0, 1})
        cases.push_back({"GridSampler", {{"mode", mode}, {"padding_mode", mode}, {"align_corners", mode == 1}},
                         {{{2, 3, 4, 5, 6}}, {{2, 2, 3, 4, 3}, -1.2, 1.2}}, 60});
    kernel_operand regions{{3, 5}}, levels{{3}, 0, 2, false, true};
    regions.values = {0, 1, 2, 9, 12, 1, 0, 0, 15, 7, 1, 3, 3, 4, 14}, levels.values = {1, 0, 1};
    cases.push_back({"RoiExtractor",
                     {{"mode", "Avg"}, {"num_levels", std::int64_t{2}}, {"output_height", std::int64_t{2}},
                      {"output_width", std::int64_t{3}}, {"sampling_ratio", std::int64_t{2}},
                      {"spatial_scales", std::vector<double>{0.5, 0.25}}},
                     {regions, levels, {{2, 4, 8, 9}}, {{2, 4, 4, 5}}}, 60});
}

} // namespace

std::vector<kernel_case> found_cases() {
    std::vector<kernel_case> cases;
    // A filter for each of more channels than there are lanes: tiles of one channel.
    attribute_map const window{{"kernel_shape", ints{2, 3}}, {"strides", ints{2, 1}}, {"pads", ints{0, 1, 0, 0}},
                               {"group", std::int64_t{68}}};
    cases.push_back({"Deconv", window, {{{1, 68, 4, 5}}, {{68, 1, 2, 3}, -1, 1, true}, {{68}, -1, 1, true}}, 20});
    // Places that are computed and count from the end.
    cases.push_back({"Gather", {{"axis", std::int64_t{1}}}, {{{3, 20, 7}}, {{2, 6}, -20, 20, false, true}}, 0});
    // More places than bfloat16 has whole numbers.
    cases.push_back({"IndexPut", {{"accumulate", true}}, {{{353, 2}}, {{8}, 0, 353, false, true}, {{8, 2}}}, 10});
    // Quotients in the middle between two numbers.
    cases.push_back({"QuantizeLinear",
                     {{"y_scale", std::vector<double>{0.25}}, {"y_zero_point", ints{4}}, {"axis", std::int64_t{0}}},
                     {{{2, 5, 33}, -4, 4}},
                     0});
    add_forms_without_case(cases);
    return cases;
}

} // namespace tpu_convert::test
