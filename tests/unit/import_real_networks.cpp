// Real networks of the shared pack: all import, nothing is left that a pass should have removed, small ones compute their
// golden outputs.
#include "../shared_files.hpp"
#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <filesystem>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/import/onnx.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/pass/pipeline.hpp>

using namespace tpu_convert;

namespace {

struct real_network {
    char const* name;
    std::size_t operations; // at most, after the passes
    bool evaluated = false;
};
constexpr real_network networks[] = {
    {"mobilenet_v2", 65},        {"squeezenet_v1.1", 40}, {"yolov5n", 185},    {"yolox_nano", 265},    {"ultraface_rfb320", 91},
    {"blazeface_front", 76},     {"fastestdet", 123},     {"mnist_ort", 6, true}, {"ppocr_cls", 120},  {"superres_core", 5},
    {"yunet_n_320", 91},         {"mtcnn_onet", 19, true}, {"stories260K_prefill32", 238, true},
};

double cosine(tensor const& a, tensor const& b) {
    double dot = 0, aa = 0, bb = 0;
    for (std::int64_t i = 0; i < a.size(); ++i) {
        dot += static_cast<double>(a[i]) * b[i];
        aa += static_cast<double>(a[i]) * a[i];
        bb += static_cast<double>(b[i]) * b[i];
    }
    return dot / std::sqrt(aa * bb);
}

std::filesystem::path onnx_in(std::filesystem::path const& folder) {
    for (auto const& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".onnx") return entry.path();
    return {};
}

void check_outputs(graph const& g, npz const& inputs, npz const& golden) {
    std::map<std::string, tensor> given;
    for (auto const& [name, values] : inputs) given.emplace(name, to_tensor(values));
    auto const results = evaluate_graph(g, given);
    for (auto const& [name, values] : golden)
        for (auto const& [own, result] : results)
            if (own.starts_with(name + "_") && result.shape() == values.dims) CHECK(cosine(result, to_tensor(values)) > 0.99999);
}

} // namespace

TEST_CASE("the networks of the shared pack import and become small graphs") {
    for (auto const& network : networks) {
        CAPTURE(std::string(network.name));
        auto const folder = test::shared_file(std::string("models/models/") + network.name);
        auto const in = test::shared_file(std::string("models/golden/") + network.name + ".in.npz");
        auto const out = test::shared_file(std::string("models/golden/") + network.name + ".out.npz");
        if (!folder || !in || !out) return;
        auto const inputs = read_npz(*in);
        onnx_options options;
        for (auto const& [name, values] : inputs) options.input_shapes.push_back(values.dims);
        auto const g = transform_graph(import_onnx(onnx_in(*folder), options));
        std::size_t operations = 0;
        for (auto const v : g.order()) {
            if (g[v].kind != node_kind::operation) continue;
            ++operations;
            for (auto const* gone : {"BatchNorm", "Relu", "Clip", "Squeeze", "Unsqueeze", "Flatten", "Split", "Pow", "Expand"})
                CHECK(g[v].op->name != gone);
        }
        CHECK(operations <= network.operations);
        if (network.evaluated) check_outputs(g, inputs, read_npz(*out));
    }
}
