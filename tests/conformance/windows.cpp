// Sliding windows, products of matrices, resizing.
#include "lottery.hpp"

namespace tpu_convert::test {

namespace {

struct window {
    ints kernel, strides, pads, dilations;
    shape image;
};

window draw_window(lottery& l, std::int64_t axes, std::int64_t most, bool dilated, bool padded_below_kernel) {
    window w;
    ints behind;
    for (std::int64_t i = 0; i < axes; ++i) {
        std::int64_t const k = l.chance(8) ? l.up_to(6, 12) : l.up_to(1, 5), d = dilated && l.chance(4) ? l.up_to(2, 3) : 1;
        std::int64_t const pad = padded_below_kernel ? k - 1 : (k - 1) * d;
        std::int64_t const size = l.up_to(1, most), before = l.either() ? 0 : l.up_to(0, pad),
                           after = l.either() ? before : l.up_to(0, pad);
        w.kernel.push_back(k), w.dilations.push_back(d), w.pads.push_back(before), behind.push_back(after);
        w.strides.push_back(l.chance(10) ? l.up_to(4, 17) : l.up_to(1, 3));
        w.image.push_back(std::max(size, (k - 1) * d + 1 - before - after));
    }
    w.pads.insert(w.pads.end(), behind.begin(), behind.end());
    return w;
}

attribute_map attributes_of(lottery& l, window const& w) {
    attribute_map a{{"kernel_shape", w.kernel}, {"strides", w.strides}, {"pads", w.pads}};
    if (l.chance(3)) {
        a["do_relu"] = true;
        if (l.either()) a["relu_limit"] = l.real(1, 3);
    }
    return a;
}

std::int64_t spatial_axes(lottery& l) { return l.chance(5) ? 1 : l.chance(6) ? 3 : 2; }

kernel_case filtered(lottery& l, operation_info const& op) {
    std::int64_t const axes = spatial_axes(l);
    bool const turned = op.name == "Deconv";
    auto const w = draw_window(l, axes, axes == 3 ? 7 : 24, true, false);
    std::int64_t const group = l.chance(3) ? l.up_to(2, 6) : 1, kind = l.up_to(0, 3);
    std::int64_t const channels = kind == 0 ? l.up_to(2, 100) : group * l.up_to(1, 20), each = kind == 0 ? 1 : channels / group;
    std::int64_t const results = kind == 0 ? channels * (l.chance(4) ? 2 : 1) : group * l.up_to(1, 25);
    auto a = attributes_of(l, w);
    a["group"] = kind == 0 ? channels : group;
    if (*std::max_element(w.dilations.begin(), w.dilations.end()) > 1) a["dilations"] = w.dilations;
    shape image{l.chance(3) ? l.up_to(2, 4) : 1, channels}, filter{results, each};
    image.insert(image.end(), w.image.begin(), w.image.end()), filter.insert(filter.end(), w.kernel.begin(), w.kernel.end());
    for (std::size_t i = 0; turned && i < w.kernel.size(); ++i) { // something must be left between the pads
        auto& pads = std::get<ints>(a["pads"]);
        std::int64_t const size = (w.image[i] - 1) * w.strides[i] + (w.kernel[i] - 1) * w.dilations[i] + 1;
        if (size <= pads[i] + pads[w.kernel.size() + i]) pads[i] = pads[w.kernel.size() + i] = 0;
    }
    if (turned && l.chance(3)) {
        ints more;
        for (auto const s : w.strides) more.push_back(l.up_to(0, s - 1));
        a["output_padding"] = more;
    }
    kernel_case c{std::string(op.name), a, {values(image), weights(filter)}, 60};
    if (l.either()) c.operands.push_back(weights({results}));
    if (l.chance(8)) c.operands[1].weight = false; // filters that are computed
    return c;
}

kernel_case pooled(lottery& l, operation_info const& op) {
    auto const w = draw_window(l, spatial_axes(l), 20, false, true);
    auto a = attributes_of(l, w);
    if (l.chance(3)) a["ceil_mode"] = true;
    if (op.name == "AvgPool" && l.either()) a["count_include_pad"] = true;
    shape image{l.up_to(1, 3), l.size(100)};
    image.insert(image.end(), w.image.begin(), w.image.end());
    return {std::string(op.name), a, {values(image)}, op.name == "AvgPool" ? 20.0 : 0.0};
}

kernel_case product(lottery& l, operation_info const&) {
    std::int64_t const rows = l.size(300), depth = l.size(300), columns = l.size(300);
    bool const left = l.chance(4), right = l.chance(3), constant = l.either();
    attribute_map a{{"left_transpose", left}, {"right_transpose", right}};
    if (l.chance(4)) a["do_relu"] = true;
    shape const batch = l.chance(3) ? shape{} : l.dims(1, 3, 12);
    auto const matrix = [](shape b, std::int64_t r, std::int64_t c) {
        b.insert(b.end(), {r, c});
        return b;
    };
    shape const right_batch = l.chance(3) ? shape{} : batch;
    kernel_case c{"MatMul", a, {values(left ? matrix(batch, depth, rows) : matrix(batch, rows, depth))}, 24};
    c.operands.push_back(values(right ? matrix(right_batch, columns, depth) : matrix(right_batch, depth, columns)));
    c.operands[1].weight = constant;
    if (l.chance(3)) c.operands.push_back(weights(l.either() ? shape{columns} : shape{1, columns}));
    return c;
}

kernel_case interpolated(lottery& l, operation_info const&) {
    attribute_map a{{"mode", l.name({"linear", "nearest"})}, {"scale_w", 1.0}, {"scale_h", 1.0}};
    a["coord_mode"] = l.name({"align_corners", "half_pixel", "pytorch_half_pixel", "asymmetric"});
    shape const image{l.up_to(1, 2), l.size(80), l.up_to(1, 16), l.up_to(1, 16)};
    for (auto const* axis : {"scale_h", "scale_w"}) {
        double const size = static_cast<double>(image[axis[6] == 'h' ? 2 : 3]);
        a[axis] = l.either() ? static_cast<double>(l.up_to(1, 4)) : static_cast<double>(l.up_to(1, 30)) / size;
    }
    return {"Interp", a, {values(image)}, 12};
}

kernel_case enlarged(lottery& l, operation_info const&) {
    return {"Upsample", {{"scale_h", l.up_to(1, 5)}, {"scale_w", l.up_to(1, 5)}, {"do_relu", l.chance(3)}},
            {values({l.up_to(1, 3), l.size(100), l.up_to(1, 12), l.up_to(1, 12)})}, 0};
}

} // namespace

case_generators window_generators() {
    return {{"Conv", filtered},    {"Deconv", filtered},       {"MaxPool", pooled},   {"AvgPool", pooled},
            {"MatMul", product},   {"Interp", interpolated},   {"Upsample", enlarged}};
}

} // namespace tpu_convert::test
