// BF16 networks on the CV18xx family, and what its sums round.
#include "small_network.hpp"
#include <cmath>
#include <tpu_convert/chip/cv18xx/lowering/function_table.hpp>

using namespace small_network_test;

namespace {

double cosine(tensor const& a, tensor const& b) {
    double ab = 0, aa = 0, bb = 0;
    for (std::int64_t i = 0; i < a.size(); ++i) ab += a[i] * b[i], aa += a[i] * a[i], bb += b[i] * b[i];
    return ab / std::sqrt(aa * bb);
}

} // namespace

TEST_CASE("a BF16 network for the CV18xx family: float32 at its inputs and outputs alone") {
    auto b = small_network();
    b.options.integer = false;
    auto const typed = b.typed().net;
    for (auto const v : typed.order())
        if (typed[v].kind == node_kind::operation && !typed.is_output({v, 0}))
            CHECK_MESSAGE(typed[v].results[0].type == dtype::bf16, typed[v].results[0].name);
}

TEST_CASE("on each chip of the CV18xx family a BF16 network's file gives the same numbers, near the reference") {
    auto b = small_network();
    b.options.integer = false;
    auto const typed = b.typed().net;
    auto const wanted = evaluate_graph(typed, b.inputs()).at("both");
    tensor first;
    for_each(cv18xx_chips{}, [&]<class Chip>(std::type_identity<Chip>) {
        CAPTURE(Chip::name);
        auto const made = deploy_typed<Chip>(typed, {.net_name = "small", .types = {}, .keep_all = false, .progress = {}});
        auto const run = b.run(made.file);
        CHECK(run.hazards.empty());
        auto const values = to_tensor(*run.outputs.find("both"));
        CHECK(cosine(values, wanted) > 0.9999);
        if (first.size() == 0) first = values;
        CHECK(std::equal(first.values().begin(), first.values().end(), values.values().begin()));
    });
}

TEST_CASE("an INT8 network with a BF16 operator has conversions on the chip on both sides") {
    auto b = small_network();
    b.options.exceptions.rows.push_back({"sum", "BF16"});
    auto const typed = b.typed().net;
    auto const wanted = evaluate_graph(typed, b.inputs()).at("both");
    auto const made = deploy_typed<cv181x>(typed, {.net_name = "small", .types = {}, .keep_all = false, .progress = {}});
    auto const& routines = std::get<cvimodel::file>(made.file).programs[0].routines;
    CHECK(routines.size() == 3); // quant, commands, quant
    auto const run = b.run(made.file);
    CHECK(run.hazards.empty());
    CHECK(cosine(to_tensor(*run.outputs.find("both")), wanted) > 0.9999);
}

TEST_CASE("sums of BF16 are rounded toward zero after each term, and once to the nearest at their end") {
    builder b;
    b.options.integer = false;
    b.input = tensor({1, 3, 1, 1});
    std::fill(b.input.values().begin(), b.input.values().end(), 1.0f);
    b.g[b.x()].dims = {1, 3, 1, 1};
    auto const sum = b.convolve(b.x(), 4, 1, 1, 1, "sum");
    b.g.outputs = {sum};
    auto w = tensor({4, 3, 1, 1}), zero = tensor({4});
    std::fill(zero.values().begin(), zero.values().end(), 0.0f);
    float const terms[]{0x1p20f, 0.1875f, -0x1p20f, 0x1p20f, 0.125f, -0x1p20f, 0x1p20f, -0x1p-8f, -1048575.0f, 1, 0x1p-8f, 0};
    std::copy(std::begin(terms), std::end(terms), w.data());
    w[8] = -0x1p19f;
    auto const operands = b.g.operands(sum.node);
    b.g[operands[1].node].payload = std::make_shared<tensor const>(w);
    b.g[operands[2].node].payload = std::make_shared<tensor const>(zero);
    auto const made = deploy_typed<cv181x>(b.typed().net, {.net_name = "sum", .types = {}, .keep_all = false, .progress = {}});
    auto const y = to_tensor(*b.run(made.file).outputs.find("sum"));
    CHECK(y[0] == 0.125f);
    CHECK(y[1] == 0.125f);
    CHECK(y[2] == 0x1p19f); // 2^19 - 2^-4, to the nearest
    CHECK(y[3] == 1.0f);    // 1 + 2^-8, half to even
}

TEST_CASE("functions are tables of values and slopes, those that vanish at 0 as a factor of x") {
    using cv18xx_lowering::tabulate;
    auto const sigmoid = tabulate([](void const*, double x) { return 1 / (1 + std::exp(-x)); }, nullptr);
    auto const silu = tabulate([](void const*, double x) { return x / (1 + std::exp(-x)); }, nullptr);
    CHECK((sigmoid.fits && silu.fits));
    CHECK_FALSE(tabulate([](void const*, double x) { return std::floor(x); }, nullptr).fits);
    CHECK(sigmoid.form == cv18xx_lowering::table_form::direct);
    CHECK(silu.form == cv18xx_lowering::table_form::gate);
    for (double x = -20; x <= 20; x += 0.03125) {
        CHECK(std::fabs(sigmoid.at(x) - 1 / (1 + std::exp(-x))) < 0.004);
        CHECK(std::fabs(silu.at(x) - x / (1 + std::exp(-x))) < 0.004 * std::max(1.0, std::fabs(x)));
    }
}

TEST_CASE("powers are products of what exponent and fraction give, rounded once; logarithms are sums") {
    using cv18xx_lowering::tabulate;
    auto const root = tabulate([](void const*, double x) { return std::sqrt(x); }, nullptr);
    auto const one_over = tabulate([](void const*, double x) { return 1 / x; }, nullptr);
    auto const logarithm = tabulate([](void const*, double x) { return std::log(x); }, nullptr);
    CHECK(root.form == cv18xx_lowering::table_form::product);
    CHECK(logarithm.form == cv18xx_lowering::table_form::sum);
    CHECK(root.at(0) == 0);
    for (double x : {0.0078125, 0.3125, 1.0, 1.5, 2.0, 3.140625, 640.0, 12288.0}) {
        CHECK(std::fabs(root.at(x) / std::sqrt(x) - 1) <= 1.0 / 256);
        CHECK(std::fabs(one_over.at(-x) * -x - 1) <= 1.0 / 256);
        CHECK(std::fabs(logarithm.at(x) - std::log(x)) <= (std::fabs(std::log(x)) + 1) / 128);
    }
}
