// Operators written down a second time, as plainly as possible: loops over indices in double.
#pragma once
#include <optional>
#include <string_view>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <vector>

namespace tpu_convert::test {

// Operands and results in double, by their coordinates.
using grid = basic_tensor<double>;
using definition = std::vector<grid> (*)(attribute_map const&, std::vector<grid> const& operands);

// Null if there is none.
definition find_definition(std::string_view op);

} // namespace tpu_convert::test
