// record_vectors FAMILY COUNT [SEED]: random commands with what the C-model makes of them, as tests/data/cmodel keeps them.
// Commands that the C-model refuses, or after which a float32 NaN stands in the changed memory, are left out.
#include "cmodel.hpp"
#include "fuzz.hpp"
#include "vectors.hpp"
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tpu_convert;
using namespace tpu_convert::record;

namespace {

constexpr std::size_t lane_bytes = bm1684x::lane_memory_bytes;

struct outcome {
    std::uint64_t hash;
    bool usable;
};

bool makes_nan(std::byte const* before, std::byte const* after) {
    for (std::size_t l = 0; l < vector_lanes; ++l)
        for (std::size_t i = 0; i < vector_lane_bytes; i += 4) {
            std::uint32_t a, b;
            std::memcpy(&a, before + l * lane_bytes + i, 4), std::memcpy(&b, after + l * lane_bytes + i, 4);
            if (a != b && (b & 0x7FFFFFFFu) > 0x7F800000u) return true;
        }
    return false;
}

void execute(cmodel& theirs, recorded_command const& c, outcome& out) {
    fill_vector_memory(theirs.local(), lane_bytes, theirs.global(), c);
    std::vector<std::byte> const before(theirs.local(), theirs.local() + vector_lanes * lane_bytes);
    theirs.execute(c.on, c.command);
    out.usable = c.filling == vector_filling::bits || !makes_nan(before.data(), theirs.local());
    out.hash = hash_vector_memory(theirs.local(), lane_bytes, theirs.global());
}

vector_filling filling_of(filling f) {
    switch (f) {
    case filling::bits: return vector_filling::bits;
    case filling::f16:
    case filling::f16_special: return vector_filling::f16;
    case filling::bf16:
    case filling::bf16_special: return vector_filling::bf16;
    default: return vector_filling::f32;
    }
}

} // namespace

int main(int argc, char** argv) {
    char const* const libs = std::getenv("TPU_ORACLE_LIBS");
    if (argc < 3 || !libs) return std::printf("usage: TPU_ORACLE_LIBS=folder record_vectors FAMILY COUNT [SEED]\n"), 2;
    int const out = dup(1);
    FILE* const report = fdopen(out, "w");
    dup2(open("/dev/null", O_WRONLY), 1);
    cmodel theirs(libs, std::int64_t{16} << 20);
    auto* const result =
        static_cast<outcome*>(mmap(nullptr, sizeof(outcome), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    std::uint64_t const count = std::strtoull(argv[2], nullptr, 10), first = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
    for (auto const& f : families()) {
        if (f.name != argv[1]) continue;
        std::uint64_t kept = 0;
        for (std::uint64_t i = 0; kept < count && i < 4 * count; ++i) {
            draw d{std::mt19937_64{first * 1000003 + i}, filling::bits};
            test_case t;
            f.make(d, t);
            recorded_command const c{t.on, filling_of(d.fill), first * 1000003 + i, 0, t.command};
            *result = {};
            pid_t const pid = fork();
            if (pid == 0) {
                alarm(60);
                execute(theirs, c, *result);
                _exit(0);
            }
            int status = 0;
            waitpid(pid, &status, 0);
            if (status || !result->usable) continue;
            std::fprintf(report, "%s %x %llx %llx ", t.on == isa::engine::tiu ? "tiu" : "gdma", static_cast<unsigned>(c.filling),
                         static_cast<unsigned long long>(c.seed), static_cast<unsigned long long>(result->hash));
            for (auto b : t.command) std::fprintf(report, "%02x", static_cast<unsigned>(b));
            std::fprintf(report, "\n");
            ++kept;
        }
    }
    std::fclose(report);
    std::_Exit(0);
}
