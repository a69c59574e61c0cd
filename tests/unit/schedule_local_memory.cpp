// Where a tile's operands lie in the lanes: from either end, by stage, and in the order of lanes.
#include <doctest/doctest.h>
#include <tpu_convert/chip/bm1684x/timing.hpp>
#include <tpu_convert/schedule/lane_order.hpp>
#include <tpu_convert/schedule/local_plan.hpp>

using namespace tpu_convert;

namespace {

// Members that read one weight each, of so many bytes in a lane.
kernel_plan<bm1684x> stages(std::int64_t count) {
    kernel_plan<bm1684x> p;
    for (std::int64_t i = 0; i < count; ++i) {
        p.inputs.push_back(
            {0, view::dense({1, 64, 1, 1}), dtype::f32, local_layout::compact, std::make_shared<std::vector<std::byte>>(4)});
        p.stages.push_back(static_cast<std::size_t>(i));
    }
    p.outputs = {{0, view::dense({1, 64, 1, 16}), dtype::f32}};
    return p;
}

} // namespace

TEST_CASE("a mirrored plan fills the same bytes from the other end") {
    local_plan l;
    l.input_slots = {{0, 128}}, l.input_bytes = {128}, l.output_slots = {{256}}, l.output_bytes = {64};
    l.scratch = 320, l.scratch_bytes = 64, l.end = 384;
    local_plan const m = l.mirrored(1024);
    CHECK(m.input_slots[0] == std::vector<std::int64_t>{896, 768});
    CHECK(m.output_slots[0][0] == 704);
    CHECK(m.scratch == 640);
    CHECK(m.begin == 640);
    CHECK(m.end == 1024);
}

TEST_CASE("what even and odd tiles use shares no bank, where that takes no room from the neighbours") {
    auto p = stages(1);
    p.stages.clear();
    p.inputs.push_back({1, view::dense({1, 64, 8, 16}), dtype::f32});
    tile_extent const e{{1000, 20000}, {16000}, {true, false}, 0};
    local_plan const l = place_operands(p, {1, 64, 1, 16}, 8, e, 500);
    CHECK(l.input_slots[0] == std::vector<std::int64_t>{0}); // bank 0, read for all tiles
    CHECK(l.input_slots[1] == std::vector<std::int64_t>{16384, 65536});
    CHECK(l.output_slots[0] == std::vector<std::int64_t>{16384 + 20032, 65536 + 20032});
    CHECK(l.scratch == 114688); // bank 7
    CHECK(l.end == 114688 + 512);
    tile_extent const wide{{1000, 20000}, {36000}, {true, false}, 0}; // 114112 bytes: in half of a lane only without gaps
    local_plan const tight = place_operands(p, {1, 64, 1, 16}, 8, wide, 500);
    CHECK(tight.input_slots[1] == std::vector<std::int64_t>{1024, 57088});
    CHECK(tight.end == 113664);
}

TEST_CASE("weights of later stages take the place of earlier ones where memory is short") {
    tile_extent const e{{40000, 40000, 40000, 40000, 40000, 40000, 40000, 40000}, {64}, std::vector<bool>(8, true), 0};
    local_plan const l = place_operands(stages(8), {1, 64, 1, 16}, 1, e, 0);
    CHECK(l.end <= bm1684x::lane_memory_bytes);
    CHECK(l.load_stage(0) == 0);
    CHECK(l.load_stage(7) == 5);
    for (std::size_t i = 0; i + 3 < 8; ++i) // when it is loaded, what was there has been read
        if (l.input_slots[i + 3] == l.input_slots[i]) CHECK(l.load_stage(i + 3) > i);
    CHECK(l.end < 4 * 40000);
    local_plan const few = place_operands(stages(2), {1, 64, 1, 16}, 1, {{40000, 40000}, {64}, {true, true}, 0}, 0);
    CHECK(few.load_stage(1) == 0); // there is room for all from the start
}

TEST_CASE("parameters of many channels are stored as the lanes hold them") {
    kernel_plan<bm1684x> p;
    auto bytes = std::make_shared<std::vector<std::byte>>();
    for (int i = 0; i < 130; ++i) bytes->push_back(std::byte(i));
    p.inputs = {{0, view::dense({1, 130, 1, 1}), dtype::i8, local_layout::compact, bytes}};
    auto cut = p;
    order_by_lane(p);
    REQUIRE(p.inputs[0].by_lane);
    REQUIRE(p.inputs[0].packed->size() == 64 * 3);
    CHECK((*p.inputs[0].packed)[1] == std::byte{64});
    CHECK((*p.inputs[0].packed)[5] == std::byte{129}); // lane 1: channels 1, 65, 129
    CHECK((*p.inputs[0].packed)[8] == std::byte{0});   // lane 2 has two
    cut.cuts[1].multiple = 65; // tiles that begin in another lane
    order_by_lane(cut);
    CHECK_FALSE(cut.inputs[0].by_lane);
}
