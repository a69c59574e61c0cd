// fuzz_machine FAMILY COUNT [SEED]: random commands on the machine and on the C-model; memories must be equal afterwards.
// The C-model ends the process when it dislikes a command, so it runs in a child, and the parent starts another after that
// command.
#include "cmodel.hpp"
#include "fuzz.hpp"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <immintrin.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/simulate/bm1684x.hpp>
#include <unistd.h>

using namespace tpu_convert;
using namespace tpu_convert::record;

namespace {

struct progress {
    std::uint64_t next, equal, different, refused_by_both, only_machine_refuses, shown;
    char text[4096];
};

float special_f32(draw& d) {
    static constexpr std::uint32_t values[] = {0,          0x80000000, 1,          0x80000001, 0x7FFFFF,   0x800000,
                                               0x80800000, 0x7F7FFFFF, 0xFF7FFFFF, 0x7F800000, 0xFF800000, 0x7FC00000,
                                               0xFFC12345, 0x7F800001, 0x3F800000, 0xBF800000, 0x40000000, 0x477FE000,
                                               0x477FF000, 0x33800000, 0x33000000, 0x38800000, 0x387FC000, 0x3F000000};
    return std::bit_cast<float>(values[d.below(sizeof values / 4)]);
}

float random_f32(draw& d) {
    switch (d.below(8)) {
    case 0: return std::bit_cast<float>(static_cast<std::uint32_t>(d.random()));
    case 1: return static_cast<float>(static_cast<std::int32_t>(d.between(0, 400)) - 200) * 0.5f;
    default: return static_cast<float>(static_cast<std::int64_t>(d.random()) >> d.below(40)) * 0x1p-40f;
    }
}

void make_random(draw& d, std::byte* to, std::size_t bytes) {
    bool const special = d.fill >= filling::f32_special;
    if (d.fill == filling::small_integers) {
        for (std::size_t i = 0; i < bytes; i += 4) {
            std::uint32_t const v = d.below(10);
            std::memcpy(to + i, &v, 4);
        }
    } else if (d.fill == filling::bits) {
        for (std::size_t i = 0; i < bytes; i += 8) {
            std::uint64_t const v = d.random();
            std::memcpy(to + i, &v, 8);
        }
    } else if (d.fill == filling::f32 || d.fill == filling::f32_special) {
        for (std::size_t i = 0; i < bytes; i += 4) {
            float const v = special && d.chance(30) ? special_f32(d) : random_f32(d);
            std::memcpy(to + i, &v, 4);
        }
    } else {
        bool const half = d.fill == filling::f16 || d.fill == filling::f16_special;
        for (std::size_t i = 0; i < bytes; i += 2) {
            float const f = special && d.chance(30) ? special_f32(d) : random_f32(d);
            std::uint16_t v = half ? f32_to_f16(f) : f32_to_bf16(f);
            if (special && d.chance(10)) v = static_cast<std::uint16_t>(d.random());
            std::memcpy(to + i, &v, 2);
        }
    }
}

// Slices of one large random block for each kind of filling, made once.
void fill(draw& d, std::byte* to, std::size_t bytes) {
    constexpr std::size_t pool_bytes = std::size_t{1} << 20;
    static std::vector<std::byte> pools[8];
    auto& pool = pools[static_cast<int>(d.fill)];
    if (pool.empty()) pool.resize(pool_bytes), make_random(d, pool.data(), pool_bytes);
    std::memcpy(to, pool.data() + d.below(static_cast<std::uint32_t>((pool_bytes - bytes) / 4)) * 4, bytes);
}

constexpr std::uint32_t lane_bytes = bm1684x::lane_memory_bytes;

void show(progress& p, test_case const& t, std::byte const* before, std::byte const* mine, std::byte const* theirs, bool local) {
    std::printf("%s\n", t.text.c_str());
    std::size_t const bytes = local ? window : global_window, parts = local ? 64 : 1;
    int lines = 0;
    for (std::size_t l = 0; l < parts; ++l)
        for (std::size_t i = 0; i < bytes && lines < 12; i += 4) {
            std::size_t const at = l * lane_bytes + i;
            std::uint32_t a, b, o;
            std::memcpy(&a, mine + at, 4), std::memcpy(&b, theirs + at, 4), std::memcpy(&o, before + at, 4);
            if (a == b) continue;
            std::printf("    %s %2zu+%05zX machine %08X C-model %08X before %08X\n", local ? "lane" : "global", l, i, a, b, o);
            ++lines;
        }
    ++p.shown;
}

bool equal_words(std::byte const* a, std::byte const* b) {
    for (std::size_t i = 0; i < window; i += 4) {
        float x, y;
        std::memcpy(&x, a + i, 4), std::memcpy(&y, b + i, 4);
        if (std::memcmp(&x, &y, 4) && !(x != x && y != y)) return false;
    }
    return true;
}

bool same_memory(std::byte const* a, std::byte const* b, bool nans_are_equal) {
    for (std::size_t l = 0; l < 64; ++l)
        if (std::memcmp(a + l * lane_bytes, b + l * lane_bytes, window) &&
            !(nans_are_equal && equal_words(a + l * lane_bytes, b + l * lane_bytes)))
            return false;
    return true;
}

void child(family const& f, progress& p, std::uint64_t count, std::uint64_t seed, char const* libs, std::uint64_t most_shown) {
    unsigned const my_mode = _mm_getcsr();
    int const out = dup(1), log = open("/dev/null", O_WRONLY);
    char const* const keep = std::getenv("FUZZ_LOG");
    dup2(keep ? 2 : log, 1);
    cmodel theirs(libs, std::int64_t{16} << 20);
    unsigned const their_mode = _mm_getcsr(); // the C-model switches subnormals off for its thread
    _mm_setcsr(my_mode);
    std::fflush(stdout);
    if (!keep) dup2(log, 2);
    FILE* const report = fdopen(out, "w");
    (void)report;
    simulate::machine<bm1684x> mine({.checks = false});
    auto& m = mine.state();
    m.add_region("test", bm1684x::global_base, std::uint64_t{16} << 20, true);
    std::byte* const g = m.global(bm1684x::global_base, std::uint64_t{16} << 20);
    std::vector<std::byte> before(64 * lane_bytes), global_before(global_window);
    while (p.next < count) {
        draw d{std::mt19937_64{seed * 1000003 + p.next}, filling::bits};
        ++p.next;
        test_case t;
        f.make(d, t);
        std::snprintf(p.text, sizeof p.text, "%s", t.text.c_str());
        for (std::size_t l = 0; l < 64; ++l) {
            fill(d, m.lane(static_cast<std::uint32_t>(l)), window);
            std::memcpy(theirs.local() + l * lane_bytes, m.lane(static_cast<std::uint32_t>(l)), window);
            std::memcpy(before.data() + l * lane_bytes, m.lane(static_cast<std::uint32_t>(l)), window);
        }
        if (t.on == isa::engine::gdma) {
            fill(d, g, global_window);
            std::memcpy(theirs.global(), g, global_window), std::memcpy(global_before.data(), g, global_window);
        }
        std::string refusal;
        try {
            mine.execute(t.on, t.command);
        } catch (model_error const& e) {
            refusal = e.what();
        }
        _mm_setcsr(their_mode);
        theirs.execute(t.on, t.command);
        _mm_setcsr(my_mode);
        std::fflush(stdout);
        dup2(out, 1);
        bool const same = same_memory(m.local(), theirs.local(), t.nans_are_equal),
                   same_global = std::memcmp(g, theirs.global(), global_window) == 0;
        if (!refusal.empty()) {
            ++p.only_machine_refuses;
            if (p.shown++ < most_shown) std::printf("%s\n    machine refuses: %s\n", t.text.c_str(), refusal.c_str());
        } else if (same && same_global)
            ++p.equal;
        else {
            ++p.different;
            if (p.shown < most_shown)
                show(p, t, same ? global_before.data() : before.data(), same ? g : m.local(),
                     same ? theirs.global() : theirs.local(), !same);
        }
        std::fflush(stdout);
        dup2(keep ? 2 : log, 1);
        if (!same_global) std::memcpy(theirs.global(), g, global_window);
    }
    std::_Exit(0);
}

} // namespace

