// Fuzz target: any bytes as an .onnx file, through import and rewrites.
#include <cstddef>
#include <cstdint>
#include <span>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/import/onnx.hpp>
#include <tpu_convert/pass/pipeline.hpp>

using namespace tpu_convert;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    try {
        transform_graph(import_onnx(std::as_bytes(std::span(data, size))));
    } catch (model_error const&) {
    }
    return 0;
}
