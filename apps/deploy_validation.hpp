// Deploy's check of what it has written: float network, quantized reference, chip.
#pragma once
#include "deploy_request.hpp"
#include "inputs.hpp"
#include <string>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/report/compare.hpp>
#include <tpu_convert/schedule/deploy.hpp>

namespace tpu_convert::apps {

// The input and the float network's tensors that the others are compared with.
struct validation {
    tensor_map inputs; // empty: there is nothing to validate with
    npz reference;
};
validation prepare_validation(graph const& g, deploy_request const& r);

// Every tensor of a network, typed or float, as real numbers.
tensor_map real_tensors(graph const& net, tensor_map const& inputs);

struct verdict {
    comparison_report accuracy; // to the float network
    tensor_map quantized;       // of the quantized reference, as real numbers; only of integer networks
    bool passed = true;
    std::string why;            // if it has not passed
};
// Runs the file, and an integer network's reference, and prints how they compare. Without a file (null): the reference alone.
verdict validate(graph const& g, graph const& typed, deploy_request const& r, deployment const* d, validation const& v);

} // namespace tpu_convert::apps
