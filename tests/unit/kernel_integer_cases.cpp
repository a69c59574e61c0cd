// A unit of its own: the lists take long to compile.
#include "kernel_integer_cases.hpp"

namespace tpu_convert::test {

std::vector<kernel_case> integer_cases() {
    std::vector<kernel_case> all;
    for (auto const& list : {integer_conversion_cases(), integer_conv_cases(), integer_element_cases(), integer_product_cases(),
                             integer_average_cases(), integer_movement_cases(), integer_channel_cases()})
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

// Operands that are loaded in another order than they have: window rows as channels, channels by lanes, rows turned.
std::vector<kernel_case> arrangement_cases() {
    std::vector<kernel_case> cases;
    attribute_map const window{{"kernel_shape", ints{7, 7}}, {"strides", ints{2, 2}}, {"pads", ints{3, 3, 2, 3}}};
    auto const filters = [](shape dims) { return kernel_operand{std::move(dims), -1, 1, true}; };
    cases.push_back({"Conv", window, {{{2, 3, 41, 52}}, filters({70, 3, 7, 7}), filters({70})}, 20});
    attribute_map dilated{{"kernel_shape", ints{3, 3}}, {"strides", ints{3, 1}}, {"pads", ints{4, 0, 4, 0}}};
    dilated["dilations"] = ints{2, 2};
    cases.push_back({"Conv", dilated, {{{1, 4, 9, 20}}, filters({10, 4, 3, 3}), filters({10})}, 20});
    cases.push_back({"Conv", {{"kernel_shape", ints{1, 1}}}, {{{1, 9, 6, 7}}, filters({150, 9, 1, 1}), filters({150})}, 20});
    attribute_map integers = per_channel(window, 150);
    integers["bias"] = numbers(150, -90000, 90000), integers["pad_value"] = std::int64_t{130};
    integers["group"] = std::int64_t{1};
    cases.push_back(
        {"IntegerConv", bounded(integers, dtype::i8), {of_u8({1, 3, 41, 52}), of_i8({150, 3, 7, 7}, true)}, 0, dtype::i8});
    cases.push_back({"Permute", {{"order", ints{0, 2, 3, 1}}}, {{{2, 70, 9, 11}}}, 0});
    cases.push_back({"Permute", {{"order", ints{1, 3, 0, 2}}}, {{{30, 3, 5, 40}}}, 0});
    cases.push_back(
        {"Slice", {{"offset", ints{5}}, {"ends", ints{11}}, {"steps", ints{1}}, {"axes", ints{1}}}, {{{1, 12, 6, 10}}}, 0});
    return cases;
}

} // namespace tpu_convert::test
