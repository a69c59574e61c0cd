// Operators that move values and compute none.
#include "lottery.hpp"

namespace tpu_convert::test {

namespace {

kernel_case concat(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 6000);
    std::int64_t const axis = l.axis(dims.size()), at = axis < 0 ? axis + std::ssize(dims) : axis, count = l.up_to(1, 4);
    kernel_case c{"Concat", {{"axis", axis}}, {}, 0};
    for (std::int64_t i = 0; i < count; ++i) {
        shape part = dims;
        part[static_cast<std::size_t>(at)] = l.size(40);
        c.operands.push_back(values(part));
        c.operands.back().weight = i > 0 && l.chance(4);
    }
    if (l.chance(4)) c.attributes["do_relu"] = true;
    return c;
}

kernel_case blocks(lottery& l, operation_info const&) {
    std::int64_t const h = l.up_to(1, 4), w = l.either() ? h : l.up_to(1, 4);
    bool const back = l.either();
    shape const dims = back ? shape{l.up_to(1, 3), l.size(40), h * l.up_to(1, 8), w * l.up_to(1, 8)}
                            : shape{l.up_to(1, 3), h * w * l.up_to(1, 12), l.up_to(1, 9), l.up_to(1, 9)};
    return {"Depth2Space", {{"block_h", h}, {"block_w", w}, {"is_CRD", l.either()}, {"is_inversed", back}}, {values(dims)}, 0};
}

kernel_case expanded(lottery& l, operation_info const&) {
    shape const to = l.dims(1, 5, 12000);
    return {"Expand", {{"shape", to}}, {values(l.broadcast_to(to))}, 0};
}

kernel_case flattened(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 6000);
    std::int64_t const first = l.up_to(0, std::ssize(dims) - 1), last = l.up_to(first, std::ssize(dims) - 1);
    return {"Flatten", {{"start_dim", first}, {"end_dim", l.either() ? last : last - std::ssize(dims)}}, {values(dims)}, 0};
}

kernel_case padded(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 4000);
    char const* const mode = l.name({"constant", "reflect", "edge", "symmetric"});
    bool const free = mode[0] == 'c' || mode[0] == 'e';
    ints paddings;
    for (std::size_t i = 0; i < 2 * dims.size(); ++i) {
        std::int64_t const d = dims[i % dims.size()], most = free ? 4 : std::min<std::int64_t>(4, d - (mode[0] == 'r'));
        paddings.push_back(l.either() ? 0 : l.chance(8) && d > 4 ? -1 : l.up_to(0, most));
    }
    return {"Pad", {{"paddings", paddings}, {"mode", mode}, {"val", l.real(-2, 2)}}, {values(dims)}, 1};
}

kernel_case permuted(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 6, 12000);
    return {"Permute", {{"order", l.permutation(std::ssize(dims))}}, {values(dims)}, 0};
}

kernel_case reshaped(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 12000);
    if (l.chance(4)) return {"Reshape", {{"flatten_start_dim", l.up_to(0, std::ssize(dims) - 1)}}, {values(dims)}, 0};
    shape to = dims;
    if (l.either()) std::shuffle(to.begin(), to.end(), l.engine());
    else if (l.either()) to[0] = 0;
    if (to.size() > 1 && l.either()) to[1] *= std::max<std::int64_t>(1, to[0]), to.erase(to.begin());
    to[static_cast<std::size_t>(l.up_to(0, std::ssize(to) - 1))] = -1;
    if (to.size() != dims.size()) to = {-1};
    return {"Reshape", {{"shape", to}}, {values(dims)}, 0};
}

kernel_case reversed(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 8000);
    return {"Reverse", {{"axis", l.axis(dims.size())}}, {values(dims)}, 0};
}

kernel_case shuffled(lottery& l, operation_info const&) {
    std::int64_t const groups = l.up_to(1, 8);
    return {
        "ShuffleChannel", {{"group", groups}}, {values({l.up_to(1, 3), groups * l.up_to(1, 9), l.up_to(1, 9), l.size(40)})}, 0};
}

