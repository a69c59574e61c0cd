// The comparisons of a and b as 1 or 0, in the order of compare_mode, chosen by an attribute.
#pragma once
#include <tpu_convert/op/body.hpp>

namespace tpu_convert::op::body {

template <auto Mode>
constexpr auto comparison(auto a, auto b) {
    return choose<Mode>(select_equal(a, b, n<1>, n<0>), select_greater(a, b, n<1>, n<0>), select_greater(b, a, n<0>, n<1>),
                        select_greater(b, a, n<1>, n<0>), select_greater(a, b, n<0>, n<1>), select_equal(a, b, n<0>, n<1>),
                        min(truth(a), truth(b)), select_equal(a, n<0>, n<1>, n<0>), abs(truth(a) - truth(b)));
}

} // namespace tpu_convert::op::body
