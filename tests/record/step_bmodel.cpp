// step_bmodel MODEL WEIGHTS [SEED]: runs a .bmodel of the BM1684X on the machine and on the C-model side by side, with random
// inputs, and names the first commands after which their memories differ.
#include "cmodel.hpp"
#include <cstdio>
#include <cstdlib>
#include <immintrin.h>
#include <random>
#include <tpu_convert/isa/disassemble.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>
#include <string>
#include <tpu_convert/simulate/bm1684x.hpp>
#include <vector>

using namespace tpu_convert;

namespace {

struct stepper {
    record::cmodel& theirs;
    simulate::machine<bm1684x>& mine;
    std::uint64_t global_bytes;
    unsigned their_mode, my_mode;
    int shown = 0;

    static constexpr std::size_t local_bytes = bm1684x::local_memory_bytes;

    bool show_difference(std::byte const* a, std::byte const* b, std::size_t bytes, std::string const& text, char const* where) {
        if (std::memcmp(a, b, bytes) == 0) return false;
        std::size_t first = 0, count = 0;
        while (a[first] == b[first]) ++first;
        for (std::size_t i = first; i < bytes; ++i) count += a[i] != b[i];
        std::uint32_t x = 0, y = 0;
        std::memcpy(&x, a + first / 4 * 4, 4), std::memcpy(&y, b + first / 4 * 4, 4);
        std::printf("%s\n    %s: %zu bytes differ, the first at lane %zu offset 0x%zX (0x%zX): machine %08X C-model %08X\n",
                    text.c_str(), where, count, first / bm1684x::lane_memory_bytes, first % bm1684x::lane_memory_bytes, first,
                    x, y);
        return true;
    }
    void step(isa::engine e, std::span<std::byte const> bytes, std::string const& text) {
        _mm_setcsr(my_mode);
        try {
            mine.execute(e, bytes);
        } catch (model_error const& error) {
            std::printf("%s\n    machine refuses: %s\n", text.c_str(), error.what());
            ++shown;
        }
        _mm_setcsr(their_mode);
        theirs.execute(e, bytes);
        _mm_setcsr(my_mode);
        auto& m = mine.state();
        std::byte* const g = m.global(bm1684x::global_base, global_bytes);
        bool const local = show_difference(m.local(), theirs.local(), local_bytes, text, "local memory");
        bool const global = e == isa::engine::gdma && show_difference(g, theirs.global(), global_bytes, text, "global memory");
        shown += local + global;
        if (local) std::memcpy(m.local(), theirs.local(), local_bytes);
        if (global) std::memcpy(g, theirs.global(), global_bytes);
    }
};

struct item {
    isa::engine on;
    std::vector<std::byte> bytes;
    std::string text;
};

template <isa::engine Engine>
std::vector<simulate::queued_command> queue_of(std::span<std::byte const> stream, std::vector<item>& items) {
    std::vector<simulate::queued_command> queue;
    isa::decode_stream<bm1684x, Engine>(stream, [&]<class Command>(Command const& c, isa::position at) {
        simulate::queued_command q;
        q.bytes = stream.data() + at.offset;
        if constexpr (Command::template has<"cmd_id">) q.id = static_cast<std::uint32_t>(c.template get<"cmd_id">());
        if constexpr (Command::template has<"cmd_id_dep">) q.wait = static_cast<std::uint32_t>(c.template get<"cmd_id_dep">());
        q.index = items.size();
        items.push_back({Engine, {stream.begin() + at.offset, stream.begin() + at.offset + Command::bytes}, isa::to_string(c)});
        queue.push_back(q);
    });
    return queue;
}

} // namespace

int main(int argc, char** argv) {
    char const* const libs = std::getenv("TPU_ORACLE_LIBS");
    if (argc < 3 || !libs) return std::printf("usage: TPU_ORACLE_LIBS=folder step_bmodel MODEL WEIGHTS|- [SEED]\n"), 2;
    auto const file = bmodel::read(argv[1]);
    auto const& s = file.nets.at(0).stages.at(0);
    blob const weights = argv[2][0] == '-' ? s.coefficient_memory->bytes : map_file(argv[2]);
    std::uint64_t const global_bytes = s.context_address + s.context_bytes + s.io_bytes - bm1684x::global_base;
    unsigned const my_mode = _mm_getcsr();
    record::cmodel theirs(libs, static_cast<std::int64_t>(global_bytes + (64 << 20)));
    unsigned const their_mode = _mm_getcsr();
    simulate::machine<bm1684x> mine({.checks = false});
    mine.state().add_region("all", bm1684x::global_base, global_bytes, true);
    std::byte* const g = mine.state().global(bm1684x::global_base, global_bytes);
    std::memcpy(g, weights.bytes().data(), weights.size());
    std::mt19937_64 random(argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
    for (auto const& t : s.inputs)
        for (std::uint64_t i = 0; i < t.bytes; i += 4) {
            float const v = static_cast<float>(random() % 2000) * 0.001f - 1.0f;
            std::uint32_t const bits = static_cast<std::uint32_t>(random());
            std::memcpy(g + t.address - bm1684x::global_base + i, t.data_type == 0 ? static_cast<void const*>(&v) : &bits, 4);
        }
    std::memcpy(theirs.global(), g, global_bytes);
    std::memset(theirs.local(), 0, stepper::local_bytes);
    stepper run{theirs, mine, global_bytes, their_mode, my_mode};
    for (auto const& group : s.groups.empty() ? s.subnets.at(0).groups : s.groups) {
        std::vector<item> items;
        auto const tiu = queue_of<isa::engine::tiu>(group.tiu.bytes(), items);
        auto const dma = queue_of<isa::engine::gdma>(group.gdma.bytes(), items);
        simulate::walk(tiu, dma, simulate::order::eager_tiu, [&](auto const& c, auto const&) {
            item const& i = items[c.index];
            if (run.shown < 12) run.step(i.on, i.bytes, i.text);
        });
    }
    std::printf("%d differences\n", run.shown);
    std::fflush(stdout);
    std::_Exit(run.shown != 0);
}
