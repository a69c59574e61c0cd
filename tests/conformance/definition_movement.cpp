// What is moved, and where to.
#include "definition_parts.hpp"

namespace tpu_convert::test {

namespace {

grids sliced(attribute_map const& map, grids const& in) {
    read const a{map};
    auto const& dims = in[0].shape();
    auto const first = a.list("offset"), last = a.list("ends"), steps = a.list("steps"), axes = a.list("axes");
    std::vector<ints> kept(dims.size()); // positions
    for (std::size_t i = 0; i < dims.size(); ++i)
        for (std::int64_t k = 0; k < dims[i]; ++k) kept[i].push_back(k);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        auto const axis = axis_in(axes[i], dims);
        auto const n = dims[axis];
        auto const from_front = [&](std::int64_t p) { return p < 0 ? p + n : p; };
        kept[axis].clear();
        for (auto k = from_front(first[i]);
             k >= 0 && k < n && (steps[i] > 0 ? k < from_front(last[i]) : k > from_front(last[i])); k += steps[i])
            kept[axis].push_back(k);
    }
    shape out;
    for (auto const& k : kept) out.push_back(std::ssize(k));
    return made(out, [&](ints where) {
        for (std::size_t i = 0; i < where.size(); ++i) where[i] = kept[i][static_cast<std::size_t>(where[i])];
        return at(in[0], where);
    });
}

grids padded(attribute_map const& map, grids const& in) {
    read const a{map};
    auto const& dims = in[0].shape();
    auto const paddings = a.list("paddings");
    auto const mode = a.text("mode");
    shape out = dims;
    for (std::size_t i = 0; i < dims.size(); ++i) out[i] += paddings[i] + paddings[dims.size() + i];
    return made(out, [&](ints where) {
        for (std::size_t i = 0; i < where.size(); ++i) {
            auto const n = dims[i];
            auto& p = where[i] -= paddings[i];
            if (p >= 0 && p < n) continue;
            if (mode == "constant") return a.real("val");
            if (mode == "edge") p = p < 0 ? 0 : n - 1;
            if (mode == "reflect") p = p < 0 ? -p : 2 * (n - 1) - p;
            if (mode == "symmetric") p = p < 0 ? -p - 1 : 2 * n - 1 - p;
        }
        return at(in[0], where);
    });
}

grids permuted(attribute_map const& map, grids const& in) {
    auto const order = read{map}.list("order");
    shape out;
    for (auto const i : order) out.push_back(in[0].shape()[static_cast<std::size_t>(i)]);
    return made(out, [&](ints const& where) {
        ints from(where.size());
        for (std::size_t i = 0; i < where.size(); ++i) from[static_cast<std::size_t>(order[i])] = where[i];
        return at(in[0], from);
    });
}

grids concat(attribute_map const& map, grids const& in) {
    read const a{map};
    shape out = in[0].shape();
    auto const axis = axis_in(a.whole("axis"), out);
    for (std::size_t i = 1; i < in.size(); ++i) out[axis] += in[i].shape()[axis];
    return made(out, [&](ints where) {
        std::size_t i = 0;
        while (where[axis] >= in[i].shape()[axis]) where[axis] -= in[i++].shape()[axis];
        return relu(a, at(in[i], where));
    });
}

grids tiled(attribute_map const& map, grids const& in) {
    auto const times = read{map}.list("tile");
    shape out = in[0].shape();
    for (std::size_t i = 0; i < out.size(); ++i) out[i] *= times[i];
    return made(out, [&](ints where) {
        for (std::size_t i = 0; i < where.size(); ++i) where[i] %= in[0].shape()[i];
        return at(in[0], where);
    });
}

grids blocks(attribute_map const& map, grids const& in) {
    read const a{map};
    auto const bh = a.whole("block_h"), bw = a.whole("block_w");
    bool const crd = a.flag("is_CRD"), back = a.flag("is_inversed");
    shape const s = in[0].shape();
    shape const large = back ? s : shape{s[0], s[1] / (bh * bw), s[2] * bh, s[3] * bw};
    auto const channels = large[1];
    auto const small_of = [&](ints const& p) { // the place with channels for the pixel with blocks
        auto const y = p[2] % bh, x = p[3] % bw;
        return ints{p[0], crd ? (p[1] * bh + y) * bw + x : (y * bw + x) * channels + p[1], p[2] / bh, p[3] / bw};
    };
    grid out(back ? shape{s[0], s[1] * bh * bw, s[2] / bh, s[3] / bw} : large);
    each(large, [&](ints const& p) {
        if (back) at(out, small_of(p)) = at(in[0], p);
        else at(out, p) = at(in[0], small_of(p));
    });
    return {out};
}

grids gathered(attribute_map const& map, grids const& in) {
    read const a{map};
    auto const& x = in[0];
    auto const axis = axis_in(a.whole("axis"), x.shape());
    shape out(x.shape().begin(), x.shape().begin() + static_cast<std::ptrdiff_t>(axis));
    bool const keep = a.get("keepdims", true) || in[1].size() != 1;
    auto const places = keep ? in[1].shape() : shape{};
    out = joined(joined(out, places), {x.shape().begin() + static_cast<std::ptrdiff_t>(axis) + 1, x.shape().end()});
    return made(out, [&](ints const& where) {
        auto const first = where.begin() + static_cast<std::ptrdiff_t>(axis), last = first + std::ssize(places);
        auto const index = static_cast<std::int64_t>(keep ? at(in[1], {first, last}) : in[1][0]);
        ints from(where.begin(), first);
        from.push_back(index < 0 ? index + x.shape()[axis] : index);
        return at(x, joined(from, {last, where.end()}));
    });
}

grids gathered_elements(attribute_map const& map, grids const& in) {
    auto const axis = axis_in(read{map}.whole("axis"), in[0].shape());
    return made(in[1].shape(), [&](ints where) {
        auto const index = static_cast<std::int64_t>(at(in[1], where));
        where[axis] = index < 0 ? index + in[0].shape()[axis] : index;
        return at(in[0], where);
    });
}

} // namespace

definitions movement_definitions() {
    return {{"Slice", sliced}, {"Pad", padded},         {"Permute", permuted}, {"Concat", concat},
            {"Tile", tiled},   {"Depth2Space", blocks}, {"Gather", gathered},  {"GatherElements", gathered_elements}};
}

} // namespace tpu_convert::test
