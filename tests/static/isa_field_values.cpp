// Fields: negative values, fields across two words, and 64 bits at once.
#include <tpu_convert/isa/command.hpp>

using namespace tpu_convert;

namespace {

struct sample : isa::command<"sample", 192, isa::fixed_field<"type", 0, 4, 9>, isa::field<"small", 4, 3>,
    isa::field<"wide", 7, 64>, isa::field<"across", 120, 16>, isa::field<"last", 184, 8>> {};

constexpr sample filled = [] {
    sample s;
    s.set<"small">(-3);
    s.set<"wide">(0x8123456789ABCDEFull);
    s.set<"across">(-2);
    s.set<"last">(255u);
    return s;
}();
static_assert(filled.get<"type">() == 9);
static_assert(filled.get<"small">() == 5 && filled.get_signed<"small">() == -3);
static_assert(filled.get<"wide">() == 0x8123456789ABCDEFull);
static_assert(filled.get<"across">() == 0xFFFE && filled.get_signed<"across">() == -2);
static_assert(filled.get_signed<"last">() == -1);
static_assert(filled.words[0] == (9ull | 5ull << 4 | 0x8123456789ABCDEFull << 7));
static_assert(sample::has<"small"> && !sample::has<"large">);
static_assert(sample::matches_head(filled.words[0]) && !sample::matches_head(8));

} // namespace
