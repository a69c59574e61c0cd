// What random networks (tests/conformance) found to be wrong once.
#include "kernel_cases.hpp"

namespace tpu_convert::test {

std::vector<kernel_case> found_cases() {
    using ints = std::vector<std::int64_t>;
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
    return cases;
}

} // namespace tpu_convert::test
