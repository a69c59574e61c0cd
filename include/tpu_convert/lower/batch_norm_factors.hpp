// BatchNorm with constant statistics: x times a factor plus a bias for each channel.
#pragma once
#include <cmath>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/batch_norm.hpp>
#include <vector>

namespace tpu_convert {

struct batch_norm_factors {
    std::vector<float> factor, bias;
};

// Operands: x, mean, variance and, where they are given, gamma and beta. Throws if one of them is computed.
inline batch_norm_factors constant_batch_norm(op::batch_norm::attributes const& a, lowering_context const& c) {
    for (std::size_t i = 1; i < c.operands.size(); ++i)
        if (c.operands[i] && !c.payloads[i])
            throw model_error{error_code::lowering_missing, c.name, "its statistics are not constant"};
    auto const value = [&](std::size_t i, std::int64_t k, double otherwise) {
        return i < c.payloads.size() && c.payloads[i] ? static_cast<double>((*c.payloads[i])[k]) : otherwise;
    };
    batch_norm_factors made;
    for (std::int64_t k = 0; k < c.results[0]->dims[1]; ++k) {
        double const f = value(3, k, 1) / std::sqrt(value(2, k, 1) + a.epsilon);
        made.factor.push_back(static_cast<float>(f));
        made.bias.push_back(static_cast<float>(value(4, k, 0) - value(1, k, 0) * f));
    }
    return made;
}

} // namespace tpu_convert
