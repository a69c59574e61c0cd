// What MLIR text says, before operators are looked up: operations with named operands, attributes, types and locations.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/graph/mlir_scanner.hpp>
#include <tpu_convert/graph/mlir_type_syntax.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <utility>
#include <vector>

namespace tpu_convert::detail {

// A part of a location: a name, or an alias that stands for a location.
struct mlir_location {
    std::string text;
    bool alias = false;
};

struct mlir_operand {
    std::string name;
    std::size_t result = 0;
};

struct mlir_operation {
    std::string name; // "top.Conv"
    std::string result;
    std::size_t results = 0;
    std::vector<mlir_operand> operands;
    attribute_map attributes;
    std::vector<mlir_type> types; // of the results
    std::vector<mlir_location> location;
};

struct mlir_module {
    std::string name;
    attribute_map attributes;
    std::vector<std::string> arguments; // of @main
    std::vector<mlir_operation> operations;
    std::vector<mlir_operand> returned;
    std::map<std::string, std::vector<mlir_location>> locations; // aliases

    // The names that a location stands for.
    std::vector<std::string> names(std::vector<mlir_location> const& location, int depth = 0) const;
};

mlir_module parse_mlir_module(std::string_view text, std::string_view file);

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/graph/mlir_syntax.inl>
#endif
