// Streams that are no streams, and values that are no values of a field.
#include <doctest/doctest.h>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/isa/disassemble.hpp>

using namespace tpu_convert;

namespace {
std::string failure_of(isa::engine e, std::vector<std::byte> const& stream) {
    try {
        isa::disassemble<bm1684x>(e, stream);
    } catch (model_error const& error) {
        return error.line();
    }
    return {};
}
} // namespace

TEST_CASE("a cut or unknown command is an error that says where") {
    std::vector<std::byte> stream;
    isa::append(stream, bm1684x::commands::conv_short{});
    isa::append(stream, bm1684x::commands::ar_short{});
    auto cut = stream;
    cut.resize(100, std::byte{0});
    CHECK(failure_of(isa::engine::tiu, stream).empty());
    CHECK(failure_of(isa::engine::tiu, cut) ==
          "TC500 TIU command 1 at byte 64: sAR is cut off: it has 64 bytes, the stream 36 more");
    stream.resize(stream.size() + 16);
    stream[128] = std::byte{0x01};
    stream[133] = std::byte{0x10}; // type 8
    CHECK(failure_of(isa::engine::tiu, stream) ==
          "TC500 TIU command 2 at byte 128: no command of this chip begins with the bytes 0100000000100000");
    CHECK(failure_of(isa::engine::gdma, {7, std::byte{0xFF}}).starts_with("TC500 GDMA command 0 at byte 0"));
}

TEST_CASE("what follows the end command is not decoded") {
    std::vector<std::byte> stream;
    isa::append(stream, isa::end_command<bm1684x, isa::engine::gdma>());
    stream.resize(128, std::byte{0xFF});
    auto const extent = isa::decode_stream<bm1684x>(isa::engine::gdma, stream, [](auto const&, isa::position) {});
    CHECK(extent.ended);
    CHECK(extent.commands == 1);
    CHECK(extent.bytes == 16);
}

TEST_CASE("a value that does not fit its field is refused") {
    bm1684x::commands::conv_short c;
    CHECK_THROWS_WITH_AS(c.set<"res0_w">(65536), "sCONV: field res0_w has 16 bits and cannot hold 65536", model_error);
    CHECK_THROWS_AS(c.set<"opd0_prec">(-5), model_error);
    c.set<"opd0_prec">(-4);
    CHECK(c.get<"opd0_prec">() == 4);
    c.set<"opd0_addr">(-1);
    CHECK(c.get<"opd0_addr">() == 0xFFFFFFFFu);
    bm1684x::commands::mm_short m;
    CHECK_THROWS_AS(m.set<"tsk_eu_typ">(4), model_error);
}

TEST_CASE("a line of the listing names the sub-operation and the fields that are set") {
    bm1684x::commands::ar_short c;
    c.select<"arith.add">();
    c.set<"cmd_id">(7);
    c.set<"opd0_addr">(0x40);
    CHECK(isa::to_string(c) == "sAR                  arith.add cmd_id=7 opd0_addr=0x40");
}
