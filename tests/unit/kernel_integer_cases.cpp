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

} // namespace tpu_convert::test
