// An .onnx file as plain structures: checked sizes, decoded tensors, no protobuf types.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/import/constant.hpp>
#include <variant>
#include <vector>

namespace tpu_convert::onnx_import {

struct network;

using node_attribute = std::variant<std::int64_t, double, std::string, std::vector<std::int64_t>, std::vector<double>,
                                    std::vector<std::string>, constant_ptr, std::shared_ptr<network const>>;

struct model_node {
    std::string name, op, domain;
    std::vector<std::string> inputs, outputs; // an empty name: not given
    std::map<std::string, node_attribute, std::less<>> attributes;

    // What errors call the node: its own name, or that of the first output that has one.
    std::string const& title() const {
        if (!name.empty()) return name;
        for (auto const& out : outputs)
            if (!out.empty()) return out;
        return name;
    }
};

struct model_input {
    std::string name;
    dtype type = dtype::f32;
    shape dims;                         // -1 where the model leaves it open
    std::vector<std::string> dim_names; // beside an open dimension, where the model names it
    bool has_shape = false;
    bool four_bits = false; // elements of 4 bits, which `type` holds in 8
};

struct network {
    std::string name;
    std::vector<model_node> nodes;
    std::map<std::string, constant_ptr, std::less<>> initializers;
    std::vector<model_input> inputs; // without those that are initializers
    std::vector<std::string> outputs;
};

struct model {
    network main;
    std::int64_t opset = 1; // of the standard operators
};

// Throws model_error: file_missing, file_damaged, file_too_large or model_invalid.
model read_model(std::filesystem::path const& path);
// The same from memory; external data is looked for in `folder`.
model read_model(std::span<std::byte const> bytes, std::filesystem::path const& folder);

} // namespace tpu_convert::onnx_import

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/import/onnx_model.inl>
#endif
