#include <doctest/doctest.h>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/op/integer/integer_sum.hpp>
#include <tpu_convert/op/integer/integer_table.hpp>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>

using namespace tpu_convert;

namespace {

struct asked {
    std::any attributes;
    std::vector<value> values;
    std::vector<tensor> weights; // of operands 1, 2...
    std::vector<number_format> from;
    number_format to;

    rule_answer answer(std::string_view op, bool asymmetric = false) const {
        rule_context c{attributes, {}, {}, from, to, {{1, 1, 2, 2}}, asymmetric, false};
        for (std::size_t i = 0; i < values.size(); ++i) {
            c.operands.push_back(&values[i]);
            c.payloads.push_back(i > 0 && i <= weights.size() ? &weights[i - 1] : nullptr);
        }
        return apply_integer_rule<bm168x_rules>(*find_operation(op), c);
    }
};

value of(shape dims) {
    value v;
    v.dims = std::move(dims);
    return v;
}

asked convolution(std::int64_t zero_point) {
    op::conv::attributes a;
    a.kernel_shape = {1, 1}, a.do_relu = true;
    return {a,
            {of({1, 2, 2, 2}), of({1, 2, 1, 1}), of({1})},
            {tensor({1, 2, 1, 1}, std::vector<float>{0.5f, -1.27f}), tensor({1}, std::vector<float>{0.1f})},
            {{dtype::i8, 0.1, zero_point}, {}, {}},
            {dtype::i8, 0.2, 0}};
}

} // namespace

TEST_CASE("a convolution has a scale for each channel, its bias in units of the sum, and the input's zero point folded in") {
    auto const made = std::get<integer_node>(convolution(3).answer("Conv"));
    auto const& a = std::any_cast<op::integer_conv::attributes const&>(made.attributes);
    auto const& w = std::get<integer_weight>(made.operands[1]);
    CHECK(w.type == dtype::i8);
    CHECK(w.elements[0] == 50);
    CHECK(w.elements[1] == -127);
    CHECK(a.bias == std::vector<std::int64_t>{100 + 77 * 3});
    CHECK(a.pad_value == 3);
    CHECK(a.lowest == 0); // the ReLU
    CHECK(a.highest == 127);
    CHECK(std::ldexp(static_cast<double>(a.multipliers[0]), -static_cast<int>(a.shifts[0])) == doctest::Approx(0.005));
}

TEST_CASE("filters that are computed leave the convolution in floating point") {
    asked a = convolution(0);
    a.weights.clear();
    CHECK(std::get<not_integer>(a.answer("Conv")).reason == "filters are computed");
}

TEST_CASE("a function of one number becomes a table over all inputs") {
    asked const a{op::relu::attributes{}, {of({4})}, {}, {{dtype::i8, 0.5, 0}}, {dtype::u8, 0.25, 0}};
    auto const made = std::get<integer_node>(a.answer("Relu"));
    auto const& table = std::any_cast<op::integer_table::attributes const&>(made.attributes).table;
    REQUIRE(table.size() == 256);
    CHECK(table[3] == 6);
    CHECK(table[127] == 254);
    CHECK(table[128] == 0); // -128
    CHECK(table[255] == 0); // -1
}

TEST_CASE("a sum scales each operand by 8 bits; zero points become one constant") {
    asked a{op::add::attributes{}, {of({4}), of({4})}, {}, {{dtype::i8, 0.1, 10}, {dtype::i8, 0.2, 0}}, {dtype::i8, 0.2, 5}};
    auto const made = std::get<integer_node>(a.answer("Add"));
    auto const& s = std::any_cast<op::integer_sum::attributes const&>(made.attributes);
    CHECK(s.multipliers == std::vector<std::int64_t>{1, 1});
    CHECK(s.shifts == std::vector<std::int64_t>{1, 0});
    CHECK(s.zero_point == 0); // 5 - 10 / 2
    auto const real = std::get<integer_node>(a.answer("Add", true));
    auto const& f = std::any_cast<op::integer_sum::attributes const&>(real.attributes);
    CHECK(f.factors[0] == doctest::Approx(0.5));
    CHECK(f.zero_points == std::vector<std::int64_t>{10, 0});
    CHECK(f.zero_point == 5);
}

TEST_CASE("an operator without a rule says so") {
    asked const a{std::any{}, {of({4})}, {}, {{dtype::i8, 0.5, 0}}, {dtype::u8, 0.25, 0}};
    CHECK(std::get<not_integer>(a.answer("Softmax")).reason == "there is no integer rule for Softmax");
}
