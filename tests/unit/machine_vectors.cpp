// The machine makes of single commands what the vendor's C-model made of them: tests/data/cmodel, recorded by tests/record.
#include "../record/vectors.hpp"
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <tpu_convert/isa/disassemble.hpp>
#include <tpu_convert/isa/stream.hpp>
#include <tpu_convert/simulate/bm1684x.hpp>

using namespace tpu_convert;
using namespace tpu_convert::record;

namespace {

std::string listing(isa::engine on, std::span<std::byte const> command) {
    std::string text;
    isa::decode_stream<bm1684x>(on, command, [&]<class Command>(Command const& c, isa::position) { text = isa::to_string(c); });
    return text;
}

void replay(std::filesystem::path const& file) {
    simulate::machine<bm1684x> machine({.checks = false});
    auto& memory = machine.state();
    memory.add_region("test", bm1684x::global_base, std::uint64_t{16} << 20, true);
    std::byte* const global = memory.global(bm1684x::global_base, vector_global_bytes);
    std::ifstream in(file);
    std::string line;
    std::size_t replayed = 0;
    while (std::getline(in, line)) {
        recorded_command const c = parse_vector(line);
        fill_vector_memory(memory.local(), bm1684x::lane_memory_bytes, global, c);
        machine.execute(c.on, c.command);
        bool const equal = hash_vector_memory(memory.local(), bm1684x::lane_memory_bytes, global) == c.hash;
        CHECK_MESSAGE(equal, file.filename().string() << " line " << replayed + 1 << ": " << listing(c.on, c.command));
        ++replayed;
    }
    CHECK(replayed >= 10);
}

} // namespace

TEST_CASE("the machine equals the C-model on the recorded commands") {
    std::size_t files = 0;
    for (auto const& entry : std::filesystem::directory_iterator(TPU_CONVERT_SOURCE_ROOT "/tests/data/cmodel")) {
        if (entry.path().extension() != ".txt") continue;
        replay(entry.path());
        ++files;
    }
    CHECK(files >= 9);
}
