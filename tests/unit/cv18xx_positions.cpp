// Computed positions, long axes, and windows and batches that no command of the CV18xx family has: machine and reference.
#include "small_network.hpp"
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/op/arg.hpp>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/gather.hpp>
#include <tpu_convert/op/mat_mul.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/slice.hpp>

using namespace small_network_test;

namespace {

// Of the outputs that are named: the machine's beside the reference's, in types without integers.
template <class Chip>
void check_equal(builder& b, std::vector<graph::ref> outputs, bool integer = false) {
    CAPTURE(Chip::name);
    b.options.integer = integer;
    b.g.outputs = outputs;
    auto const typed = b.typed().net;
    auto const wanted = evaluate_graph(typed, b.inputs());
    auto const run = b.run(deploy_typed<Chip>(typed, {.net_name = "one", .types = {}, .keep_all = false, .progress = {}}).file);
    CHECK(run.hazards.empty());
    for (auto const& o : b.g.outputs) {
        std::string const name = b.g[o].name;
        CAPTURE(name);
        auto const got = to_tensor(run.outputs.at(name));
        auto const& want = wanted.at(name);
        REQUIRE(got.size() == want.size());
        for (std::int64_t i = 0; i < want.size(); ++i) CHECK(got[i] == want[i]);
    }
}

using both = type_list<cv183x, cv180x>; // with most and with fewest lanes

} // namespace

TEST_CASE("rows of a table at positions that the network finds are copied by the runtime") {
    for_each(both{}, []<class Chip>(std::type_identity<Chip>) {
        builder b({3, 9, 30});
        for (float& v : b.input.values()) v = bf16_to_f32(f32_to_bf16(v));
        auto const place = b.operation<op::arg>({.axis = 2, .keepdims = false}, {b.x()}, "place");
        auto const of_weight = b.operation<op::gather>({.axis = 0}, {b.weight({30, 8}, "table"), place}, "of_weight");
        auto const of_image = b.operation<op::gather>({.axis = 2}, {b.x(), place}, "of_image");
        check_equal<Chip>(b, {of_weight, of_image});
    });
}

TEST_CASE("the file says which weight the runtime reads, and as what") {
    builder b({3, 9, 30});
    auto const place = b.operation<op::arg>({.axis = 2, .keepdims = false}, {b.x()}, "place");
    b.g.outputs = {b.operation<op::gather>({.axis = 0}, {b.weight({30, 4, 2}, "table"), place}, "y")};
    b.options.integer = false;
    auto const made = deploy_typed<cv181x>(b.typed().net, {.net_name = "one", .types = {}, .keep_all = false, .progress = {}});
    auto const& file = std::get<cvimodel::file>(made.file);
    REQUIRE(file.weights.size() == 1);
    CHECK(file.weights[0].dims == shape{30, 8, 1, 1});
    CHECK(cvimodel::region_of(static_cast<std::uint64_t>(file.weights[0].address)) == cvimodel::regions::weights);
}

TEST_CASE("a class of a thousand, and the best five of them") {
    for_each(both{}, []<class Chip>(std::type_identity<Chip>) {
        builder b({2, 1000});
        auto const most = b.operation<op::arg>({.axis = 1, .keepdims = true, .select_last_index = false}, {b.x()}, "most");
        auto const least = b.operation<op::arg>({.axis = 1, .keepdims = false, .mode = arg_mode::min}, {b.x()}, "least");
        check_equal<Chip>(b, {most, least});
    });
}

TEST_CASE("padding and dilation that no command has give the bytes of the quantized reference") {
    for_each(both{}, []<class Chip>(std::type_identity<Chip>) {
        builder b;
        op::conv::attributes a;
        a.kernel_shape = {3, 3}, a.strides = {1, 1}, a.pads = {24, 17, 24, 17}, a.dilations = std::vector<std::int64_t>{24, 17};
        auto const wide = b.operation<op::conv>(a, {b.x(), b.weight({6, 3, 3, 3}, "w")}, "wide");
        check_equal<Chip>(b, {b.operation<op::sigmoid>({}, {wide}, "y")}, true);
    });
}

TEST_CASE("products whose batches are repeated in part give the bytes of the quantized reference") {
    for_each(both{}, []<class Chip>(std::type_identity<Chip>) {
        builder b({2, 3, 6, 10});
        auto const part = [&](std::size_t axis, std::string const& name) {
            shape ends{2, 3, 6, 10};
            ends[axis] = 1;
            return b.operation<op::slice>({.offset = {0, 0, 0, 0}, .steps = {1, 1, 1, 1}, .ends = ends}, {b.x()}, name);
        };
        auto const right = b.operation<op::permute>({.order = {0, 1, 3, 2}}, {part(0, "right")}, "turned");
        check_equal<Chip>(b, {b.operation<op::mat_mul>({}, {part(1, "left"), right}, "product")}, true);
    });
}
