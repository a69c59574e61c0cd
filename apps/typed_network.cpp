#include "deploy_request.hpp"
#include "network.hpp"
#include "typed_network.hpp"
#include <tpu_convert/core/error.hpp>

namespace tpu_convert::apps {

graph load_typed_network(arguments const& a, std::vector<std::vector<std::int64_t>> const& input_shapes) {
    deploy_request r;
    r.mlir = a.text("model");
    if (!a.given("quantize")) return load_network(r.mlir, input_shapes);
    if (a.given("processor") || a.given("chip")) r.chip = chip_of(a);
    read_operator_types(a, r);
    return assign_types(load_network(r.mlir, input_shapes), r).net;
}

void check_typing(arguments const& a) {
    for (auto const* name :
         {"quantize", "calibration_table", "quantize_table", "asymmetric", "matmul_perchannel", "high_precision",
          "disable_channel_scales", "processor", "chip"}) {
        if (!a.given(name)) continue;
        if (a.text("model").ends_with(".bmodel"))
            throw model_error{error_code::usage, "--" + std::string(name),
                              "a .bmodel file has its types already; the option is for .onnx and .mlir files"};
        if (!a.given("quantize")) throw model_error{error_code::usage, "--" + std::string(name), "the option needs --quantize"};
    }
}

} // namespace tpu_convert::apps
