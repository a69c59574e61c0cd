// What deploy is asked for, checked before any work begins.
#pragma once
#include "command.hpp"
#include <string>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/report/compare.hpp>
#include <vector>

namespace tpu_convert::apps {

struct deploy_request {
    std::string mlir, model, chip;
    dtype precision = dtype::f32;
    bool narrow_inputs = false, narrow_outputs = false, compare_all = false, validate = true;
    compare_rules tolerance;
    std::vector<std::string> test_input, excepts; // test_input: empty if there is nothing to validate with
    std::string test_reference, report;
};
// Throws model_error for combinations that cannot work.
deploy_request check_deploy(arguments const& a);

} // namespace tpu_convert::apps