int main(int argc, char** argv) {
    char const* const libs = std::getenv("TPU_ORACLE_LIBS");
    if (argc < 3 || !libs) {
        std::printf("usage: TPU_ORACLE_LIBS=folder fuzz_machine FAMILY COUNT [SEED [SHOWN]]\nfamilies:");
        for (auto const& f : families()) std::printf(" %.*s", static_cast<int>(f.name.size()), f.name.data());
        std::printf("\n");
        return 2;
    }
    int bad = 0;
    for (auto const& f : families()) {
        if (std::string_view(argv[1]) != "all" && f.name != argv[1]) continue;
        auto& p =
            *static_cast<progress*>(mmap(nullptr, sizeof(progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
        std::uint64_t const count = std::strtoull(argv[2], nullptr, 10),
                            seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
        std::uint64_t const most = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 5;
        std::uint64_t stopped = 0;
        while (p.next < count && stopped < count) {
            std::fflush(stdout);
            pid_t const pid = fork();
            if (pid == 0) {
                alarm(300);
                child(f, p, count, seed, libs, most);
            }
            int status = 0;
            waitpid(pid, &status, 0);
            if (status == 0) break;
            if (stopped++ < most) std::printf("%s\n    the C-model stops (%d)\n", p.text, status);
        }
        std::printf("%.*s: %llu equal, %llu different, %llu refused by the machine alone, %llu where the C-model stops\n",
                    static_cast<int>(f.name.size()), f.name.data(), static_cast<unsigned long long>(p.equal),
                    static_cast<unsigned long long>(p.different), static_cast<unsigned long long>(p.only_machine_refuses),
                    static_cast<unsigned long long>(stopped));
        bad += p.different || p.only_machine_refuses;
    }
    return bad ? 1 : 0;
}
