// Files beside the model with --debug, as TPU-MLIR writes them: the timed schedule, and where each operator's tensors lie.
#pragma once
#include "deploy_request.hpp"
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/simulate/clock_bmodel.hpp>

namespace tpu_convert::apps {

// x.compiler_profile_0.txt: a line for each command, with its start, end, bytes and bandwidth.
std::string compiler_profile(deployment const& d, simulate::bmodel_time const& time);
// x.bmodel.json: operators in order with their command ids, and types, shapes and addresses of operands and results.
std::string tensor_location(graph const& typed, deployment const& d);

void write_side_files(graph const& typed, deploy_request const& r, deployment const& d);

} // namespace tpu_convert::apps
