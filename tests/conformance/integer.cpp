// Integer operators, which quantization makes: the quantized reference's numbers, all of them.
#include "../unit/kernel_integer_more_cases.hpp"
#include "lottery.hpp"

namespace tpu_convert::test {

namespace {

class integer_lottery : public lottery {
public:
    using lottery::lottery;
    explicit integer_lottery(lottery const& l) : lottery(l) {}

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
    kernel_case table() {
        shape const dims = element_dims();
        return finish("IntegerTable", {{"table", numbers(chance(2) ? 256 : 256 * dims[1], 0, 127)}}, {bytes(dims)});
    }
    kernel_case requantized() {
        attribute_map a{{"input_zero_point", up_to(0, 127)}};
        return finish("Requantize", uniform(a), {bytes(element_dims())});
    }
    kernel_case product() {
        shape const dims = element_dims();
        attribute_map a{{"zero_points", ints{up_to(0, 127), up_to(0, 127)}}};
        return finish("IntegerProduct", uniform(a), {bytes(dims), bytes({dims[1], chance(2) ? 1 : dims[2]})});
    }
    kernel_case prelu() {
        shape const dims = element_dims();
        attribute_map a{{"multipliers", ints{up_to(1, 127)}}, {"shifts", ints{up_to(0, 9)}}, {"slope_shift", up_to(0, 12)}};
        a["slopes"] = numbers(dims[1], -127, 127);
        return finish("IntegerPRelu", a, {bytes(dims)});
    }
    kernel_case quantized() {
        dtype const to = pick({dtype::i8, dtype::u8, dtype::i16});
        kernel_operand x = values(element_dims(), -30, 30);
        x.type = pick({dtype::f32, dtype::f16, dtype::bf16});
        attribute_map const a{{"factor", real(0.1, 9)}, {"zero_point", zero_of(to)}};
        return {"Quantize", bounded(a, to), {x}, 0, to};
    }
    kernel_case dequantized() {
        auto const x = chance(3) ? of_i16(element_dims()) : bytes(element_dims());
        attribute_map const a{{"scale", real(0.001, 0.1)}, {"zero_point", zero_of(x.type)}};
        return {"Dequantize", a, {x}, 0, pick({dtype::f32, dtype::f16, dtype::bf16})};
    }
    kernel_case scattered() {
        std::int64_t const rows = up_to(1, 40), count = up_to(1, rows), width = size(200);
        kernel_operand where = whole_numbers({count}, 0, 1);
        where.values = order_of(rows), where.values.resize(static_cast<std::size_t>(count));
        where.type = dtype::i32;
        auto const x = values({rows, width});
        return {"ScatterRows", {}, {x, where, values({count, width})}, 0, dtype::f32};
    }

private:
    shape element_dims() { return {up_to(1, 3), up_to(1, 140), up_to(1, 300)}; }
    std::int64_t zero_of(dtype t) { return up_to(is_signed(t) ? -99 : 0, 99); }
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
};

template <kernel_case (integer_lottery::*Make)()>
kernel_case made(lottery& l, operation_info const&) {
    integer_lottery own(l);
    return (own.*Make)();
}

} // namespace

case_generators integer_generators() {
    using from = integer_lottery;
    return {{"IntegerConv", made<&from::convolution>},   {"IntegerMatMul", made<&from::matrices>},
            {"IntegerSum", made<&from::sum>},            {"IntegerAverage", made<&from::average>},
            {"IntegerTable", made<&from::table>},        {"Requantize", made<&from::requantized>},
            {"IntegerProduct", made<&from::product>},    {"IntegerPRelu", made<&from::prelu>},
            {"Quantize", made<&from::quantized>},        {"Dequantize", made<&from::dequantized>},
            {"ScatterRows", made<&from::scattered>}};
}

} // namespace tpu_convert::test
