// Operators that make one number, or a few, of the elements along some axes: what stays lies in n and c, what goes in h and w.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/cv18xx/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert::cv18xx_lowering {

// Neighbouring axes of one kind as one.
struct axis_run {
    std::int64_t length, step;
};
struct axis_runs {
    std::vector<axis_run> kept, gone;
};
inline axis_runs runs_of(shape const& dims, std::vector<bool> const& gone) {
    axis_runs r;
    bool previous = false;
    std::int64_t step = 1;
    for (std::size_t i = dims.size(); i-- > 0; step *= dims[i]) {
        if (dims[i] == 1) continue;
        auto& runs = gone[i] ? r.gone : r.kept;
        bool const first = r.kept.empty() && r.gone.empty();
        if (!first && previous == gone[i]) runs.front().length *= dims[i];
        else runs.insert(runs.begin(), {dims[i], step});
        previous = gone[i];
    }
    return r;
}

// A run of more elements than a size in commands has becomes two.
inline void split_run(std::vector<axis_run>& runs) {
    if (runs.size() != 1 || runs[0].length <= size_limit) return;
    for (std::int64_t w = size_limit; w > 1; --w)
        if (runs[0].length % w == 0) {
            runs = {{runs[0].length / w, w * runs[0].step}, {w, runs[0].step}};
            return;
        }
}

// results: numbers for each row; they lie along w, as the result has them along the axis that goes.
template <class Chip>
kernel_plan<Chip> reducing_plan(lowering_context const& c, std::vector<bool> const& gone, std::int64_t results) {
    check_types(c, dtype::bf16, {c.operands[0]});
    for (auto const* r : c.results) check_types(c, dtype::bf16, {r});
    auto runs = runs_of(c.operands[0]->dims, gone);
    split_run(runs.gone);
    bool long_run = false;
    for (auto const& r : runs.gone) long_run |= r.length > size_limit;
    if (runs.kept.size() > 2 || runs.gone.size() > 2 || long_run)
        throw model_error{error_code::lowering_missing, c.name,
                          "the axes do not become four, of which those that go have " + std::to_string(size_limit) +
                              " elements at most"};
    for (auto* side : {&runs.kept, &runs.gone}) side->insert(side->begin(), 2 - side->size(), {1, 0});
    auto const &k = runs.kept, &g = runs.gone;
    bool const behind = k[1].step != 0 && k[1].step < g[1].step; // what stays, or some of it
    view const out{{k[0].length, k[1].length, 1, results},
                   {k[1].length * results, behind ? 1 : results, 0, behind ? k[1].length : 1}, 0};
    kernel_plan<Chip> p;
    p.inputs = {{0, {{k[0].length, k[1].length, g[0].length, g[1].length}, {k[0].step, k[1].step, g[0].step, g[1].step}, 0},
                 dtype::bf16}};
    for (std::size_t i = 0; i < c.results.size(); ++i) p.outputs.push_back({i, out, dtype::bf16});
    p.cuts = limited_cuts();
    p.cuts[2].allowed = p.cuts[3].allowed = false;
    p.input_box = [h = g[0].length, w = g[1].length](std::size_t, box const& b) -> box {
        return {{b.begin[0], b.begin[1], 0, 0}, {b.size[0], b.size[1], h, w}};
    };
    return p;
}

// All of h and w.
inline window whole_plane(local_tensor const& x) {
    window w;
    w.kernel_h = x.dims[2], w.kernel_w = x.dims[3];
    return w;
}

// dst = sum of each plane times share.
template <class Chip>
void sum_plane(kernel_builder<Chip>& b, local_tensor const& dst, local_tensor const& x, double share) {
    cv18xx_emit::average(b, dst, x, whole_plane(x), share, 0, false);
}
template <class Chip>
void largest_of_plane(kernel_builder<Chip>& b, local_tensor const& dst, local_tensor const& x) {
    cv18xx_emit::max_pool(b, dst, x, whole_plane(x));
}

} // namespace tpu_convert::cv18xx_lowering
