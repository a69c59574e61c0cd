// A real file of the BM1684X: every command decodes, and encodes back to the same bytes.
#include "../shared_files.hpp"
#include <doctest/doctest.h>
#include <set>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/isa/stream.hpp>
#include <tpu_convert/model_file/bmodel/reader.hpp>

using namespace tpu_convert;

namespace {

// Encodes the stream again from fields alone, and pads it.
template <isa::engine Engine>
std::vector<std::byte> encoded_again(blob const& stream, std::size_t& commands, std::set<std::string>& kinds) {
    std::vector<std::byte> out;
    auto const extent = isa::decode_stream<bm1684x, Engine>(stream.bytes(), [&](auto const& c, isa::position) {
        std::remove_cvref_t<decltype(c)> fresh;
        for (auto const& f : c.fields)
            if (f.kind != isa::field_kind::fixed) fresh.write(f, c.read(f));
        isa::append(out, fresh);
        kinds.insert(std::string(c.sub_op_name()));
    });
    CHECK(extent.ended);
    commands = extent.commands;
    isa::pad<bm1684x>(out);
    return out;
}

} // namespace

TEST_CASE("every command of a real BM1684X file encodes back to its bytes") {
    auto const path = test::shared_file("streams/yolov5s_bm1684x_int8_sym.bmodel");
    if (!path) return;
    auto const model = bmodel::read(*path);
    REQUIRE(model.nets.size() == 1);
    auto const& groups = model.nets[0].stages[0].groups;
    REQUIRE(groups.size() == 1);
    std::set<std::string> kinds;
    std::size_t tiu = 0, gdma = 0;
    auto const tiu_bytes = encoded_again<isa::engine::tiu>(groups[0].tiu, tiu, kinds);
    auto const gdma_bytes = encoded_again<isa::engine::gdma>(groups[0].gdma, gdma, kinds);
    CHECK(tiu == 430);
    CHECK(gdma == 142);
    CHECK(tiu == groups[0].tiu_count);
    CHECK(gdma == groups[0].gdma_count);
    CHECK(std::ranges::equal(tiu_bytes, groups[0].tiu.bytes()));
    CHECK(std::ranges::equal(gdma_bytes, groups[0].gdma.bytes()));
    CHECK(kinds.contains("conv.normal"));
    CHECK(kinds.contains("sys.end"));
}
