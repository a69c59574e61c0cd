// Reductions and normalizations.
#include "definition_parts.hpp"
#include <array>
#include <functional>
#include <utility>

namespace tpu_convert::test {

namespace {

grids softmax(attribute_map const& map, grids const& in) {
    read const a{map};
    auto const& x = in[0];
    auto const axis = axis_in(a.whole("axis"), x.shape());
    double const beta = a.real("beta", 1);
    return made(x.shape(), [&](ints where) {
        double const own = at(x, where);
        double sum = 0;
        for (where[axis] = 0; where[axis] < x.shape()[axis]; ++where[axis]) sum += std::exp(beta * (at(x, where) - own));
        return a.flag("log") ? -std::log(sum) : 1 / sum;
    });
}

grids reduced(attribute_map const& map, grids const& in) {
    read const a{map};
    auto const& x = in[0];
    auto const mode = a.text("mode");
    shape kept = x.shape(), out;
    double n = 1;
    for (auto const axis : a.list("axes")) n *= static_cast<double>(std::exchange(kept[axis_in(axis, kept)], 1));
    std::vector<bool> gone(kept.size());
    for (auto const axis : a.list("axes")) gone[axis_in(axis, kept)] = true;
    double const start = mode == "ReduceMin" ? HUGE_VAL : mode == "ReduceMax" ? -HUGE_VAL : mode == "ReduceProd" ? 1 : 0;
    grid y = made(kept, [&](ints const&) { return start; })[0];
    each(x.shape(), [&](ints const& where) {
        ints to = where;
        for (std::size_t i = 0; i < to.size(); ++i) to[i] = gone[i] ? 0 : to[i];
        double &sum = at(y, to), v = at(x, where);
        if (mode == "ReduceMin") sum = std::min(sum, v);
        else if (mode == "ReduceMax") sum = std::max(sum, v);
        else if (mode == "ReduceProd") sum *= v;
        else sum += mode == "ReduceL2" ? v * v : mode == "ReduceL1" ? std::fabs(v) : v;
    });
    for (auto& v : y.values()) v = mode == "ReduceMean" ? v / n : mode == "ReduceL2" ? std::sqrt(v) : v;
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (!gone[i] || a.get("keepdims", true)) out.push_back(kept[i]);
    y.reshape(out);
    return {y};
}

grids running_sum(attribute_map const& map, grids const& in) {
    auto const axis = axis_in(read{map}.whole("axis"), in[0].shape());
    return made(in[0].shape(), [&](ints where) {
        double sum = 0;
        for (auto last = where[axis], k = std::int64_t{0}; k <= last; ++k) where[axis] = k, sum += at(in[0], where);
        return sum;
    });
}

grids extreme_place(attribute_map const& map, grids const& in) {
    read const a{map};
    auto const& x = in[0];
    auto const axis = axis_in(a.whole("axis"), x.shape());
    shape kept = x.shape();
    kept[axis] = 1;
    double const sign = a.text("mode") == "ArgMax" ? 1 : -1;
    grid y = made(kept, [&](ints where) {
        std::int64_t best = 0;
        double largest = -HUGE_VAL;
        for (std::int64_t k = 0; k < x.shape()[axis]; ++k) {
            where[axis] = k;
            double const v = sign * at(x, where);
            if (v > largest || (v == largest && a.get("select_last_index", true))) largest = v, best = k;
        }
        return static_cast<double>(best);
    })[0];
    if (!a.get("keepdims", true)) kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(axis)), y.reshape(kept);
    return {y};
}

// Mean 0 and variance 1 over what `same` says belongs together, then weight and bias by `place`.
grids normalized(grids const& in, double eps, std::function<ints(ints const&)> const& group,
                 std::function<std::int64_t(ints const&)> const& place, bool centred = true) {
    std::map<ints, std::array<double, 3>> sums;
    each(in[0].shape(), [&](ints const& where) {
        auto& s = sums[group(where)];
        s[0] += 1, s[1] += at(in[0], where);
    });
    auto const mean = [&](std::array<double, 3> const& s) { return centred ? s[1] / s[0] : 0; };
    each(in[0].shape(), [&](ints const& where) {
        auto& s = sums[group(where)];
        double const off = at(in[0], where) - mean(s);
        s[2] += off * off;
    });
    return made(in[0].shape(), [&](ints const& where) {
        auto const& s = sums[group(where)];
        double const v = (at(in[0], where) - mean(s)) / std::sqrt(s[2] / s[0] + eps);
        double const weight = in.size() > 1 && in[1].rank() > 0 ? in[1][place(where)] : 1;
        return v * weight + (in.size() > 2 && in[2].rank() > 0 ? in[2][place(where)] : 0);
    });
}
std::int64_t channel(ints const& where) { return where[1]; }

grids group_norm(attribute_map const& map, grids const& in) {
    auto const each_group = in[0].shape()[1] / read{map}.whole("num_groups", in[0].shape()[1]);
    return normalized(in, read{map}.real("eps"), [=](ints const& w) { return ints{w[0], w[1] / each_group}; }, channel);
}
grids pixel_norm(attribute_map const& map, grids const& in) {
    return normalized(in, read{map}.real("eps"), [](ints w) { return w[1] = 0, w; }, channel);
}
grids row_norm(attribute_map const& map, grids const& in, bool centred) {
    auto const axis = static_cast<std::ptrdiff_t>(axis_in(read{map}.whole("axis"), in[0].shape()));
    shape const inner(in[0].shape().begin() + axis, in[0].shape().end());
    return normalized(in, read{map}.real("eps"), [=](ints const& w) { return ints(w.begin(), w.begin() + axis); },
                      [=](ints const& w) { return offset_of(inner, {w.begin() + axis, w.end()}); }, centred);
}
grids layer_norm(attribute_map const& map, grids const& in) { return row_norm(map, in, true); }
grids rms_norm(attribute_map const& map, grids const& in) { return row_norm(map, in, false); }

} // namespace

definitions row_definitions() {
    return {{"Softmax", softmax},      {"Reduce", reduced},       {"CumSum", running_sum},
            {"Arg", extreme_place},    {"GroupNorm", group_norm}, {"InstanceNorm", group_norm},
            {"PixelNorm", pixel_norm}, {"LayerNorm", layer_norm}, {"RMSNorm", rms_norm}};
}

} // namespace tpu_convert::test
