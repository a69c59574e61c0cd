// Operators that are described by others: arrangement, statistics, constants.
#include "lottery.hpp"

namespace tpu_convert::test {

namespace {

kernel_case transposed(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 6000);
    return {"Transpose", {{"dim0", l.axis(dims.size())}, {"dim1", l.axis(dims.size())}}, {values(dims)}, 0};
}

kernel_case swapped_channels(lottery& l, operation_info const&) {
    shape dims = l.dims(2, 4, 3000);
    dims[1] = l.up_to(1, 8);
    return {"SwapChannel", {{"channel_order", l.permutation(dims[1])}}, {values(dims)}, 0};
}

kernel_case swapped_halves(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 6000);
    ints offset;
    for (auto const d : dims) offset.push_back(l.either() ? 0 : l.up_to(0, d - 1));
    return {"SwapDimInner", {{"offset", offset}}, {values(dims)}, 0};
}

kernel_case packed(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 3000);
    std::int64_t const count = l.up_to(1, 4);
    return {"Pack", {{"axis", l.axis(dims.size() + 1)}, {"values_count", count}},
            std::vector<kernel_operand>(static_cast<std::size_t>(count), values(dims)), 0};
}

kernel_case unpacked(lottery& l, operation_info const&) {
    shape dims = l.dims(2, 4, 3000);
    std::int64_t const at = l.up_to(0, std::ssize(dims) - 1);
    dims[static_cast<std::size_t>(at)] = l.up_to(1, 5);
    return {"Unpack", {{"axis", l.either() ? at : at - std::ssize(dims)}}, {values(dims)}, 0};
}

kernel_case copied(lottery& l, operation_info const&) {
    shape const dims = l.dims(2, 3, 1500);
    ints const from = dense_strides(dims), order = l.permutation(std::ssize(dims));
    shape extent;
    ints strides;
    for (auto const i : order) {
        extent.push_back(dims[static_cast<std::size_t>(i)]), strides.push_back(from[static_cast<std::size_t>(i)]);
        if (l.chance(4)) extent.back() = l.up_to(1, extent.back());
        else if (l.chance(4)) strides.back() = 0;
    }
    return {"Copy", {{"shape", extent}, {"input_stride", strides}, {"output_stride", dense_strides(extent)}}, {values(dims)}, 0};
}

kernel_case meshed(lottery& l, operation_info const&) {
    kernel_case c{"MeshGrid", {{"is_reverse", l.either()}}, {}, 0};
    for (std::int64_t i = l.up_to(1, 3); i > 0; --i) c.operands.push_back(values({l.up_to(1, 20)}));
    return c;
}

kernel_case volume(lottery& l, operation_info const& op) {
    std::int64_t const groups = l.up_to(1, 3);
    shape const image{op.name == "Correlation" ? 1 : l.up_to(1, 2), groups * l.up_to(1, 8), l.up_to(1, 9), l.up_to(3, 20)};
    kernel_case c{std::string(op.name),
                  {{"max_disp", l.up_to(1, std::min<std::int64_t>(6, image[3]))}},
                  {values(image), values(image)},
                  0};
    if (op.name == "Correlation") c.attributes["num_groups"] = groups, c.ulps = 20;
    return c;
}

kernel_case inserted(lottery& l, operation_info const& op) {
    shape const dims = l.dims(1, 4, 3000);
    std::int64_t const axis = l.axis(dims.size());
    auto const at = static_cast<std::size_t>(axis < 0 ? axis + std::ssize(dims) : axis);
    shape part = dims;
    if (op.name == "ConcatSlice") {
        part[at] = l.up_to(1, dims[at]);
        return {"ConcatSlice", {{"axis", axis}}, {values(dims), values(part)}, 0};
    }
    part[at] = l.up_to(1, 9);
    return {"Insert", {{"axis", axis}, {"offset", l.up_to(0, dims[at])}}, {values(dims), values(part)}, 0};
}

kernel_case same(lottery& l, operation_info const&) { return {"DtypeCast", {}, {values(l.dims(1, 5, 3000))}, 0}; }

kernel_case noise(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 3000);
    return {"RandnLike", {}, {values(dims), values(dims)}, 0};
}

kernel_case viewed(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 3000);
    shape to = dims;
    std::shuffle(to.begin(), to.end(), l.engine());
    to[static_cast<std::size_t>(l.up_to(0, std::ssize(to) - 1))] = -1;
    return {"View", {}, {values(dims), constant_list(to)}, 0};
}

