// Operators evaluated through their table, in float and in double.
#pragma once
#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/reference.hpp>
#include <vector>

namespace op_test {

using namespace tpu_convert;

inline tensor make(shape dims, std::vector<float> const& values) { return tensor(std::move(dims), values); }

// first, first + step...
inline tensor counted(shape dims, float first = 0, float step = 1) {
    tensor t(std::move(dims));
    for (std::int64_t i = 0; i < t.size(); ++i) t[i] = first + step * static_cast<float>(i);
    return t;
}

// Reproducible values between -1 and 1.
inline tensor noise(shape dims, std::uint32_t seed = 1) {
    tensor t(std::move(dims));
    for (auto& v : t.values()) {
        seed = seed * 1664525u + 1013904223u;
        v = static_cast<float>(seed >> 8) / 8388608.0f - 1.0f;
    }
    return t;
}

template <class Tensor, class Evaluate>
std::vector<Tensor> evaluate_as(std::vector<shape> const& dims, Evaluate f, std::any const& a, std::vector<Tensor> const& in) {
    std::vector<Tensor const*> operands;
    for (auto const& x : in) operands.push_back(x.rank() == 1 && x.dim(0) == 0 ? nullptr : &x);
    std::vector<Tensor> out;
    for (auto const& d : dims) out.emplace_back(d);
    f(a, operands, out);
    return out;
}

// Results in float, checked against those in double. An operand of shape [0] is not given.
template <class Op>
std::vector<tensor> evaluate(typename Op::attributes const& a, std::vector<tensor> const& in) {
    auto const& info = info_of<Op>();
    std::vector<shape> shapes;
    std::vector<constant_tensor> exact;
    for (auto const& x : in) {
        shapes.push_back(x.shape() == shape{0} ? absent_shape() : x.shape());
        exact.emplace_back(x.shape());
        std::copy(x.values().begin(), x.values().end(), exact.back().data());
    }
    auto const dims = info.infer(a, shapes);
    auto const out = evaluate_as<tensor>(dims, info.evaluate, a, in);
    auto const expected = evaluate_as<constant_tensor>(dims, info.fold, a, exact);
    for (std::size_t r = 0; r < out.size(); ++r)
        for (std::int64_t i = 0; i < out[r].size(); ++i)
            CHECK(out[r][i] == doctest::Approx(expected[r][i]).epsilon(1e-5).scale(1));
    return out;
}

inline std::vector<float> list(tensor const& t) { return {t.values().begin(), t.values().end()}; }

} // namespace op_test
