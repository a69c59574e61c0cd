// One network or more of each composed operator.
#include "kernel_cases.hpp"
#include <initializer_list>

namespace tpu_convert::test {

namespace {

using ints = std::vector<std::int64_t>;
using reals = std::vector<double>;

constexpr std::int64_t one = 1, two = 2, three = 3, four = 4;

kernel_operand x(shape dims, double low = -1, double high = 1) { return {std::move(dims), low, high}; }
kernel_operand weight(shape dims, double low = -1, double high = 1) { return {std::move(dims), low, high, true}; }
// Whole numbers from low to high - 1.
kernel_operand whole(shape dims, double low, double high, bool constant = false) {
    return {std::move(dims), low, high, constant, true};
}
kernel_operand absent() {
    kernel_operand o;
    o.absent = true;
    return o;
}
// A constant list.
kernel_operand list(std::vector<float> values) {
    kernel_operand o;
    o.dims = {static_cast<std::int64_t>(values.size())};
    o.weight = true, o.values = std::move(values);
    return o;
}

void add_arrangements(std::vector<kernel_case>& cases) {
    auto const add = [&](char const* op, attribute_map a, std::vector<kernel_operand> in) {
        cases.push_back({op, std::move(a), std::move(in), 0});
    };
    add("Transpose", {{"dim0", one}, {"dim1", three}}, {x({2, 3, 4, 5})});
    add("SwapChannel", {{"channel_order", ints{2, 1, 0}}}, {x({2, 3, 6, 7})});
    add("SwapDimInner", {{"offset", ints{0, 2, 3}}}, {x({2, 5, 7})});
    add("Pack", {{"axis", one}, {"values_count", two}}, {x({3, 4}), x({3, 4})});
    add("Unpack", {{"axis", one}}, {x({3, 4, 5})});
    add("Copy", {{"shape", ints{2, 3, 4}}, {"input_stride", ints{20, 2, 5}}, {"output_stride", ints{12, 4, 1}}}, {x({2, 4, 5})});
    for (bool const reverse : {false, true}) add("MeshGrid", {{"is_reverse", reverse}}, {x({3}), x({4}), x({5})});
    add("ConcatVolume", {{"max_disp", three}}, {x({1, 4, 5, 9}), x({1, 4, 5, 9})});
    add("Insert", {{"axis", two}, {"offset", one}}, {x({2, 3, 4}), x({2, 3, 2})});
    add("ConcatSlice", {{"axis", one}}, {x({2, 6, 4}), x({2, 2, 4})});
    add("DtypeCast", {}, {x({3, 5})});
    add("RandnLike", {}, {x({3, 5}), x({3, 5})});
    add("View", {}, {x({3, 8}), list({4, -1})});
    add("Repeat", {}, {x({3, 4}), list({2, 1, 3})});
    add("StridedSlice", {{"begin_mask", one}, {"shrink_axis_mask", two}},
        {x({6, 4, 5}), list({0, -2}), list({5, 0}), list({2, 1})});
    add("SliceAxis", {}, {x({6, 9}), list({1}), list({1}), list({3}), list({9})});
    add("Range", {}, {list({2}), list({9}), list({3})});
    add("Arange", {}, {absent(), list({7})});
    add("Shape", {{"start", one}}, {x({2, 3, 4})});
    add("Size", {}, {x({2, 3, 4})});
    add("Trilu", {{"upper", one}, {"diagonal", one}}, {x({2, 5, 6})});
    add("Trilu", {{"upper", std::int64_t{0}}, {"diagonal", std::int64_t{0}}}, {x({2, 5, 6})});
}

void add_selections(std::vector<kernel_case>& cases) {
    auto const add = [&](char const* op, attribute_map a, std::vector<kernel_operand> in, double ulps = 0) {
        cases.push_back({op, std::move(a), std::move(in), ulps});
    };
    add("GatherElements", {{"axis", two}}, {x({2, 3, 70}), whole({2, 3, 40}, -70, 70)});
    add("GatherElements", {{"axis", one}}, {x({2, 30, 7}), whole({2, 5, 7}, 0, 30, true)});
    add("GatherND", {}, {x({4, 5, 6}), whole({7, 2}, -4, 4)});
    add("GatherND", {{"batch_dims", one}}, {x({3, 5, 6}), whole({3, 2, 1}, 0, 5)});
    add("ScatterElements", {{"axis", one}}, {x({2, 9}), list({0, 3, 5}), x({2, 3})});
    cases.back().operands[1] = whole({2, 3}, 0, 3);
    cases.back().operands[1].values = {0, 3, -1, 8, 2, 5};
    cases.push_back(cases.back());
    cases.back().attributes["reduction"] = one, cases.back().ulps = 4;
    add("ScatterND", {}, {x({6, 5, 4}), whole({3, 2}, 0, 5), x({3, 4})});
    cases.back().operands[1].values = {0, 1, 5, 4, -1, 2};
    add("ScatterND", {}, {x({6, 4}), list({}), x({2, 4})});
    cases.back().operands[1] = whole({2, 1}, 0, 6, true);
    add("IndexPut", {{"accumulate", false}}, {x({6, 4}), whole({3}, 0, 6), x({3, 4})});
    cases.back().operands[1].values = {4, 1, 0};
    add("IndexPut", {{"accumulate", true}}, {x({6, 4}), whole({3}, 0, 6), x({3, 4})}, 4);
    add("Lut", {}, {whole({3, 20}, -128, 128), weight({1, 1, 1, 256})});
    add("EmbDenseBwd", {{"num_weights", std::int64_t{9}}}, {x({2, 6, 5}), whole({2, 6}, 0, 9)}, 8);
    add("Sort", {{"axis", one}, {"descending", true}}, {x({3, 17, 2})});
    add("Sort", {{"axis", two}, {"descending", false}}, {x({2, 3, 17})});
}

void add_statistics(std::vector<kernel_case>& cases) {
    auto const add = [&](char const* op, attribute_map a, std::vector<kernel_operand> in, double ulps = 60) {
        cases.push_back({op, std::move(a), std::move(in), ulps});
    };
    auto const some = [](shape dims) { return weight(std::move(dims), 0.5, 1.5); };
    add("Normalize", {{"across_spatial", false}, {"channel_shared", false}}, {x({2, 6, 4, 5}, 0.1, 2), some({6})});
    add("Normalize", {{"across_spatial", true}, {"channel_shared", true}}, {x({2, 6, 4, 5}, 0.1, 2), some({1})});
    add("Variance", {{"reduce_list", ints{1, 2}}, {"correction", 1.0}, {"keep_dims", false}}, {x({3, 7, 9}, -2, 2)});
    kernel_operand const image = x({2, 6, 4, 5}, -2, 2), gradient = x({2, 6, 4, 5});
    shape const lists{1, 6, 1, 1};
    add("MeanRstd", {{"eps", 1e-3}, {"momentum", 0.1}}, {image, x(lists), some(lists), some(lists), x(lists)});
    add("BatchNormTrain", {{"epsilon", 1e-3}, {"momentum", 0.1}, {"do_relu", true}},
        {image, x({6}), some({6}), some({6}), x({6})});
    add("GroupNormTrain", {{"num_groups", three}, {"eps", 1e-3}}, {image, some({6}), x({6})});
    add("LayerNormTrain", {{"normalized_shape", ints{5}}, {"axis", three}, {"eps", 1e-3}}, {image, some({5}), x({5})});
    add("BatchNormBwd", {{"epsilon", 1e-3}}, {gradient, image, some({6}), x({6}, -0.2, 0.2), some({6})});
    add("LayerNormBwd", {{"normalized_shape", ints{5}}},
        {gradient, image, x({2, 6, 4, 1}), some({2, 6, 4, 1}), some({5}), x({5})});
    add("SoftmaxBwd", {{"dim", two}}, {x({2, 3, 9}), x({2, 3, 9}, 0, 0.3)});
}

void add_attentions(std::vector<kernel_case>& cases) {
    auto const add = [&](char const* op, attribute_map a, std::vector<kernel_operand> in, double ulps = 60) {
        cases.push_back({op, std::move(a), std::move(in), ulps});
    };
    add("ScaleDotProductAttention", {{"is_causal", true}}, {x({2, 3, 7, 8}), x({2, 3, 9, 8}), x({2, 3, 9, 6})});
    add("ScaleDotProductAttention", {{"scale", 0.5}}, {x({2, 7, 8}), x({2, 9, 8}), x({2, 9, 6}), x({2, 7, 9})});
    attribute_map const grouped{{"scale", 0.3}, {"batch", one}, {"q_head", four}, {"kv_head", two}, {"dim", std::int64_t{8}},
                                {"mq", std::int64_t{5}}, {"mk", std::int64_t{9}}};
    add("FAttention", grouped, {x({1, 5, 4, 8}), x({1, 9, 2, 8}), x({1, 9, 2, 8}), x({1, 1, 5, 9})});
    add("Attention", {{"scale", 0.35}, {"head", two}},
        {x({1, 7, 12}), x({1, 9, 10}), x({1, 9, 10}), weight({12, 16}, -0.3, 0.3), weight({16}), weight({10, 16}, -0.3, 0.3),
         weight({16}), weight({10, 16}, -0.3, 0.3), weight({16}), weight({16, 12}, -0.3, 0.3), weight({12})});
    for (auto const* mode : {"interleaved_pairs", "contiguous_halves"})
        add("Rope", {{"rope_mode", mode}}, {x({1, 6, 3, 8}), x({1, 6, 1, 8}), x({1, 6, 1, 8})}, 8);
    add("Mlp", {}, {x({1, 5, 12}), weight({20, 12}, -0.4, 0.4), weight({20, 12}, -0.4, 0.4), weight({20, 12}, -0.4, 0.4)});
    add("A16MatMul", {{"right_transpose", true}, {"q_group_size", std::int64_t{8}}},
        {x({1, 5, 16}), whole({12, 16}, 0, 255, true), weight({12, 2}, 0.01, 0.02), whole({12, 2}, 100, 140, true),
         weight({12})});
}

void add_recurrences(std::vector<kernel_case>& cases) {
    std::int64_t const hidden = 6;
    auto const layer = [&](char const* op, std::int64_t gates, bool both, bool batch_first, bool states) {
        std::int64_t const d = both ? 2 : 1;
        auto const small = [](shape dims) { return weight(std::move(dims), -0.5, 0.5); };
        std::vector<kernel_operand> in{batch_first ? x({3, 5, 7}) : x({5, 3, 7}), small({d, gates * hidden, 7}),
                                       small({d, gates * hidden, hidden}), small({d, 2 * gates * hidden})};
        for (int i = 0; states && i < (gates == 4 ? 2 : 1); ++i)
            in.push_back(batch_first ? x({3, d, hidden}) : x({d, 3, hidden}));
        cases.push_back({op, {{"hidden_size", hidden}, {"bidirectional", both}, {"batch_first", batch_first}}, in, 60});
    };
    layer("LSTM", 4, true, false, true), layer("LSTM", 4, false, true, false);
    layer("GRU", 3, true, false, true), layer("GRU", 3, false, true, false);
    cases.push_back(cases.back());
    cases.back().attributes["linear_before_reset"] = false;
    cases.push_back({"SelectiveScan", {}, {x({4, 6, 1, 5}), x({1, 6, 4, 5}), x({1, 6, 4, 5}), x({4, 6, 5}), weight({6})}, 30});
}

void add_contractions(std::vector<kernel_case>& cases) {
    auto const einsum = [&](char const* mode, shape a, shape b) {
        cases.push_back({"Einsum", {{"mode", mode}}, {x(std::move(a)), x(std::move(b))}, 20});
    };
    einsum("a,b->ab", {5}, {7}), einsum("abcd,cde->abe", {2, 3, 4, 5}, {4, 5, 6}),
        einsum("abcd,abed->abce", {2, 3, 4, 5}, {2, 3, 6, 5});
    einsum("abcd,aecd->acbe", {2, 3, 4, 5}, {2, 6, 4, 5});
    cases.push_back({"Correlation", {{"max_disp", three}, {"num_groups", two}}, {x({1, 8, 5, 9}), x({1, 8, 5, 9})}, 20});
}

void add_samplings(std::vector<kernel_case>& cases) {
    for (std::int64_t mode : {0, 1, 2})
        for (std::int64_t padding : {0, 1, 2})
            cases.push_back({"GridSampler", {{"mode", mode}, {"padding_mode", padding}, {"align_corners", padding == 1}},
                             {x({2, 3, 6, 7}), x({2, 4, 5, 2}, -1.2, 1.2)}, 60});
    auto const deformed = [&](std::int64_t group, std::int64_t parts, bool mask) {
        attribute_map const a{{"kernel_shape", ints{3, 3}}, {"strides", ints{1, 2}}, {"pads", ints{1, 1, 1, 1}}, {"group", group},
                              {"deform_group", parts}, {"use_mask", mask}};
        std::vector<kernel_operand> in{x({1, 4, 6, 7}), weight({6, 4 / group, 3, 3}), x({1, 18 * parts, 6, 4}, -1.5, 1.5)};
        in.push_back(mask ? x({1, 9 * parts, 6, 4}, 0, 1) : absent());
        in.push_back(weight({6}));
        cases.push_back({"DeformConv2D", a, in, 60});
    };
    deformed(1, 1, false), deformed(2, 2, true);
    for (bool const aligned : {false, true}) {
        kernel_operand regions = x({3, 5});
        regions.values = {0, 1, 2, 9, 12, 1, 0, 0, 15, 7, 1, 3, 3, 4, 14};
        cases.push_back({"RoiAlign", {{"mode", "Avg"}, {"output_height", two}, {"output_width", three}, {"sampling_ratio", two},
                                      {"spatial_scale", 0.5}, {"align_corners", aligned}}, {x({2, 4, 8, 9}), regions}, 60});
    }
}

void add_windows(std::vector<kernel_case>& cases) {
    auto const add = [&](char const* op, attribute_map a, std::vector<kernel_operand> in, double ulps) {
        cases.push_back({op, std::move(a), std::move(in), ulps});
    };
    add("AdaptiveAvgPool", {{"output_size", ints{3, 4}}}, {x({2, 5, 7, 8})}, 20);
    attribute_map const window{{"kernel_shape", ints{3, 2}}, {"strides", ints{2, 2}}, {"pads", ints{1, 0, 1, 0}}};
    add("MaxPoolWithMask", window, {x({2, 3, 7, 8})}, 0);
    kernel_operand mask = whole({1, 2, 2, 3}, 0, 24);
    mask.values = {0, 3, 4, 12, 14, 23, 7, 2, 5, 19, 20, 11};
    add("MaxUnpool", {{"scale_h", two}, {"scale_w", two}}, {x({1, 2, 2, 3}), mask}, 0);
    attribute_map pooled = window;
    pooled["dilations"] = ints{1, 1}, pooled["input_shape"] = ints{1, 2, 4, 6};
    mask.values = {0, 3, 4, 12, 14, 23, 7, 7, 5, 19, 19, 11};
    add("MaxPoolingIndicesBwd", pooled, {x({1, 2, 2, 3}), mask}, 8);
    attribute_map gradients{{"groups", one}, {"stride", ints{2, 1}}, {"dilations", ints{1, 2}}, {"padding", ints{1, 2, 1, 2}}};
    gradients["input_shape"] = ints{2, 4, 7, 8}, gradients["grad_out_shape"] = ints{2, 5, 4, 8};
    gradients["kernel_shape"] = ints{5, 4, 3, 3};
    add("ConvBwd_Weight", gradients, {x({2, 4, 7, 8}), x({2, 5, 4, 8}), x({5, 2, 4, 8})}, 30);
    gradients["inserts"] = ints{0, 0};
    for (auto const* result : {"grad_input_enable", "grad_weight_enable", "grad_bias_enable"}) gradients[result] = true;
    add("Convbwd", gradients, {x({2, 5, 4, 8}), x({2, 4, 7, 8}), x({5, 4, 3, 3})}, 30);
}

void add_constants(std::vector<kernel_case>& cases) {
    cases.push_back({"DequantizeLinear", {{"x_scale", reals{0.5, 0.25, 0.125}}, {"x_zero_point", ints{0, 3, -2}}, {"axis", one}},
                     {whole({2, 3, 8}, -128, 128)}, 4});
    attribute_map const boxes{{"min_size", reals{30}},
                              {"max_size", reals{60}},
                              {"aspect_ratios", reals{2.0, 0.5}},
                              {"variance", reals{0.1, 0.1, 0.2, 0.2}},
                              {"clip", true},
                              {"step_h", 0.0},
                              {"step_w", 0.0},
                              {"img_h", std::int64_t{0}},
                              {"img_w", std::int64_t{0}},
                              {"offset", 0.5},
                              {"num_priors", four},
                              {"use_default_aspect_ratio", true}};
    cases.push_back({"PriorBox", boxes, {x({1, 2, 3, 4}), x({1, 3, 96, 128})}, 1});
}

} // namespace

std::vector<kernel_case> composed_cases() {
    std::vector<kernel_case> cases;
    for (auto* const add : {add_arrangements, add_selections, add_statistics, add_attentions, add_recurrences, add_contractions,
                            add_samplings, add_windows, add_constants})
        add(cases);
    return cases;
}

} // namespace tpu_convert::test
