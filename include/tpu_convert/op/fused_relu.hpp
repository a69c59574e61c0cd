// The relu that some operators carry along.
#pragma once

namespace tpu_convert {

// result = max(x, 0), and min(..., limit) if the limit is positive. Element-wise bodies do not contain it; whoever evaluates
// or lowers a body adds it.
struct fused_relu {
    bool active;
    double limit;
};
template <class A>
constexpr fused_relu fused_relu_of(A const& a) {
    if constexpr (requires { a.do_relu; })
        return {a.do_relu, a.relu_limit};
    else if constexpr (requires { a.relu_limit; })
        return {a.relu_limit > 0, a.relu_limit};
    else
        return {false, -1};
}

} // namespace tpu_convert
