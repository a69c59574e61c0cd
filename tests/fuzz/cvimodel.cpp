// Fuzz target: any bytes as a .cvimodel file; what reads is listed, disassembled and written again.
#include <cstddef>
#include <cstdint>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/cvimodel/disassemble.hpp>
#include <tpu_convert/model_file/cvimodel/inspect.hpp>
#include <tpu_convert/model_file/cvimodel/reader.hpp>
#include <tpu_convert/model_file/cvimodel/writer.hpp>
#include <vector>

using namespace tpu_convert;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = std::as_bytes(std::span(data, size));
    try {
        auto const f = cvimodel::read(blob(std::vector<std::byte>(bytes.begin(), bytes.end())), "fuzz");
        cvimodel::info_text(f, true);
        cvimodel::json_text(f);
        cvimodel::to_bytes(f);
        cvimodel::disassemble(f, {}, [](std::string_view) {});
    } catch (model_error const&) {
    }
    return 0;
}
