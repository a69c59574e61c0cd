// One case of the ONNX backend tests: a model, its inputs and the outputs that the standard's own implementation gave.
#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>
#include <tpu_convert/import/constant.hpp>

namespace tpu_convert::test {

struct suite_case {
    std::filesystem::path model;
    std::string group; // the operator of a model with one node
    std::vector<std::pair<std::string, constant_ptr>> inputs;
    std::vector<constant_ptr> outputs;
};

// How much of the inputs had to be known at import.
enum class freeze_rule { nothing, integers, everything };

// Throws model_error where the case has something else than tensors of numbers.
suite_case read_case(std::filesystem::path const& folder);

// Empty if every output is right; else the first difference, or the error.
std::string run_case(suite_case const& c, freeze_rule frozen);

} // namespace tpu_convert::test
