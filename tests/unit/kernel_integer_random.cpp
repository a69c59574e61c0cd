// Integer operators of random sizes and attributes on the machine: the quantized reference's numbers, all of them.
#include "kernel_integer_more_cases.hpp"
#include <cstdlib>
#include <doctest/doctest.h>

using namespace tpu_convert;
using namespace tpu_convert::test;

namespace {

class lottery {
public:
    explicit lottery(std::uint32_t seed) : random_(seed) {}

    kernel_case convolution() {
        std::int64_t const group = chance(3) ? 1 : up_to(1, 5), each = up_to(1, 40), filters = up_to(1, 40);
        bool const single = chance(3); // one channel a group: depthwise if it has one filter too
        std::int64_t const channels = single ? up_to(2, 150) : group * each, kh = up_to(1, 5), kw = up_to(1, 5);
        std::int64_t const results = single ? channels : group * filters, h = up_to(5, 40), w = up_to(5, 40);
        attribute_map a{{"kernel_shape", ints{kh, kw}}, {"group", single ? channels : group}};
        a["strides"] = ints{up_to(1, 3), up_to(1, 3)},
        a["pads"] = ints{up_to(0, kh - 1), up_to(0, kw - 1), up_to(0, kh - 1), up_to(0, kw - 1)};
        if (chance(4)) a["inserts"] = ints{up_to(0, 2), up_to(0, 2)};
        if (chance(2)) a["bias"] = numbers(results, -90000, 90000);
        a["pad_value"] = chance(2) ? 0 : up_to(0, 127);
        shape const f{results, single ? 1 : each, kh, kw};
        return finish("IntegerConv", rescaled(a, results), {bytes({up_to(1, 2), channels, h, w}), of_i8(f, true)});
    }
    kernel_case matrices() {
        std::int64_t const m = up_to(1, 150), k = up_to(1, 300), n = up_to(1, 150), batch = up_to(1, 3);
        bool const constant = chance(2), left = chance(4), right = chance(2);
        attribute_map a{{"left_transpose", left}, {"right_transpose", right}};
        if (chance(2)) a["bias"] = numbers(n, -90000, 90000);
        auto x = bytes(left ? shape{batch, k, m} : shape{batch, m, k}), y = bytes(right ? shape{n, k} : shape{k, n});
        y.weight = constant;
        if (!constant && chance(2)) y.dims.insert(y.dims.begin(), batch);
        return finish("IntegerMatMul", constant ? rescaled(a, n) : uniform(a), {x, y});
    }
    kernel_case sum() {
        shape const dims{up_to(1, 3), up_to(1, 70), up_to(1, 30), up_to(1, 40)};
        attribute_map a;
        std::vector<kernel_operand> in;
        std::int64_t const count = up_to(2, 3);
        for (std::int64_t i = 0; i < count; ++i) {
            shape own = dims;
            for (auto& d : own) d = i > 0 && chance(4) ? 1 : d;
            in.push_back(bytes(own));
        }
        if (chance(2)) {
            a["factors"] = std::vector<double>{0.37, 0.81, 0.113},
            a["zero_points"] = ints{zero_of(in[0].type), zero_of(in[1].type), 5};
        } else {
            a["multipliers"] = ints{up_to(-127, 127), up_to(1, 127), 1}, a["shifts"] = ints{up_to(0, 9), up_to(0, 9), 0};
        }
        if (chance(2)) a["zero_point"] = up_to(-50, 120);
        return finish("IntegerSum", a, in);
    }
    kernel_case average() {
        std::int64_t const kh = up_to(1, 7), kw = up_to(1, 7);
        attribute_map a{{"kernel_shape", ints{kh, kw}}, {"strides", ints{up_to(1, 3), up_to(1, 3)}}};
        a["pads"] = ints{up_to(0, kh - 1), up_to(0, kw - 1), up_to(0, kh - 1), up_to(0, kw - 1)};
        if (chance(2)) a["factor"] = 0.071, a["offset"] = 3.5, a["pad_value"] = up_to(0, 127);
        else a["multiplier"] = up_to(1, 127), a["shift"] = up_to(4, 12);
        return finish("IntegerAverage", a, {bytes({up_to(1, 2), up_to(1, 150), up_to(7, 40), up_to(7, 40)})});
    }
    kernel_case element() {
        shape const dims{up_to(1, 3), up_to(1, 140), up_to(1, 300)};
        switch (up_to(0, 3)) {
        case 0: return finish("IntegerTable", {{"table", numbers(chance(2) ? 256 : 256 * dims[1], 0, 127)}}, {bytes(dims)});
        case 1: {
            attribute_map a{{"input_zero_point", up_to(0, 127)}};
            return finish("Requantize", uniform(a), {bytes(dims)});
        }
        case 2: {
            attribute_map a{{"zero_points", ints{up_to(0, 127), up_to(0, 127)}}};
            return finish("IntegerProduct", uniform(a), {bytes(dims), bytes({dims[1], chance(2) ? 1 : dims[2]})});
        }
        default: {
            attribute_map a{{"multipliers", ints{up_to(1, 127)}}, {"shifts", ints{up_to(0, 9)}}, {"slope_shift", up_to(0, 12)}};
            a["slopes"] = numbers(dims[1], -127, 127);
            return finish("IntegerPRelu", a, {bytes(dims)});
        }
        }
    }

private:
    std::int64_t up_to(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
    }
    std::int64_t zero_of(dtype t) { return up_to(is_signed(t) ? -99 : 0, 99); }
    bool chance(std::int64_t of) { return up_to(1, of) == 1; }
    kernel_operand bytes(shape dims) { return chance(2) ? of_i8(std::move(dims)) : of_u8(std::move(dims)); }
    attribute_map rescaled(attribute_map a, std::int64_t channels) {
        return chance(2) ? per_channel(std::move(a), channels) : uniform(std::move(a));
    }
    kernel_case finish(char const* op, attribute_map a, std::vector<kernel_operand> in) {
        dtype const result = chance(2) ? dtype::i8 : chance(3) ? dtype::i16 : dtype::u8;
        if (std::string(op) != "IntegerTable") {
            if (!a.contains("zero_point") && chance(2)) a["zero_point"] = zero_of(result);
            if (chance(3)) a["lowest"] = up_to(0, 20);
            a = bounded(std::move(a), result);
        }
        if (std::string(op) == "IntegerAverage") a.erase("zero_point");
        return {op, std::move(a), std::move(in), 0, result};
    }

