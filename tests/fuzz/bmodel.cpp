// Fuzz target: any bytes as a .bmodel file, then as a bare stream of each engine, which the clock times too.
#include <cstddef>
#include <cstdint>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/isa/stream.hpp>
#include <tpu_convert/model_file/bmodel/inspect.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/simulate/clock_bm1684x.hpp>
#include <tpu_convert/simulate/clock_summary.hpp>
#include <vector>

using namespace tpu_convert;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = std::as_bytes(std::span(data, size));
    try {
        auto const f = bmodel::read(blob(std::vector<std::byte>(bytes.begin(), bytes.end())), "fuzz");
        bmodel::info_text(f, true);
        bmodel::json_text(f);
        bmodel::disassemble(f, {}, [](std::string_view) {});
        simulate::summarize(simulate::time_bmodel(f, clock_rates::vendor));
    } catch (model_error const&) {
    }
    for (auto const e : {isa::engine::tiu, isa::engine::gdma}) {
        try {
            isa::decode_stream<bm1684x>(e, bytes, [](auto const&, isa::position) {});
            simulate::clock<bm1684x> clock(clock_rates::silicon);
            e == isa::engine::tiu ? clock.run(bytes, {}) : clock.run({}, bytes);
        } catch (model_error const&) {
        }
    }
    return 0;
}
