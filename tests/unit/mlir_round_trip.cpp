// MLIR text is read as TPU-MLIR spells it, and printing and parsing are inverse.
#include <doctest/doctest.h>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/mlir_text.hpp>

using namespace tpu_convert;

namespace {

constexpr char const* sample = R"(#loc = loc(unknown)
module @net attributes {module.chip = "ALL", module.platform = "ONNX", module.state = "TOP_F32", module.weight_file = "w.npz"} {
  func.func @main(%arg0: tensor<1x3x8x8xf32> loc(unknown)) -> (tensor<1x4x8x8xf32>, tensor<1x2x8x8xf32>) {
    %0 = "top.None"() : () -> none loc(#loc)
    %1 = "top.Input"(%arg0) {channel_format = "nchw", do_preprocess = true, mean = [1.5, 0.0, -2.0e+00], pad_value = 0 : i64,
                             pixel_format = "rgb", scale = [1.0, 2.0, 3.0]}
        : (tensor<1x3x8x8xf32>) -> tensor<1x3x8x8xf32> loc(#loc1)
    %2 = "top.Weight"() : () -> tensor<4x3x1x1xf32> loc(#loc2)
    %3 = "top.Conv"(%1, %2, %0) {dilations = [1, 1], do_relu = true, group = 1 : i64, kernel_shape = [1, 1], pads = [0, 0, 0, 0],
                                 relu_limit = -1.000000e+00 : f64, strides = [1, 1]}
        : (tensor<1x3x8x8xf32>, tensor<4x3x1x1xf32>, none) -> tensor<1x4x8x8x!quant.calibrated<f32<-0.5:3.25>>> loc(#loc3)
    %4:2 = "top.Split"(%3) {axis = 1 : si32, num = 2 : i64}
        : (tensor<1x4x8x8x!quant.calibrated<f32<-0.5:3.25>>>) -> (tensor<1x2x8x8xf32>, tensor<1x2x8x8xf32>) loc(#loc6)
    %5 = "top.Add"(%4#0, %4#1) : (tensor<1x2x8x8xf32>, tensor<1x2x8x8xf32>) -> tensor<1x2x8x8xf32> loc(#loc7)
    return %3, %5 : tensor<1x4x8x8xf32>, tensor<1x2x8x8xf32> loc(#loc)
  } loc(#loc)
} loc(#loc)
#loc1 = loc("input")
#loc2 = loc(fused["filter"])
#loc3 = loc("a \"b\"\\_\0AConv")
#loc4 = loc("left")
#loc5 = loc("right")
#loc6 = loc(fused[#loc4, #loc5])
#loc7 = loc("sum_Add")
)";

graph read(std::string const& text) {
    return parse_mlir(text, "test", [](std::string const&) -> weight_source {
        return [](std::string const& name) -> std::shared_ptr<tensor const> {
            return name == "filter" ? std::make_shared<tensor const>(shape{4, 3, 1, 1}) : nullptr;
        };
    });
}

std::string changed(std::string_view from, std::string_view to) {
    std::string text = sample;
    auto const at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("operations, names, types and attributes are read from MLIR text") {
    auto const g = read(sample);
    CHECK(g.name == "net");
    CHECK(g.outputs.size() == 2);
    CHECK(g[g.outputs[0]].name == "a \"b\"\\_\nConv");
    CHECK(g[g.outputs[0]].range->second == 3.25);
    CHECK(g[g.outputs[1]].dims == shape{1, 2, 8, 8});
    CHECK(g.find("right")->result == 1);
    auto const input = g[*g.find("input")];
    CHECK(std::get<std::vector<double>>(g[g.find("input")->node].preprocess.at("mean")) == std::vector<double>{1.5, 0, -2});
    CHECK_FALSE(g.operands(g.find("a \"b\"\\_\nConv")->node)[2]);
    auto const printed = print_mlir(g, "w.npz");
    CHECK(print_mlir(read(printed), "w.npz") == printed);
}

TEST_CASE("scales for each channel are read from MLIR text and printed") {
    std::string const plain = "tensor<1x2x8x8xf32> loc(#loc7)";
    auto const typed = [&](std::string const& scales) {
        return changed(plain, "tensor<1x2x8x8x!quant.uniform<i8:f32:" + scales + ">> loc(#loc7)");
    };
    auto const g = read(typed("1, {0.5:-3, 0.25:-3}"));
    auto const& sum = g[*g.find("sum_Add")];
    CHECK(sum.channel_scales == std::vector<double>{0.5, 0.25});
    CHECK(sum.scale == 0.5);
    CHECK(sum.zero_point == -3);
    auto const printed = print_mlir(g, "w.npz");
    CHECK(printed.find("!quant.uniform<i8:f32:1, {0.5:-3, 0.25:-3}>") != std::string::npos);
    CHECK(print_mlir(read(printed), "w.npz") == printed);
    CHECK_THROWS_WITH_AS(read(typed("0, {0.5, 0.25}")), doctest::Contains("another axis"), model_error);
    CHECK_THROWS_WITH_AS(read(typed("1, {0.5}")), doctest::Contains("each channel"), model_error);
    CHECK_THROWS_WITH_AS(read(typed("1, {0.5:1, 0.5}")), doctest::Contains("zero points"), model_error);
}

TEST_CASE("every beginning of an MLIR text is an error, not a crash") {
    std::string const text = sample;
    for (std::size_t n = 0; n + 1 < text.size(); ++n) CHECK_THROWS_AS(read(text.substr(0, n)), model_error);
}

TEST_CASE("MLIR text that does not fit together is an error") {
    CHECK_THROWS_WITH_AS(read(changed("top.Conv\"", "top.Convv\"")), doctest::Contains("top.Convv"), model_error);
    CHECK_THROWS_WITH_AS(read(changed("-> tensor<1x4x8x8x!", "-> tensor<1x4x8x9x!")), doctest::Contains("the text says"),
                         model_error);
    CHECK_THROWS_WITH_AS(read(changed("dilations", "dilatation")), doctest::Contains("dilatation"), model_error);
    CHECK_THROWS_WITH_AS(read(changed("\"top.Add\"(%4#0", "\"top.Add\"(%4#7")), doctest::Contains("no result 7"), model_error);
    CHECK_THROWS_WITH_AS(read(changed("\"top.Add\"(%4#0", "\"top.Add\"(%9#0")), doctest::Contains("before it is defined"),
                         model_error);
    CHECK_THROWS_WITH_AS(read(changed("loc(\"right\")", "loc(\"left\")")), doctest::Contains("two tensors"), model_error);
    CHECK_THROWS_WITH_AS(read(changed("loc(\"right\")", "loc(#loc6)")), doctest::Contains("refers to itself"), model_error);
    CHECK_THROWS_WITH_AS(read(changed("TOP_F32", "TPU_LOWERED")), doctest::Contains("TPU_LOWERED"), model_error);
    CHECK_THROWS_WITH_AS(read(changed("fused[\"filter\"]", "\"other\"")), doctest::Contains("does not hold"), model_error);
    CHECK_THROWS_WITH_AS(read(changed("group = 1 ", "group = 99999999999999999999 ")), doctest::Contains("64 bits"), model_error);
    CHECK_THROWS_AS(read(changed("1x3x8x8xf32> loc", "1099511627776x1099511627776xf32> loc")), model_error);
    CHECK_THROWS_AS(read(changed("fused[\"filter\"]", std::string(100000, '(').insert(0, "fused["))), model_error);
    std::string nested;
    for (int i = 0; i < 100000; ++i) nested += "fused[";
    CHECK_THROWS_WITH_AS(read(changed("fused[\"filter\"]", nested)), doctest::Contains("too deeply"), model_error);
}