kernel_case repeated(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 600);
    ints times(dims.size());
    for (auto& t : times) t = l.up_to(1, 3);
    if (l.either()) times.insert(times.begin(), l.up_to(1, 3));
    return {"Repeat", {}, {values(dims), constant_list(times)}, 0};
}

kernel_case filled(lottery& l, operation_info const&) {
    return {"ConstantFill", {{"value", l.real(-4, 4)}}, {constant_list(l.dims(1, 5, 6000))}, 0};
}

kernel_case strided(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 6000);
    ints first, last, steps;
    for (auto const d : dims) {
        first.push_back(l.up_to(0, d - 1)), last.push_back(l.up_to(first.back() + 1, d)), steps.push_back(l.up_to(1, 3));
        if (l.chance(4)) first.back() -= d;
    }
    std::int64_t const masks = (std::int64_t{1} << dims.size()) - 1;
    attribute_map a{{"begin_mask", l.up_to(0, masks)}, {"end_mask", l.up_to(0, masks)}};
    if (l.either()) a["shrink_axis_mask"] = l.up_to(0, masks) & ~std::get<std::int64_t>(a["begin_mask"]) & (masks >> 1);
    return {"StridedSlice", a, {values(dims), constant_list(first), constant_list(last), constant_list(steps)}, 0};
}

kernel_case axis_sliced(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 6000);
    std::int64_t const axis = l.axis(dims.size());
    std::int64_t const n = dims[static_cast<std::size_t>(axis < 0 ? axis + std::ssize(dims) : axis)], first = l.up_to(0, n - 1);
    return {"SliceAxis",
            {},
            {values(dims), constant_list(ints{axis}), constant_list(ints{first}), constant_list(ints{l.up_to(1, 3)}),
             constant_list(ints{l.up_to(first + 1, n)})},
            0};
}

kernel_case counted(lottery& l, operation_info const& op) {
    std::int64_t const step = l.pick({-3, -1, 1, 2}), first = l.up_to(-20, 20);
    kernel_operand const begin = constant_list(ints{first}), end = constant_list(ints{first + step * l.up_to(1, 30)});
    return {std::string(op.name), {}, {begin, end, constant_list(ints{step})}, 0};
}

kernel_case normalized(lottery& l, operation_info const&) {
    shape const dims = l.dims(4, 4, 6000);
    bool const shared = l.either();
    return {"Normalize", {{"across_spatial", l.either()}, {"channel_shared", shared}},
            {values(dims, 0.1, 2), weights({shared ? 1 : dims[1]}, 0.5, 1.5)}, 60};
}

kernel_case variance(lottery& l, operation_info const&) {
    shape const dims = l.dims(2, 4, 6000);
    ints axes;
    std::int64_t count = 1;
    for (std::int64_t i = 0; i < std::ssize(dims); ++i)
        if (l.either()) axes.push_back(i), count *= dims[static_cast<std::size_t>(i)];
    if (axes.empty()) axes.push_back(0), count = dims[0];
    return {"Variance", {{"reduce_list", axes}, {"correction", count > 1 && l.either() ? 1.0 : 0.0}, {"keep_dims", l.either()}},
            {values(dims, -2, 2)}, 60};
}

kernel_operand some(shape dims) { return weights(std::move(dims), 0.5, 1.5); }
// Batches of at least 16 numbers for each statistic, so that it is well conditioned.
shape batch_of_images(lottery& l) { return {l.up_to(2, 4), l.size(70), l.up_to(3, 9), l.up_to(3, 9)}; }

kernel_case trained_batch(lottery& l, operation_info const& op) {
    shape const dims = batch_of_images(l);
    bool const lists = op.name == "MeanRstd";
    shape const c = lists ? shape{1, dims[1], 1, 1} : shape{dims[1]};
    attribute_map a{{lists ? "eps" : "epsilon", l.pick({1e-5, 1e-3})}, {"momentum", l.real(0.05, 0.5)}};
    if (!lists) a["do_relu"] = l.either();
    if (lists) return {"MeanRstd", a, {values(dims, -2, 2), weights(c), some(c), some(c), weights(c)}, 60};
    return {"BatchNormTrain", a, {values(dims, -2, 2), weights(c), some(c), some(c), weights(c)}, 60};
}

kernel_case trained_groups(lottery& l, operation_info const&) {
    std::int64_t const groups = l.up_to(1, 4);
    shape dims = batch_of_images(l);
    dims[1] = groups * l.up_to(1, 6);
    return {"GroupNormTrain",
            {{"num_groups", groups}, {"eps", 1e-3}},
            {values(dims, -2, 2), some({dims[1]}), weights({dims[1]})},
            60};
}

