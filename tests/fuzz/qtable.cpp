// Fuzz target: any bytes as a quantize table, and as an inline one; what is read is the same when it is written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/quantize/qtable.hpp>

using namespace tpu_convert;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    try {
        auto const table = parse_quantize_table(text, "fuzz");
        if (parse_quantize_table(print_quantize_table(table, ""), "again").rows.size() != table.rows.size()) std::abort();
    } catch (model_error const&) {
    }
    try {
        parse_inline_quantize_table(text);
    } catch (model_error const&) {
    }
    return 0;
}