kernel_case sliced(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 12000);
    ints first, last, steps, axes;
    for (std::int64_t i = 0; i < std::ssize(dims); ++i) {
        std::int64_t const d = dims[static_cast<std::size_t>(i)], a = l.up_to(0, d - 1), b = l.up_to(0, d - 1);
        if (l.chance(3)) continue;
        bool const back = l.chance(4);
        steps.push_back((back ? -1 : 1) * (l.either() ? 1 : l.up_to(2, 4))), axes.push_back(i);
        first.push_back(back ? std::max(a, b) : std::min(a, b));
        last.push_back(back ? (l.either() ? -d - 1 : std::max(a, b) == std::min(a, b) ? -d - 1 : std::min(a, b))
                            : (l.either() ? d + 5 : std::max(a, b) + 1));
        if (l.chance(4)) first.back() -= d;
    }
    if (axes.empty()) return reversed(l, *find_operation("Reverse"));
    return {"Slice", {{"offset", first}, {"ends", last}, {"steps", steps}, {"axes", axes}}, {values(dims)}, 0};
}

kernel_case parted(lottery& l, operation_info const&) {
    shape dims = l.dims(1, 5, 4000);
    std::int64_t const axis = l.axis(dims.size()), at = axis < 0 ? axis + std::ssize(dims) : axis, parts = l.up_to(1, 4);
    dims[static_cast<std::size_t>(at)] = parts * l.up_to(1, 12);
    kernel_case c{"Split", {{"axis", axis}, {"num", parts}}, {values(dims)}, 0};
    if (l.either()) {
        ints sizes;
        for (std::int64_t i = 0, rest = dims[static_cast<std::size_t>(at)]; i < parts; ++i)
            sizes.push_back(i + 1 == parts ? rest : l.up_to(1, rest - (parts - 1 - i))), rest -= sizes.back();
        c.attributes["split_size"] = sizes;
    }
    return c;
}

kernel_case squeezed(lottery& l, operation_info const&) {
    shape dims = l.dims(2, 5, 4000);
    std::int64_t const at = l.up_to(0, std::ssize(dims) - 1);
    dims[static_cast<std::size_t>(at)] = 1;
    return {"Squeeze", {{"axes", ints{l.either() ? at : at - std::ssize(dims)}}}, {values(dims)}, 0};
}

kernel_case unsqueezed(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 4, 4000);
    ints axes{l.up_to(0, std::ssize(dims))};
    if (l.either()) axes.push_back(std::ssize(dims) + 1);
    return {"Unsqueeze", {{"axes", axes}}, {values(dims)}, 0};
}

kernel_case tiled(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 1000);
    ints times;
    for (std::size_t i = 0; i < dims.size(); ++i) times.push_back(l.either() ? 1 : l.up_to(2, 4));
    return {"Tile", {{"tile", times}}, {values(dims)}, 0};
}

kernel_case triangle(lottery& l, operation_info const&) {
    return {"Trilu", {{"upper", l.up_to(0, 1)}, {"diagonal", l.up_to(-4, 4)}}, {values(l.dims(2, 4, 8000))}, 0};
}

kernel_case shape_of(lottery& l, operation_info const&) {
    shape const dims = l.dims(2, 5, 1000);
    kernel_case c{"Shape", {}, {values(dims)}, 0};
    if (l.either()) c.attributes["start"] = l.up_to(0, 1);
    if (l.either()) c.attributes["end"] = l.up_to(2, std::ssize(dims));
    return c;
}

kernel_case size_of(lottery& l, operation_info const&) {
    shape const dims = l.dims(1, 5, 1000);
    kernel_case c{"Size", {}, {values(dims)}, 0};
    if (l.either()) c.attributes["axis"] = l.axis(dims.size());
    return c;
}

} // namespace

case_generators movement_generators() {
    return {{"Concat", concat},       {"Depth2Space", blocks}, {"Expand", expanded},
            {"Flatten", flattened},   {"Pad", padded},          {"Permute", permuted},   {"Reshape", reshaped},
            {"Reverse", reversed},    {"ShuffleChannel", shuffled}, {"Slice", sliced},   {"Split", parted},
            {"Squeeze", squeezed},    {"Unsqueeze", unsqueezed}, {"Tile", tiled},        {"Trilu", triangle},
            {"Shape", shape_of},      {"Size", size_of}};
}

} // namespace tpu_convert::test
