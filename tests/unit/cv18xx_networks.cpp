// INT8 networks on the CV18xx family.
#include "small_network.hpp"
#include <tpu_convert/op/max.hpp>
#include <tpu_convert/op/prelu.hpp>

using namespace small_network_test;

TEST_CASE("an INT8 network for the CV18xx family: symmetric bytes everywhere, factors with two roundings") {
    auto const typed = small_network().typed().net;
    for (auto const v : typed.order())
        for (auto const& r : typed[v].results)
            if (r.scale > 0) CHECK_MESSAGE((r.type == dtype::i8 && r.zero_point == 0), r.name);
}

TEST_CASE("slopes of either sign and a maximum of two give the bytes of the quantized reference") {
    for_each(cv18xx_chips{}, []<class Chip>(std::type_identity<Chip>) {
        CAPTURE(Chip::name);
        builder b;
        auto const one = b.convolve(b.x(), 12, 3, 1, 1, "one"), other = b.convolve(b.x(), 12, 1, 1, 1, "other");
        auto const shifted = b.operation<op::add>({.coeff = std::vector<double>{1, -1}}, {one, other}, "shifted");
        auto const bent = b.operation<op::prelu>({}, {shifted, b.weight({12, 1, 1}, "slopes")}, "bent");
        b.g.outputs = {b.operation<op::max>({}, {bent, other}, "y")};
        auto const network = b.typed();
        CHECK(network.reasons.empty()); // all of it is integer
        auto const wanted = evaluate_graph(network.net, b.inputs());
        auto const run = b.run(
            deploy_typed<Chip>(network.net, {.net_name = "small", .types = {}, .keep_all = false, .progress = {}}).file);
        auto const got = to_tensor(run.outputs.at("y"));
        for (std::int64_t i = 0; i < got.size(); ++i) CHECK(got[i] == wanted.at("y")[i]);
    });
}

TEST_CASE("on each chip of the CV18xx family a network's file gives the bytes of the quantized reference") {
    auto b = small_network();
    auto const typed = b.typed().net;
    auto const wanted = evaluate_graph(typed, b.inputs());
    for_each(cv18xx_chips{}, [&]<class Chip>(std::type_identity<Chip>) {
        CAPTURE(Chip::name);
        auto const made = deploy_typed<Chip>(typed, {.net_name = "small", .types = {}, .keep_all = false, .progress = {}});
        auto const& file = std::get<cvimodel::file>(made.file);
        CHECK(file.programs[0].routines.front().function == "quant"); // float32 comes in and goes out
        CHECK(file.programs[0].routines.back().function == "quant");
        auto const run = b.run(made.file);
        CHECK(run.hazards.empty());
        auto const* got = run.outputs.find("both");
        REQUIRE(got);
        auto const values = to_tensor(*got);
        for (std::int64_t i = 0; i < values.size(); ++i) CHECK(values[i] == wanted.at("both")[i]);
    });
}