    std::mt19937 random_;
};

void draw(kernel_case (lottery::*make)()) {
    char const* const asked = std::getenv("TPU_CONVERT_RANDOM_CASES");
    std::uint32_t const count = asked ? static_cast<std::uint32_t>(std::atoi(asked)) : 25;
    for (std::uint32_t seed = 0; seed < count; ++seed) {
        kernel_case const c = (lottery(seed).*make)();
        CAPTURE(seed);
        kernel_result r;
        try {
            r = run_kernel(c, *c.result);
        } catch (model_error const& e) {
            FAIL_CHECK(title(c, *c.result) << ": " << e.what());
        }
        CHECK_MESSAGE(r.ulps == 0, title(c, *c.result) << ": element " << r.worst << ", half ulps " << r.ulps);
        CHECK_MESSAGE(r.hazards.empty(), title(c, *c.result));
    }
}

} // namespace

TEST_CASE("random integer convolutions equal the quantized reference") { draw(&lottery::convolution); }
TEST_CASE("random integer matrix products equal the quantized reference") { draw(&lottery::matrices); }
TEST_CASE("random integer sums equal the quantized reference") { draw(&lottery::sum); }
TEST_CASE("random integer averages equal the quantized reference") { draw(&lottery::average); }
TEST_CASE("random integer functions of elements equal the quantized reference") { draw(&lottery::element); }
