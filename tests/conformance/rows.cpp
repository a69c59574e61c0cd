// Reductions and normalizations.
#include "lottery.hpp"

namespace tpu_convert::test {

namespace {

kernel_case reduced(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 12000);
    ints axes;
    for (std::int64_t i = 0; i < std::ssize(dims); ++i)
        if (l.either()) axes.push_back(l.chance(4) ? i - std::ssize(dims) : i);
    if (axes.empty()) axes.push_back(std::ssize(dims) - 1);
    char const* const mode =
        l.name({"ReduceMin", "ReduceMax", "ReduceMean", "ReduceL2", "ReduceL1", "ReduceSum", "ReduceProd"});
    bool const product = std::string_view(mode) == "ReduceProd";
    return {"Reduce", {{"axes", axes}, {"mode", mode}, {"keepdims", l.either()}},
            {values(dims, product ? 0.8 : -2, product ? 1.2 : 2)}, product ? 200.0 : 40.0};
}

kernel_case arg(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 8000);
    attribute_map a{{"axis", l.axis(dims.size())}, {"mode", l.name({"ArgMin", "ArgMax"})}, {"keepdims", l.either()}};
    a["select_last_index"] = l.either();
    return {"Arg", a, {l.either() ? whole_numbers(dims, 0, 5) : values(dims)}, 0};
}

kernel_case running_sum(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 8000);
    std::int64_t const axis = l.axis(dims.size());
    kernel_operand place = constant_list(ints{axis});
    return {"CumSum", {{"axis", axis}}, {values(dims), place}, 40};
}

kernel_case softmax(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 12000);
    attribute_map a{{"axis", l.axis(dims.size())}, {"log", l.chance(4)}};
    if (l.chance(4)) a["beta"] = l.real(0.3, 2);
    return {"Softmax", a, {values(dims, -8, 8)}, 40};
}

kernel_operand some(lottery& l, std::int64_t n) {
    return l.chance(4) ? not_given() : weights({n}, 0.5, 1.5);
}

// Weight and bias of the channels.
kernel_case normalized_channels(lottery& l, operation_info const& op) {
    shape dims = l.dims(3, 5, 12000);
    attribute_map a{{"eps", l.pick({1e-5, 1e-3, 1e-2})}};
    if (op.name == "GroupNorm") {
        std::int64_t const groups = l.up_to(1, 6);
        dims[1] = groups * l.up_to(1, 6), a["num_groups"] = groups;
        while (element_count(dims) > 20000) *std::max_element(dims.begin() + 2, dims.end()) /= 2;
    }
    return {std::string(op.name), a, {values(dims, -2, 2), some(l, dims[1]), some(l, dims[1])}, 40};
}

kernel_case normalized_rows(lottery& l, operation_info const& op) {
    shape const dims = l.dims(2, 5, 12000);
    std::int64_t const axis = l.axis(dims.size(), op.name == "RMSNorm" ? std::ssize(dims) - 1 : 0);
    std::int64_t n = 1;
    for (std::size_t i = static_cast<std::size_t>(axis < 0 ? axis + std::ssize(dims) : axis); i < dims.size(); ++i) n *= dims[i];
    kernel_case c{
        std::string(op.name), {{"axis", axis}, {"eps", l.pick({1e-5, 1e-3, 1e-2})}}, {values(dims, -2, 2), some(l, n)}, 40};
    if (op.operands.most > 2) c.operands.push_back(some(l, n));
    return c;
}

kernel_case batch_norm(lottery& l, operation_info const&) {
    shape const dims = l.dims(2, 5, 12000);
    kernel_case c{"BatchNorm", {{"epsilon", 1e-4}, {"do_relu", l.chance(3)}}, {values(dims, -2, 2)}, 10};
    for (int i = 0; i < 4; ++i) c.operands.push_back(i < 2 ? weights({dims[1]}, 0.5, 1.5) : some(l, dims[1]));
    return c;
}

kernel_case local_response(lottery& l, operation_info const&) {
    shape const dims = l.dims(3, 4, 8000);
    return {"LRN", {{"size", l.up_to(1, 7)}, {"alpha", l.real(1e-4, 0.5)}, {"beta", l.real(0.3, 1)}, {"bias", l.real(0.5, 2)}},
            {values(dims, -2, 2)}, 30};
}

} // namespace

case_generators row_generators() {
    return {{"Reduce", reduced},         {"Arg", arg},
            {"CumSum", running_sum},     {"Softmax", softmax},
            {"GroupNorm", normalized_channels}, {"InstanceNorm", normalized_channels},
            {"PixelNorm", normalized_channels}, {"LayerNorm", normalized_rows},
            {"RMSNorm", normalized_rows}, {"BatchNorm", batch_norm},
            {"LRN", local_response}};
}

} // namespace tpu_convert::test
