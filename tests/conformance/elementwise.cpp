// Element by element: attributes are drawn by their names, so that a new operator of these families is covered.
#include "lottery.hpp"

namespace tpu_convert::test {

namespace {

struct domain {
    double low, high, ulps = 10;
    bool whole = false;
};

domain domain_of(std::string_view op) {
    static std::map<std::string_view, domain> const known{
        {"Arccos", {-1, 1}},      {"Arctanh", {-0.9, 0.9}},  {"Log", {0.001, 100}},   {"LogB", {0.001, 100}},
        {"Sqrt", {0, 50}},        {"Rsqrt", {0.01, 50}},     {"Tan", {-1, 1}},        {"Sinh", {-5, 5}},
        {"Cosh", {-5, 5}},        {"Exp", {-10, 10}},        {"Pow", {0.1, 4, 30}},   {"Pow2", {-4, 4, 30}},
        {"Reciprocal", {0.2, 9}}, {"Softplus", {-20, 20}},   {"Sigmoid", {-20, 20}},  {"Mish", {-20, 30}},
        {"DivConst", {0.3, 4}},   {"Sin", {-20, 20}},        {"Cos", {-20, 20}},      {"Div", {0.5, 4}},
        {"Pow3", {0.1, 3, 40}},   {"Mod", {1, 20, 0, true}}, {"Remainder", {1, 20, 0, true}}};
    auto const found = known.find(op);
    return found == known.end() ? domain{-5, 5} : found->second;
}

attribute_value drawn(lottery& l, std::string const& name, attribute_value const& otherwise, bool relu) {
    if (name == "do_relu") return relu;
    if (name == "relu_limit") return relu && l.either() ? l.real(0.3, 3) : -1.0;
    if (name == "const_val" || name == "x_const_val" || name == "y_const_val") return l.real(0.3, 3);
    if (name == "is_reverse" || name == "inversed" || name == "log") return l.either();
    if (name == "alpha" || name == "beta") return l.real(0.1, 1.5);
    if (name == "exponent") return l.chance(3) ? l.pick({0.0, 1.0, 2.0, 3.0, -1.0, 0.5}) : l.real(-2, 3);
    if (name == "min") return l.real(-4, 0);
    if (name == "max") return l.real(0, 4);
    if (name == "base") return l.pick({std::int64_t{2}, std::int64_t{10}, std::int64_t{3}});
    if (name == "approx_mode") return std::string(l.name({"normal", "tanh", "sigm"}));
    if (name == "mode") return std::string(l.name({"Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "NotEqual"}));
    if (name == "to") return std::string(l.name({"si32", "f32", "bool", "si8", "ui8"}));
    return otherwise;
}

attribute_map attributes_of(lottery& l, operation_info const& op) {
    auto a = op.to_map(op.from_map({}));
    bool const relu = op.name == "Relu" || l.chance(4);
    for (auto& [name, v] : a) v = drawn(l, name, v, relu);
    a.erase("is_scalar"); // of TPU-MLIR's own passes
    return a;
}

shape element_dims(lottery& l) {
    return l.chance(40) ? shape{l.up_to(60000, 70000)} : l.dims(1, 6, 12000);
}

} // namespace

kernel_case unary_case(lottery& l, operation_info const& op) {
    auto const d = domain_of(op.name);
    kernel_case c{std::string(op.name), attributes_of(l, op), {values(element_dims(l), d.low, d.high)}, d.ulps};
    if (c.op == "CompareConst" && l.either()) c.operands[0].whole = true, c.attributes["const_val"] = 2.0;
    return c;
}

kernel_case binary_case(lottery& l, operation_info const& op) {
    auto const d = domain_of(op.name);
    shape const dims = element_dims(l);
    kernel_case c{std::string(op.name), attributes_of(l, op), {}, d.ulps};
    for (std::size_t i = 0; i < op.operands.required; ++i) {
        c.operands.push_back(values(dims, d.low, d.high));
        c.operands.back().whole = d.whole || (op.name == "Compare" && l.either());
    }
    auto& other = c.operands[static_cast<std::size_t>(l.up_to(0, std::ssize(c.operands) - 1))];
    if (op.name != "PRelu" || &other != &c.operands[0]) other.dims = l.broadcast_to(dims);
    other.weight = l.chance(3);
    if (c.op == "PRelu") c.operands[0].weight = false;
    return c;
}

namespace {

kernel_case scale(lottery& l, operation_info const& op) {
    shape const dims = l.dims(2, 5, 12000);
    shape parameters(dims.size(), 1);
    parameters[1] = dims[1];
    return {"Scale", attributes_of(l, op), {values(dims), weights(parameters), weights(parameters)}};
}

kernel_case where(lottery& l, operation_info const& op) {
    shape const dims = l.dims(1, 5, 12000);
    kernel_case c{"Where", attributes_of(l, op), {whole_numbers(l.broadcast_to(dims), 0, 2), values(dims), values(dims)}, 0};
    for (std::size_t i = 1; i < 3; ++i) {
        bool const constant = l.chance(4);
        c.attributes[i == 1 ? "x_is_const" : "y_is_const"] = constant;
        if (constant) c.operands[i] = not_given();
        else if (l.chance(3)) c.operands[i].dims = l.broadcast_to(dims);
    }
    return c;
}

kernel_case masked_fill(lottery& l, operation_info const& op) {
    shape const dims = l.dims(1, 5, 12000);
    return {"MaskedFill", attributes_of(l, op), {whole_numbers(l.broadcast_to(dims), 0, 2), values(dims)}, 0};
}

kernel_case sigmoid(lottery& l, operation_info const& op) {
    auto c = unary_case(l, op);
    c.attributes["bias"] = 0.0, c.attributes["scale"] = 1.0;
    return c;
}

} // namespace

case_generators elementwise_generators() {
    return {{"Scale", scale}, {"Where", where}, {"MaskedFill", masked_fill}, {"Sigmoid", sigmoid}};
}

} // namespace tpu_convert::test
