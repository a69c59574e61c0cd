// Axes longer than what a command counts are cut; where they cannot be, the error names node, operator, value and remedy.
#include "kernel_case.hpp"
#include <doctest/doctest.h>
#include <limits>
#include <string_view>
#include <tpu_convert/core/error.hpp>

using namespace tpu_convert;
using namespace tpu_convert::test;

namespace {

kernel_case pointwise(std::int64_t channels) {
    return {"Conv",
            {{"kernel_shape", std::vector<std::int64_t>{1, 1}}, {"strides", std::vector<std::int64_t>{1, 1}},
             {"pads", std::vector<std::int64_t>{0, 0, 0, 0}}},
            {{{1, channels, 1, 1}}, {{2, channels, 1, 1}, -1, 1, true}}};
}

using ints = std::vector<std::int64_t>;

kernel_case reduction(char const* mode, shape dims, ints axes, double ulps) {
    return {"Reduce", {{"axes", std::move(axes)}, {"mode", mode}}, {{std::move(dims)}}, ulps};
}
kernel_case along(char const* op, attribute_map a, shape dims, double ulps) {
    a["axis"] = std::int64_t{1};
    return {op, std::move(a), {{std::move(dims), 0, 400, false, std::string_view(op) != "Softmax"}}, ulps};
}
kernel_operand factors(std::int64_t n) { return {{n}, 0.5, 1.5, true}; }

void check_kernel(kernel_case const& c, dtype t) {
    kernel_result const r = run_kernel(c, t);
    CHECK_MESSAGE(r.ulps <= c.ulps, title(c, t), " ", r.ulps);
    CHECK(r.hazards.empty());
}

} // namespace

TEST_CASE("rows that do not fit in a lane are reduced by blocks") {
    for (auto const* mode : {"ReduceSum", "ReduceMean", "ReduceL1", "ReduceL2"})
        check_kernel(reduction(mode, {2, 70001}, {1}, 60), dtype::f32);
    for (auto const* mode : {"ReduceMax", "ReduceMin"})
        for (auto const t : kernel_types) check_kernel(reduction(mode, {1, 70000, 2}, {1}, 0), t);
    check_kernel(reduction("ReduceMean", {300, 2, 300, 2}, {0, 2}, 60), dtype::f16);
    check_kernel(reduction("ReduceMax", {3, 4, 5, 6, 7}, {0, 2, 4}, 0), dtype::f16); // three groups of axes
    attribute_map const plane{{"kernel_shape", ints{320, 300}}, {"strides", ints{1, 1}}, {"pads", ints{0, 0, 0, 0}}};
    for (auto const t : {dtype::f32, dtype::f16}) {
        check_kernel({"AvgPool", plane, {{{1, 3, 320, 300}}}, 30}, t);
        check_kernel({"MaxPool", plane, {{{1, 3, 320, 300}}}, 0}, t);
    }
}

