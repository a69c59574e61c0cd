// INT8 networks on the CV18xx family.
#include "small_network.hpp"

using namespace small_network_test;

TEST_CASE("an INT8 network for the CV18xx family: symmetric bytes everywhere, factors with two roundings") {
    auto const typed = small_network().typed().net;
    for (auto const v : typed.order())
        for (auto const& r : typed[v].results)
            if (r.scale > 0) CHECK_MESSAGE((r.type == dtype::i8 && r.zero_point == 0), r.name);
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
