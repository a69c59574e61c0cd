// consumer NETWORK.onnx INPUT.npz : a program of its own that uses the installed project, with the library or header-only.
#include <cmath>
#include <cstdio>
#include <map>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/import/onnx.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/pass/pipeline.hpp>

int main(int argc, char** argv) try {
    if (argc != 3) return 2;
    std::map<std::string, tpu_convert::tensor> inputs;
    tpu_convert::onnx_options options;
    for (auto const& [name, values] : tpu_convert::read_npz(argv[2])) {
        inputs[name] = tpu_convert::to_tensor(values);
        options.input_shapes.push_back(values.dims);
    }
    auto const network = tpu_convert::transform_graph(tpu_convert::import_onnx(argv[1], options));
    for (auto const& [name, values] : tpu_convert::evaluate_graph(network, inputs)) {
        std::printf("%s %s\n", name.c_str(), tpu_convert::to_string(values.shape()).c_str());
        for (float const v : values.values())
            if (!std::isfinite(v)) return 1;
    }
} catch (tpu_convert::model_error const& e) {
    std::fprintf(stderr, "%s\n", e.line().c_str());
    return 1;
}
