// Reading, import, reference evaluation and comparison of one case.
#include "case.hpp"
#include <cmath>
#include <fstream>
#include <set>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/import/onnx.hpp>
#include <tpu_convert/import/onnx_model.hpp>
#include <tpu_convert/import/onnx_proto.hpp>
#include <tpu_convert/import/onnx_tensor.hpp>
#include <tpu_convert/op/evaluate.hpp>

namespace tpu_convert::test {

namespace {

template <class Message>
Message parsed(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    Message m;
    if (!m.ParseFromIstream(&file)) throw model_error{error_code::file_damaged, path.string(), "cannot be read"};
    return m;
}

// Tests of bfloat16 store the bits as 16-bit integers.
constant_ptr read_values(std::filesystem::path const& path, proto::ValueInfoProto const& v) {
    if (!v.type().has_tensor_type()) throw model_error{error_code::model_invalid, v.name(), "is no tensor"};
    auto c = onnx_import::read_tensor(parsed<proto::TensorProto>(path), ".");
    if (v.type().tensor_type().elem_type() != proto::TensorProto::BFLOAT16 || c->reals) return c;
    tensor reals{c->dims};
    for (std::int64_t i = 0; i < reals.size(); ++i)
        reals[i] = bf16_to_f32(static_cast<std::uint16_t>(c->integers[static_cast<std::size_t>(i)]));
    return make_reals(std::move(reals), dtype::bf16);
}

std::string difference(constant const& wanted, tensor const& found) {
    if (wanted.dims != found.shape()) return "shape " + to_string(found.shape()) + ", not " + to_string(wanted.dims);
    auto const values = doubles_of(wanted);
    for (std::int64_t i = 0; i < found.size(); ++i) {
        double const x = static_cast<double>(found[i]), y = values[static_cast<std::size_t>(i)];
        if (x == y || (std::isnan(x) && std::isnan(y)) || static_cast<float>(y) == found[i]) continue;
        if (!(std::abs(x - y) <= 1e-7 + 1e-3 * std::abs(y)))
            return "element " + std::to_string(i) + " is " + std::to_string(x) + ", not " + std::to_string(y);
    }
    return "";
}

} // namespace

suite_case read_case(std::filesystem::path const& folder) {
    suite_case c;
    c.model = folder / "model.onnx";
    auto const m = parsed<proto::ModelProto>(c.model);
    c.group = m.graph().node_size() == 1 ? m.graph().node(0).op_type() : "network";
    auto const data = folder / "test_data_set_0";
    for (int i = 0; std::filesystem::exists(data / ("input_" + std::to_string(i) + ".pb")); ++i)
        c.inputs.emplace_back(m.graph().input(i).name(),
                              read_values(data / ("input_" + std::to_string(i) + ".pb"), m.graph().input(i)));
    for (int i = 0; std::filesystem::exists(data / ("output_" + std::to_string(i) + ".pb")); ++i)
        c.outputs.push_back(read_values(data / ("output_" + std::to_string(i) + ".pb"), m.graph().output(i)));
    return c;
}

std::string run_case(suite_case const& c, freeze_rule frozen) try {
    onnx_options options;
    std::map<std::string, tensor> values;
    std::vector<std::string> names;
    auto const m = onnx_import::read_model(c.model);
    std::set<std::string> weights;
    for (auto const& [name, w] : m.main.initializers) weights.insert(name);
    for (auto const& [name, v] : c.inputs) {
        if (weights.contains(name)) continue;
        bool const whole = !is_float(v->type);
        if (frozen == freeze_rule::everything || (frozen == freeze_rule::integers && whole)) {
            options.input_constants.emplace(name, doubles_of(*v));
            continue;
        }
        values.emplace(name, *floats_of(*v));
        options.input_types.push_back(v->type);
    }
    bool open = false;
    for (auto const& in : m.main.inputs) {
        auto const given = values.find(in.name);
        if (given == values.end()) continue;
        options.input_shapes.push_back(given->second.shape());
        for (auto const d : in.dims) open = open || d < 0;
        open = open || !in.has_shape;
    }
    if (!open) options.input_shapes.clear();
    graph const g = import_onnx(c.model, options);
    auto const answers = evaluate_graph(g, values);
    for (std::size_t i = 0; i < c.outputs.size(); ++i) {
        auto const& name = g[g.outputs.at(i)].name;
        auto const why = difference(*c.outputs[i], answers.at(name));
        if (!why.empty()) return "output " + std::to_string(i) + ": " + why;
    }
    return "";
} catch (std::exception const& e) {
    return e.what();
}

} // namespace tpu_convert::test
