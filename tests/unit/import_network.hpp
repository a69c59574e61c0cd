// Small ONNX networks for tests, written in a few calls.
#pragma once
#include <span>
#include <string>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/import/onnx.hpp>
#include <tpu_convert/import/onnx_proto.hpp>
#include <tpu_convert/op/reference.hpp>
#include <vector>

namespace tpu_convert::test {

class network {
public:
    explicit network(std::int64_t opset = 13) { model_.add_opset_import()->set_version(opset); }

    network& input(std::string const& name, shape const& dims, int type = proto::TensorProto::FLOAT) {
        auto& v = *graph().add_input();
        v.set_name(name);
        auto& t = *v.mutable_type()->mutable_tensor_type();
        t.set_elem_type(type);
        for (auto const d : dims) {
            if (d < 0) t.mutable_shape()->add_dim()->set_dim_param("open");
            else t.mutable_shape()->add_dim()->set_dim_value(d);
        }
        return *this;
    }
    network& output(std::string const& name) {
        graph().add_output()->set_name(name);
        return *this;
    }
    network& floats(std::string const& name, shape const& dims, std::vector<float> const& values) {
        auto& t = tensor(name, dims, proto::TensorProto::FLOAT);
        for (auto const v : values) t.add_float_data(v);
        return *this;
    }
    network& integers(std::string const& name, shape const& dims, std::vector<std::int64_t> const& values) {
        auto& t = tensor(name, dims, proto::TensorProto::INT64);
        for (auto const v : values) t.add_int64_data(v);
        return *this;
    }
    network& node(std::string const& op, std::vector<std::string> const& in, std::vector<std::string> const& out) {
        auto& n = *graph().add_node();
        n.set_op_type(op);
        for (auto const& i : in) n.add_input(i);
        for (auto const& o : out) n.add_output(o);
        return *this;
    }
    // Attributes of the node added last.
    network& set(std::string const& name, std::int64_t v) {
        auto& a = attribute(name, proto::AttributeProto::INT);
        a.set_i(v);
        return *this;
    }
    network& set(std::string const& name, double v) {
        auto& a = attribute(name, proto::AttributeProto::FLOAT);
        a.set_f(static_cast<float>(v));
        return *this;
    }
    network& set(std::string const& name, std::vector<std::int64_t> const& v) {
        auto& a = attribute(name, proto::AttributeProto::INTS);
        for (auto const x : v) a.add_ints(x);
        return *this;
    }
    network& set(std::string const& name, std::string const& v) {
        auto& a = attribute(name, proto::AttributeProto::STRING);
        a.set_s(v);
        return *this;
    }

    proto::ModelProto& model() { return model_; }
    std::string bytes() const { return model_.SerializeAsString(); }
    tpu_convert::graph import(onnx_options const& options = {}) const {
        auto const text = bytes();
        return import_onnx(std::as_bytes(std::span(text)), options);
    }

private:
    proto::GraphProto& graph() { return *model_.mutable_graph(); }
    proto::TensorProto& tensor(std::string const& name, shape const& dims, int type) {
        auto& t = *graph().add_initializer();
        t.set_name(name);
        t.set_data_type(type);
        for (auto const d : dims) t.add_dims(d);
        return t;
    }
    proto::AttributeProto& attribute(std::string const& name, proto::AttributeProto::AttributeType type) {
        auto& a = *graph().mutable_node(graph().node_size() - 1)->add_attribute();
        a.set_name(name);
        a.set_type(type);
        return a;
    }

    proto::ModelProto model_;
};

// Names of the operators in order.
inline std::vector<std::string> operators(graph const& g) {
    std::vector<std::string> names;
    for (auto const v : g.order())
        if (g[v].kind == node_kind::operation) names.emplace_back(g[v].op->name);
    return names;
}

} // namespace tpu_convert::test
