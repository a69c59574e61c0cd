// Fuzz target: any bytes as a calibration table; what is read can be written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>

using namespace tpu_convert;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    try {
        auto const table = parse_calibration_table({reinterpret_cast<char const*>(data), size}, "fuzz");
        if (!(table.rows.begin()->second.threshold > 0)) std::abort();
        print_calibration_table(table);
    } catch (model_error const&) {
    }
    return 0;
}
