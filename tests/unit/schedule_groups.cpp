// Kernels joined to one plan: what a tile needs, what is stored, and what can't be joined.
#include <doctest/doctest.h>
#include <tpu_convert/chip/bm1684x/data_mover.hpp>
#include <tpu_convert/schedule/group.hpp>

using namespace tpu_convert;

namespace {

using plan = kernel_plan<bm1684x>;

// Rows r * stride - halo to r * stride + halo of the operand for row r; [1, channels, rows, 16] of float32.
plan rows(std::int64_t in, std::int64_t out, std::int64_t stride, std::int64_t halo, std::int64_t channels = 8) {
    plan p;
    p.inputs = {{0, view::dense({1, channels, in, 16})}};
    p.outputs = {{0, view::dense({1, channels, out, 16})}};
    p.input_box = [=](std::size_t, box const& b) {
        std::int64_t const first = std::max<std::int64_t>(b.begin[2] * stride - halo, 0);
        std::int64_t const end = std::min(in, (b.begin[2] + b.size[2] - 1) * stride + halo + 1);
        return box{{0, b.begin[1], first, 0}, {1, b.size[1], end - first, 16}};
    };
    p.emit = [](kernel_builder<bm1684x>& b, tile const& t) { b.scratch(t.outputs[0].dims, dtype::f32); };
    return p;
}

} // namespace

TEST_CASE("halos of a group add up and a stored intermediate result is an output") {
    plan const first = rows(64, 64, 1, 1), second = rows(64, 64, 1, 2);
    auto const g = group_maker<bm1684x>({{&first, {0}, 1, true}, {&second, {1}, 2, true}}).make();
    REQUIRE(g);
    REQUIRE(g->plan.inputs.size() == 1);
    REQUIRE(g->outputs == std::vector<std::size_t>{1, 0});
    box const out{{0, 0, 16, 0}, {1, 8, 8, 16}};
    CHECK(g->plan.input_box(0, out) == box{{0, 0, 13, 0}, {1, 8, 14, 16}});
    CHECK(g->plan.output_box(1, out) == box{{0, 0, 14, 0}, {1, 8, 12, 16}});
    CHECK_FALSE(g->plan.cuts[1].allowed);
}

TEST_CASE("intermediate results are scratch memory of the joined kernel") {
    plan const first = rows(64, 64, 1, 0), second = rows(64, 64, 1, 0);
    auto const g = group_maker<bm1684x>({{&first, {0}, 1, false}, {&second, {1}, 2, false}}).make();
    REQUIRE(g);
    kernel_builder<bm1684x> measure{nullptr};
    box const out{{0, 0, 0, 0}, {1, 8, 4, 16}};
    local_tensor const t = make_local<bm1684x>(0, out.size, dtype::f32);
    g->plan.emit(measure, {out, {out}, {t}, {t}});
    CHECK(measure.peak() == 2 * 4 * 16 * 4); // the intermediate tile, and what one kernel asks for at a time
}

TEST_CASE("a result of which rows are skipped is not computed by a group") {
    plan const first = rows(64, 64, 1, 0), every_other = rows(64, 32, 2, 0), wide = rows(64, 32, 2, 1);
    CHECK_FALSE(group_maker<bm1684x>({{&first, {0}, 1, true}, {&every_other, {1}, 2, true}}).make());
    CHECK(group_maker<bm1684x>({{&first, {0}, 1, true}, {&wide, {1}, 2, true}}).make());
    CHECK_FALSE(group_maker<bm1684x>({{&first, {0}, 1, true}, {&wide, {7}, 2, true}}).make());
}

TEST_CASE("a group is cut along channels where each member computes those of the tile alone") {
    constexpr std::int64_t channels = 3 * bm1684x::lanes;
    plan const first = rows(64, 64, 1, 1, channels);
    plan second = rows(64, 64, 1, 1, channels);
    auto const cut_of = [&] {
        return group_maker<bm1684x>({{&first, {0}, 1, false}, {&second, {1}, 2, true}}).make()->plan.cuts[1];
    };
    CHECK(cut_of().allowed);
    CHECK(cut_of().multiple == bm1684x::lanes);
    second.input_box = [own = second.input_box](std::size_t i, box const& b) { // sums over all channels
        box in = own(i, b);
        in.begin[1] = 0, in.size[1] = channels;
        return in;
    };
    CHECK_FALSE(cut_of().allowed);
}