TEST_CASE("volumes are convolved slice by slice, and filters can be computed") {
    auto const window = [](ints kernel, ints strides, ints pads, ints dilations, std::int64_t group) {
        return attribute_map{{"kernel_shape", std::move(kernel)}, {"strides", std::move(strides)}, {"pads", std::move(pads)},
                             {"dilations", std::move(dilations)}, {"group", group}};
    };
    auto const volume = window({3, 2, 3}, {2, 1, 2}, {1, 0, 2, 1, 0, 2}, {1, 2, 1}, 3);
    kernel_operand const filters{{12, 2, 3, 2, 3}, -1, 1, true}, bias{{12}, -1, 1, true};
    auto const image = window({3, 3}, {2, 1}, {1, 1, 1, 1}, {1, 1}, 1), groups = window({5, 5}, {1, 1}, {0, 0, 0, 0}, {1, 1}, 5),
               both = window({3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 2);
    for (auto const t : kernel_types) {
        check_kernel({"Conv", volume, {{{2, 6, 7, 9, 10}}, filters, bias}, 12}, t);
        check_kernel({"Conv", image, {{{1, 5, 9, 10}}, {{7, 5, 3, 3}}}, 12}, t);
        check_kernel({"Conv", image, {{{2, 5, 9, 10}}, {{7, 5, 3, 3}}, {{7}}}, 12}, t);
        check_kernel({"Conv", groups, {{{1, 5, 16, 16}}, {{5, 1, 5, 5}}}, 12}, t);
        check_kernel({"Conv", both, {{{2, 6, 9, 10}}, {{8, 3, 3, 3}}}, 12}, t);
    }
    for (auto const t : kernel_types) check_kernel({"MatMul", {}, {{{1, 3, 4, 9}}, {{2, 3, 9, 5}}}, 12}, t);
}

TEST_CASE("volumes are pooled over planes, then over depths") {
    attribute_map a{{"kernel_shape", ints{2, 3, 2}}, {"strides", ints{2, 1, 2}}, {"pads", ints{1, 1, 0, 0, 1, 1}}};
    for (bool const flag : {false, true}) {
        a["count_include_pad"] = flag, a["ceil_mode"] = flag, a["do_relu"] = flag;
        for (auto const t : kernel_types) {
            check_kernel({"AvgPool", a, {{{2, 5, 4, 9, 10}}}, 12}, t);
            check_kernel({"MaxPool", a, {{{2, 70, 4, 9, 10}}}, 0}, t);
        }
    }
    attribute_map const whole{{"kernel_shape", ints{20, 30, 30}}, {"strides", ints{1, 1, 1}}, {"pads", ints(6, 0)}};
    check_kernel({"AvgPool", whole, {{{1, 3, 20, 30, 30}}}, 12}, dtype::f16);
}

TEST_CASE("positions in rows that do not fit in a lane are exact") {
    for (bool const flag : {false, true})
        for (std::int64_t const n : {70000, 70001}) {
            attribute_map const arg{{"mode", flag ? "ArgMin" : "ArgMax"}, {"select_last_index", n % 2 == 0}};
            check_kernel(along("Arg", arg, {2, n}, 0), dtype::f16);
            check_kernel(along("TopK", {{"K", std::int64_t{7}}, {"largest", flag}}, {1, n}, 0), dtype::f16);
        }
    // The lowest number that there is: what a block is filled up with is not found.
    kernel_case lowest = along("Arg", {{"select_last_index", true}}, {1, 70001}, 0);
    lowest.operands[0].values.assign(70001, std::numeric_limits<float>::lowest());
    check_kernel(lowest, dtype::f32);
}

TEST_CASE("Softmax, running sums and normalisations of rows that do not fit in a lane") {
    for (auto const t : {dtype::f32, dtype::f16}) {
        check_kernel(along("Softmax", {}, {2, 50021}, 60), t);
        check_kernel(along("Softmax", {{"log", true}, {"beta", -0.25}}, {1, 30000, 2}, 60), t);
        check_kernel({"LayerNorm", {}, {{{2, 70000}}, factors(70000), factors(70000)}, 60}, t);
        check_kernel({"RMSNorm", {}, {{{2, 70001}}, factors(70001)}, 60}, t);
        check_kernel({"InstanceNorm", {}, {{{1, 3, 300, 320}}, factors(3), factors(3)}, 60}, t);
        check_kernel({"GroupNorm", {{"num_groups", std::int64_t{2}}}, {{{1, 4, 200, 210}}, factors(4), factors(4)}, 60}, t);
    }
    check_kernel(along("CumSum", {}, {2, 70001}, 200), dtype::f32);
}

TEST_CASE("what blocks do not help is refused by name") {
    auto const n = make_network(along("TopK", {{"K", std::int64_t{5000}}}, {1, 70000}, 0), dtype::f32);
    CHECK_THROWS_WITH_AS(compile(n, dtype::f32), doctest::Contains("out0: its smallest tile"), model_error);
}

TEST_CASE("axes of more than 65535 are cut into tiles") {
    for (auto const& c :
         {kernel_case{"Sigmoid", {}, {{{70000, 8}}}}, kernel_case{"MatMul", {}, {{{66000, 8}}, {{8, 3}, -1, 1, true}}}}) {
        kernel_result const r = run_kernel(c, dtype::f16);
        CHECK(r.ulps < 8);
        CHECK(r.hazards.empty());
    }
}

TEST_CASE("an axis that cannot be cut is refused by node, operator, value and remedy") {
    auto const n = make_network(pointwise(70000), dtype::f16);
    std::string said;
    try {
        compile(n, dtype::f16);
    } catch (model_error const& e) {
        CHECK(e.code() == error_code::encoding);
        said = e.what();
    }
    for (auto const* part : {"out0: Conv of [1,70000,1,1]", "70016", "--output_names"})
        CHECK(said.find(part) != std::string::npos);
}
