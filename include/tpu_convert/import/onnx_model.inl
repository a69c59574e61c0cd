// Protobuf to plain structures.
#pragma once
#include <fstream>
#include <limits>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/import/onnx_model.hpp>
#include <tpu_convert/import/onnx_tensor.hpp>
#include <utility>

namespace tpu_convert::onnx_import {

namespace detail {

network read_network(proto::GraphProto& g, std::filesystem::path const& folder);

// Nothing for kinds that no supported operator has (sparse tensors, types): the importer then finds the attribute missing.
inline std::optional<node_attribute> read_attribute(proto::AttributeProto& a, std::filesystem::path const& folder) {
    switch (a.type()) {
    case proto::AttributeProto::INT: return a.i();
    case proto::AttributeProto::FLOAT: return static_cast<double>(a.f());
    case proto::AttributeProto::STRING: return a.s();
    case proto::AttributeProto::INTS: return std::vector<std::int64_t>(a.ints().begin(), a.ints().end());
    case proto::AttributeProto::FLOATS: return std::vector<double>(a.floats().begin(), a.floats().end());
    case proto::AttributeProto::STRINGS: return std::vector<std::string>(a.strings().begin(), a.strings().end());
    case proto::AttributeProto::TENSOR: return read_tensor(a.t(), folder);
    case proto::AttributeProto::GRAPH: return std::make_shared<network const>(read_network(*a.mutable_g(), folder));
    default: return std::nullopt;
    }
}

inline model_node read_node(proto::NodeProto& n, std::filesystem::path const& folder) {
    model_node node{n.name(), n.op_type(), n.domain() == "ai.onnx" ? "" : n.domain(), {}, {}, {}};
    node.inputs.assign(n.input().begin(), n.input().end());
    node.outputs.assign(n.output().begin(), n.output().end());
    for (auto& a : *n.mutable_attribute())
        if (auto value = read_attribute(a, folder)) node.attributes.insert_or_assign(a.name(), std::move(*value));
    return node;
}

inline model_input read_input(proto::ValueInfoProto const& v) {
    model_input in;
    in.name = v.name();
    auto const& t = v.type().tensor_type();
    if (!v.type().has_tensor_type() && v.type().value_case() != proto::TypeProto::VALUE_NOT_SET)
        throw model_error{error_code::model_invalid, "input '" + v.name() + "'",
                          "is not a tensor; sequences and maps cannot be converted"};
    auto const type = stored_dtype_of_onnx(v.type().has_tensor_type() ? t.elem_type() : proto::TensorProto::FLOAT);
    if (!type)
        throw model_error{error_code::model_invalid, "input '" + v.name() + "'",
                          "element type " + std::to_string(t.elem_type()) + " cannot be converted; numbers and truth values can"};
    in.type = *type, in.four_bits = is_four_bits(t.elem_type());
    in.has_shape = t.has_shape();
    for (auto const& d : t.shape().dim()) {
        bool const known = d.has_dim_value() && d.dim_value() >= 0;
        in.dims.push_back(known ? d.dim_value() : -1);
        in.dim_names.push_back(known ? "" : d.dim_param());
    }
    return in;
}

// Memory of a decoded tensor's source is given back at once, so that large weights are not held twice.
inline network read_network(proto::GraphProto& g, std::filesystem::path const& folder) {
    network net;
    net.name = g.name();
    if (g.sparse_initializer_size())
        throw model_error{error_code::model_invalid, g.name(), "has sparse initializers; store them dense"};
    for (auto& t : *g.mutable_initializer()) {
        net.initializers.insert_or_assign(t.name(), read_tensor(t, folder));
        t.Clear();
    }
    for (auto const& v : g.input())
        if (!net.initializers.contains(v.name())) net.inputs.push_back(read_input(v));
    for (auto const& v : g.output()) net.outputs.push_back(v.name());
    for (auto& n : *g.mutable_node()) {
        net.nodes.push_back(read_node(n, folder));
        n.Clear();
    }
    return net;
}

inline model read_parsed(proto::ModelProto& m, std::filesystem::path const& folder) {
    if (!m.has_graph() || m.opset_import_size() == 0)
        throw model_error{error_code::file_damaged, "", "the file is no ONNX model: it has no graph or names no operator set"};
    model result;
    for (auto const& o : m.opset_import())
        if (o.domain().empty() || o.domain() == "ai.onnx") result.opset = o.version();
    result.main = read_network(*m.mutable_graph(), folder);
    return result;
}

inline model parse(google::protobuf::io::ZeroCopyInputStream& from, std::filesystem::path const& folder) {
    google::protobuf::io::CodedInputStream coded(&from);
    coded.SetTotalBytesLimit(std::numeric_limits<int>::max());
    coded.SetRecursionLimit(64);
    proto::ModelProto m;
    if (!m.ParseFromCodedStream(&coded) || !coded.ConsumedEntireMessage())
        throw model_error{error_code::file_damaged, "", "the file is truncated or is no ONNX model"};
    return read_parsed(m, folder);
}

} // namespace detail

TPU_CONVERT_INLINE model read_model(std::filesystem::path const& path) {
    std::error_code error;
    auto const size = std::filesystem::file_size(path, error);
    std::ifstream file(path, std::ios::binary);
    if (error || !file || !std::filesystem::is_regular_file(path, error))
        throw model_error{error_code::file_missing, path.string(), "the model file cannot be opened for reading"};
    if (size > static_cast<std::uintmax_t>(std::numeric_limits<int>::max()))
        throw model_error{error_code::file_too_large, path.string(),
                          "has " + std::to_string(size) + " bytes; above 2 GiB weights must be external data"};
    google::protobuf::io::IstreamInputStream stream(&file);
    try {
        return detail::parse(stream, path.parent_path());
    } catch (model_error const& e) {
        throw model_error{e.code(), path.string(), e.what()};
    }
}

TPU_CONVERT_INLINE model read_model(std::span<std::byte const> bytes, std::filesystem::path const& folder) {
    google::protobuf::io::ArrayInputStream stream(bytes.data(), static_cast<int>(bytes.size()));
    return detail::parse(stream, folder);
}

} // namespace tpu_convert::onnx_import