kernel_case trained_layer(lottery& l, operation_info const&) {
    shape dims = l.dims(2, 4, 3000);
    dims.back() = l.up_to(8, 100);
    std::int64_t const n = dims.back();
    return {"LayerNormTrain", {{"normalized_shape", ints{n}}, {"axis", std::ssize(dims) - 1}, {"eps", 1e-3}},
            {values(dims, -2, 2), some({n}), weights({n})}, 60};
}

kernel_case batch_gradient(lottery& l, operation_info const&) {
    shape const dims = batch_of_images(l);
    shape const c{dims[1]};
    return {
        "BatchNormBwd", {{"epsilon", 1e-3}}, {values(dims), values(dims, -2, 2), some(c), weights(c, -0.2, 0.2), some(c)}, 60};
}

kernel_case layer_gradient(lottery& l, operation_info const&) {
    shape dims = l.dims(2, 4, 2000), rows = dims;
    std::int64_t const n = dims.back() = l.up_to(4, 60);
    rows.back() = 1;
    return {"LayerNormBwd", {{"normalized_shape", ints{n}}},
            {values(dims), values(dims, -2, 2), values(rows), values(rows, 0.5, 1.5), some({n}), weights({n})}, 60};
}

kernel_case softmax_gradient(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 4000);
    return {"SoftmaxBwd", {{"dim", l.axis(dims.size())}}, {values(dims), values(dims, 0, 0.3)}, 60};
}

kernel_case scaled(lottery& l, operation_info const& op) {
    shape const dims = l.dims(2, 4, 4000);
    bool const back = op.name == "DequantizeLinear";
    std::int64_t const axis = l.axis(dims.size());
    std::int64_t const n = l.either() ? 1 : dims[static_cast<std::size_t>(axis < 0 ? axis + std::ssize(dims) : axis)];
    reals scales;
    ints zeros;
    for (std::int64_t i = 0; i < n; ++i)
        scales.push_back(std::ldexp(1.0, static_cast<int>(l.up_to(-6, -2)))), zeros.push_back(l.up_to(0, 9));
    attribute_map a{{back ? "x_scale" : "y_scale", scales}, {back ? "x_zero_point" : "y_zero_point", zeros}, {"axis", axis}};
    return {std::string(op.name), a, {back ? whole_numbers(dims, -128, 128) : values(dims, -4, 4)}, 4};
}

kernel_case priors(lottery& l, operation_info const&) {
    reals least, most, ratios;
    for (std::int64_t i = l.up_to(1, 3); i > 0; --i)
        least.push_back(static_cast<double>(l.up_to(8, 60))), most.push_back(least.back() + 20);
    for (std::int64_t i = l.up_to(0, 2); i > 0; --i) ratios.push_back(l.real(0.3, 3));
    attribute_map a{
        {"min_size", least}, {"aspect_ratios", ratios}, {"variance", reals{0.1, 0.1, 0.2, 0.2}}, {"clip", l.either()}};
    if (l.either()) a["max_size"] = most;
    if (l.either()) a["step_h"] = 8.0, a["step_w"] = 16.0;
    a["use_default_aspect_ratio"] = true;
    return {"PriorBox", a, {values({1, 2, l.up_to(1, 8), l.up_to(1, 8)}), values({1, 3, l.up_to(32, 90), l.up_to(32, 90)})}, 1};
}

} // namespace

case_generators composed_generators() {
    return {{"Transpose", transposed}, {"SwapChannel", swapped_channels}, {"SwapDimInner", swapped_halves}, {"Pack", packed},
            {"Unpack", unpacked}, {"Copy", copied}, {"MeshGrid", meshed}, {"ConcatVolume", volume}, {"Correlation", volume},
            {"Insert", inserted}, {"ConcatSlice", inserted}, {"DtypeCast", same}, {"RandnLike", noise}, {"View", viewed},
            {"ConstantFill", filled}, {"Repeat", repeated}, {"StridedSlice", strided}, {"SliceAxis", axis_sliced},
            {"Range", counted}, {"Arange", counted},
            {"Normalize", normalized}, {"Variance", variance}, {"MeanRstd", trained_batch},
            {"BatchNormTrain", trained_batch}, {"GroupNormTrain", trained_groups}, {"LayerNormTrain", trained_layer},
            {"BatchNormBwd", batch_gradient}, {"LayerNormBwd", layer_gradient}, {"SoftmaxBwd", softmax_gradient},
            {"QuantizeLinear", scaled}, {"DequantizeLinear", scaled}, {"PriorBox", priors}};
}

} // namespace tpu_convert::test
