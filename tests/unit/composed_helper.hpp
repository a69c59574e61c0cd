// Any operator by its name on tensors; those of shape [0] are not given.
#pragma once
#include "op_helper.hpp"
#include <string_view>
#include <tpu_convert/op/evaluate.hpp>

namespace op_test {

inline tensor const none({0}); // an operand that is not given

inline std::vector<tensor> run(std::string_view op, attribute_map const& attributes, std::vector<tensor> const& in) {
    node n;
    n.op = find_operation(op);
    n.attributes = n.op->from_map(attributes);
    std::vector<shape> shapes;
    std::vector<tensor const*> operands;
    for (auto const& x : in) {
        bool const given = x.shape() != shape{0};
        shapes.push_back(given ? x.shape() : absent_shape());
        operands.push_back(given ? &x : nullptr);
    }
    return evaluate_as<tensor>(result_shapes(n, shapes, operands), n.op->evaluate, n.attributes, in);
}

inline double dot(tensor const& a, tensor const& b) {
    double sum = 0;
    for (std::int64_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

// Each element of `gradient` is the change of f(x) when that element of x changes.
template <class F>
void check_gradient(tensor const& x, tensor const& gradient, F&& f, float step, double tolerance) {
    REQUIRE(gradient.size() == x.size());
    for (std::int64_t i = 0; i < x.size(); ++i) {
        tensor up = x, down = x;
        up[i] += step, down[i] -= step;
        double const slope = (f(up) - f(down)) / (2 * static_cast<double>(step));
        CHECK(static_cast<double>(gradient[i]) == doctest::Approx(slope).epsilon(tolerance).scale(1));
    }
}

} // namespace op_test
