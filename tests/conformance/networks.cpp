// Composed operators that are small networks: attention, recurrence, sampling, gradients of windows.
#include "lottery.hpp"

namespace tpu_convert::test {

namespace {

kernel_case dot_product_attention(lottery& l, operation_info const&) {
    shape const batch = l.dims(0, 2, 6);
    auto const matrix = [&](std::int64_t r, std::int64_t c) {
        shape s = batch;
        s.insert(s.end(), {r, c});
        return values(s);
    };
    std::int64_t const rows = l.up_to(1, 40), columns = l.up_to(1, 40), depth = l.up_to(1, 40);
    bool const causal = l.chance(3) && rows <= columns;
    kernel_case c{"ScaleDotProductAttention", {{"is_causal", causal}, {"scale", l.either() ? 0.0 : l.real(0.1, 1)}},
                  {matrix(rows, depth), matrix(columns, depth), matrix(columns, l.up_to(1, 40))}, 60};
    if (l.chance(3)) c.operands.push_back(matrix(rows, columns));
    return c;
}

kernel_case flash_attention(lottery& l, operation_info const&) {
    std::int64_t const shared = l.up_to(1, 3), heads = shared * l.up_to(1, 3), depth = l.up_to(1, 24), rows = l.up_to(1, 20),
                       columns = l.up_to(1, 20), batch = l.up_to(1, 2);
    attribute_map const a{{"scale", l.real(0.1, 1)}, {"batch", batch}, {"q_head", heads}, {"kv_head", shared}, {"dim", depth},
                          {"mq", rows}, {"mk", columns}, {"keep_dims", l.either()}};
    kernel_case c{
        "FAttention",
        a,
        {values({batch, rows, heads, depth}), values({batch, columns, shared, depth}), values({batch, columns, shared, depth})},
        60};
    if (l.either()) c.operands.push_back(values({batch, 1, rows, columns}));
    return c;
}

kernel_case head_attention(lottery& l, operation_info const&) {
    std::int64_t const heads = l.up_to(1, 3), inner = heads * l.up_to(2, 12), q = l.up_to(4, 24), k = l.up_to(4, 24);
    auto const part = [](std::int64_t r, std::int64_t c) { return weights({r, c}, -0.3, 0.3); };
    std::int64_t const batch = l.up_to(1, 2), columns = l.up_to(1, 16);
    return {"Attention",
            {{"scale", l.real(0.1, 0.6)}, {"head", heads}},
            {values({batch, l.up_to(1, 16), q}), values({batch, columns, k}), values({batch, columns, k}), part(q, inner),
             weights({inner}), part(k, inner), weights({inner}), part(k, inner), weights({inner}), part(inner, q),
             weights({q})},
            60};
}

kernel_case rotary(lottery& l, operation_info const&) {
    shape const dims{l.up_to(1, 2), l.up_to(1, 9), l.up_to(1, 6), 2 * l.up_to(1, 20)}, table{1, dims[1], 1, dims[3]};
    return {"Rope",
            {{"rope_mode", l.name({"interleaved_pairs", "contiguous_halves"})}},
            {values(dims), values(table), values(table)},
            8};
}

kernel_case perceptron(lottery& l, operation_info const&) {
    std::int64_t const width = l.up_to(1, 40), inner = l.up_to(1, 60);
    auto const w = [&](bool turned, std::int64_t r, std::int64_t c) {
        return weights(turned ? shape{c, r} : shape{r, c}, -0.4, 0.4);
    };
    bool const gate = l.either(), up = l.either(), down = l.either();
    return {"Mlp", {{"right_transpose_gate", gate}, {"right_transpose_up", up}, {"right_transpose_down", down}},
            {values({1, l.up_to(1, 20), width}), w(gate, width, inner), w(up, width, inner), w(down, inner, width)}, 60};
}

kernel_case stored_product(lottery& l, operation_info const&) {
    std::int64_t const groups = l.up_to(1, 4), depth = groups * l.up_to(1, 20), results = l.up_to(1, 50);
    return {"A16MatMul",
            {{"right_transpose", true}, {"q_group_size", depth / groups}},
            {values({1, l.up_to(1, 20), depth}), whole_numbers({results, depth}, 0, 255, true),
             weights({results, groups}, 0.01, 0.02), whole_numbers({results, groups}, 100, 140, true), weights({results})},
            60};
}

kernel_case recurrent(lottery& l, operation_info const& op) {
    std::int64_t const gates = op.name == "LSTM" ? 4 : 3, hidden = l.up_to(1, 20), width = l.up_to(1, 20), batch = l.up_to(1, 4);
    bool const both = l.either(), first = l.chance(3);
    std::int64_t const ways = both ? 2 : 1, steps = l.up_to(1, 6);
    auto const small = [](shape dims) { return weights(std::move(dims), -0.5, 0.5); };
    kernel_case c{std::string(op.name), {{"hidden_size", hidden}, {"bidirectional", both}, {"batch_first", first}},
                  {first ? values({batch, steps, width}) : values({steps, batch, width}), small({ways, gates * hidden, width}),
                   small({ways, gates * hidden, hidden})}, 60};
    c.operands.push_back(l.chance(3) ? not_given() : small({ways, 2 * gates * hidden}));
    if (gates == 3) c.attributes["linear_before_reset"] = l.either();
    for (std::int64_t i = 0; l.either() && i < (gates == 4 ? 2 : 1); ++i)
        c.operands.push_back(first ? values({batch, ways, hidden}) : values({ways, batch, hidden}));
    return c;
}

kernel_case scanned(lottery& l, operation_info const&) {
    std::int64_t const steps = l.up_to(1, 6), channels = 2 * l.up_to(1, 12), batch = l.up_to(1, 9);
    shape const inner{1, channels, steps, batch};
    return {"SelectiveScan",
            {},
            {values({steps, channels, 1, batch}), values(inner), values(inner), values({steps, channels, batch}),
             weights({channels})},
            40};
}

// Two operands; letters are batch, shared, or of one of them, kept or summed.
kernel_case summed_products(lottery& l, operation_info const&) {
    std::string left, right, wanted;
    shape a, b;
    for (char letter = 'a', last = static_cast<char>('a' + l.up_to(1, 5)); letter <= last; ++letter) {
        std::int64_t const n = l.up_to(1, 7), where = l.up_to(0, 3);
        if (where != 2) left += letter, a.push_back(n);
        if (where != 1) right += letter, b.push_back(n);
        if (l.chance(3)) continue;
        wanted.insert(static_cast<std::size_t>(l.up_to(0, std::ssize(wanted))), 1, letter);
    }
    if (left.empty()) left = "z", a = {2};
    if (right.empty()) right = "y", b = {3};
    if (wanted.empty()) wanted = left.substr(0, 1);
    return {"Einsum", {{"mode", left + "," + right + "->" + wanted}}, {values(a), values(b)}, 24};
}

kernel_case sampled(lottery& l, operation_info const&) {
    std::int64_t const n = l.up_to(1, 2);
    std::int64_t const mode = l.up_to(0, 2);
    attribute_map const a{{"mode", mode}, {"padding_mode", l.up_to(0, 2)}, {"align_corners", l.either()}};
    shape image{n, l.size(70), l.up_to(1, 9), l.up_to(1, 9)}, grid{n, l.up_to(1, 9), l.up_to(1, 9), 2};
    if (mode < 2 && l.chance(3)) { // a volume
        image.push_back(l.up_to(1, 5));
        grid.back() = l.up_to(1, 4), grid.push_back(3);
    }
    return {"GridSampler", a, {values(image), values(grid, -1.3, 1.3)}, 80};
}

kernel_case deformed(lottery& l, operation_info const&) {
    std::int64_t const group = l.up_to(1, 2), parts = l.up_to(1, 2), kh = l.up_to(1, 3), kw = l.up_to(1, 3),
                       results = group * l.up_to(1, 6);
    shape const image{1, 2 * group * parts, l.up_to(4, 9), l.up_to(4, 9)};
    ints const strides{l.up_to(1, 2), l.up_to(1, 2)},
        pads{l.up_to(0, kh - 1), l.up_to(0, kw - 1), l.up_to(0, kh - 1), l.up_to(0, kw - 1)};
    std::int64_t const h = (image[2] + pads[0] + pads[2] - kh) / strides[0] + 1,
                       w = (image[3] + pads[1] + pads[3] - kw) / strides[1] + 1;
    bool const masked = l.either();
    attribute_map const a{{"kernel_shape", ints{kh, kw}}, {"strides", strides}, {"pads", pads}, {"group", group},
                          {"deform_group", parts}, {"use_mask", masked}};
    return {"DeformConv2D", a,
            {values(image), weights({results, image[1] / group, kh, kw}), values({1, 2 * parts * kh * kw, h, w}, -1.5, 1.5),
             masked ? values({1, parts * kh * kw, h, w}, 0, 1) : not_given(), weights({results})}, 80};
}

kernel_case aligned_regions(lottery& l, operation_info const&) {
    std::int64_t const images = l.up_to(1, 2), count = l.up_to(1, 4);
    kernel_operand regions = values({count, 5});
    for (std::int64_t i = 0; i < count; ++i) {
        double const x = l.real(0, 8), y = l.real(0, 8);
        for (double const v : {static_cast<double>(l.up_to(0, images - 1)), x, y, x + l.real(0.5, 9), y + l.real(0.5, 9)})
            regions.values.push_back(std::round(static_cast<float>(v * 4)) / 4); // float16 holds them
    }
    return {"RoiAlign",
            {{"mode", "Avg"},
             {"output_height", l.up_to(1, 4)},
             {"output_width", l.up_to(1, 4)},
             {"sampling_ratio", l.up_to(1, 3)},
             {"spatial_scale", l.pick({0.5, 1.0, 0.25})},
             {"align_corners", l.either()}},
            {values({images, l.up_to(1, 8), l.up_to(4, 10), l.up_to(4, 10)}), regions},
            80};
}

kernel_case extracted_regions(lottery& l, operation_info const& op) {
    kernel_case c = aligned_regions(l, op);
    kernel_operand const x = c.operands[0], regions = c.operands[1];
    std::int64_t const levels = l.up_to(1, 3);
    reals scales;
    c.op = "RoiExtractor", c.attributes.erase("spatial_scale");
    c.operands = {regions, whole_numbers({regions.dims[0]}, 0, static_cast<double>(levels), true)};
    for (std::int64_t i = 0; i < levels; ++i) {
        c.operands.push_back(values({x.dims[0], x.dims[1], l.up_to(4, 10), l.up_to(4, 10)}));
        scales.push_back(l.pick({0.5, 1.0, 0.25}));
    }
    c.attributes["num_levels"] = levels, c.attributes["spatial_scales"] = scales;
    return c;
}

struct pooling {
    ints kernel, strides, pads;
    std::int64_t h, w, oh, ow;
    explicit pooling(lottery& l)
        : kernel{l.up_to(1, 3), l.up_to(1, 3)}, strides{l.up_to(1, 3), l.up_to(1, 3)},
          pads{l.up_to(0, kernel[0] - 1), l.up_to(0, kernel[1] - 1), 0, 0}, h(l.up_to(3, 10)), w(l.up_to(3, 10)) {
        pads[2] = pads[0], pads[3] = pads[1];
        oh = (h + 2 * pads[0] - kernel[0]) / strides[0] + 1, ow = (w + 2 * pads[1] - kernel[1]) / strides[1] + 1;
    }
    attribute_map attributes() const { return {{"kernel_shape", kernel}, {"strides", strides}, {"pads", pads}}; }
};

kernel_case adaptive(lottery& l, operation_info const&) {
    return {"AdaptiveAvgPool", {{"output_size", ints{l.up_to(1, 7), l.up_to(1, 7)}}},
            {values({l.up_to(1, 2), l.size(80), l.up_to(1, 12), l.up_to(1, 12)})}, 20};
}

kernel_case masked_pool(lottery& l, operation_info const&) {
    pooling const p(l);
    return {"MaxPoolWithMask", p.attributes(), {values({l.up_to(1, 2), l.size(70), p.h, p.w})}, 0};
}

kernel_case pool_gradient(lottery& l, operation_info const&) {
    pooling const p(l);
    std::int64_t const channels = l.up_to(1, 8);
    attribute_map a = p.attributes();
    a["dilations"] = ints{1, 1}, a["input_shape"] = ints{1, channels, p.h, p.w};
    shape const dims{1, channels, p.oh, p.ow};
    return {"MaxPoolingIndicesBwd", a, {values(dims), whole_numbers(dims, 0, static_cast<double>(p.h * p.w))}, 10};
}

kernel_case unpooled(lottery& l, operation_info const&) {
    std::int64_t const sh = l.up_to(1, 3), sw = l.up_to(1, 3), channels = l.up_to(1, 6), h = l.up_to(1, 6), w = l.up_to(1, 6);
    kernel_operand mask = whole_numbers({1, channels, h, w}, 0, 1);
    for (std::int64_t i = 0; i < channels; ++i) {
        auto const order = l.order_of(h * sh * w * sw);
        mask.values.insert(mask.values.end(), order.begin(), order.begin() + h * w);
    }
    return {"MaxUnpool", {{"scale_h", sh}, {"scale_w", sw}}, {values(mask.dims), mask}, 0};
}

kernel_case convolution_gradients(lottery& l, operation_info const& op) {
    std::int64_t const n = l.up_to(1, 2), c = l.up_to(1, 9), o = l.up_to(1, 9), d = l.up_to(1, 2);
    pooling const p(l);
    std::int64_t const pad = l.up_to(0, 1), oh = (p.h + 2 * pad - (p.kernel[0] - 1) * d - 1) / p.strides[0] + 1,
                       ow = (p.w + 2 * pad - (p.kernel[1] - 1) * d - 1) / p.strides[1] + 1;
    if (oh < 1 || ow < 1) return convolution_gradients(l, op);
    shape const x{n, c, p.h, p.w}, g{n, o, oh, ow}, f{o, c, p.kernel[0], p.kernel[1]};
    attribute_map a{{"groups", std::int64_t{1}}, {"stride", p.strides}, {"dilations", ints{d, d}}, {"padding", ints(4, pad)}};
    a["input_shape"] = x, a["grad_out_shape"] = g, a["kernel_shape"] = f;
    if (op.name == "ConvBwd_Weight")
        return {"ConvBwd_Weight", a, {values(x), values(g), values({o, f[2] * f[3] > 1 ? f[2] * f[3] : 1, oh, ow})}, 40};
    a["inserts"] = ints{0, 0};
    for (auto const* result : {"grad_input_enable", "grad_weight_enable", "grad_bias_enable"}) a[result] = true;
    return {"Convbwd", a, {values(g), values(x), values(f)}, 40};
}

} // namespace

case_generators network_generators() {
    return {{"ScaleDotProductAttention", dot_product_attention}, {"FAttention", flash_attention}, {"Attention", head_attention},
            {"Rope", rotary}, {"Mlp", perceptron}, {"A16MatMul", stored_product}, {"LSTM", recurrent}, {"GRU", recurrent},
            {"SelectiveScan", scanned}, {"Einsum", summed_products}, {"GridSampler", sampled}, {"DeformConv2D", deformed},
            {"RoiAlign", aligned_regions}, {"RoiExtractor", extracted_regions}, {"AdaptiveAvgPool", adaptive},
            {"MaxPoolWithMask", masked_pool},
            {"MaxPoolingIndicesBwd", pool_gradient}, {"MaxUnpool", unpooled}, {"Convbwd", convolution_gradients},
            {"ConvBwd_Weight", convolution_gradients}};
}

} // namespace tpu_convert::test
