// Fuzz target: any bytes as MLIR text; every weight that it asks for is there, if it is small.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/mlir_text.hpp>

using namespace tpu_convert;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    try {
        auto const g = parse_mlir(text, "fuzz", [](std::string const&) -> weight_source {
            return [](std::string const&) { return std::make_shared<tensor const>(shape{12}); };
        });
        print_mlir(g, "w.npz");
    } catch (model_error const&) {
    }
    return 0;
}
