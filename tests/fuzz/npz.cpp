// Fuzz target: any bytes as an .npz file, and as a .npy file.
#include <cstddef>
#include <cstdint>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/io/npz.hpp>

using namespace tpu_convert;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = std::as_bytes(std::span(data, size));
    try {
        for (auto const& [name, a] : read_npz(bytes, "fuzz")) to_tensor(a);
    } catch (model_error const&) {
    }
    try {
        to_tensor(parse_npy(bytes, "fuzz"));
    } catch (model_error const&) {
    }
    return 0;
}
