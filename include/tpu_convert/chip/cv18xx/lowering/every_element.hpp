// Operators that go element by element: all operands, broadcast against each other.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/cv18xx/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/lower/plane_views.hpp>

namespace tpu_convert::cv18xx_lowering {

namespace detail {

// All elements as channels of w, `most` at most: the cut that wastes least of the lanes.
template <class Chip>
dims4 spread(std::int64_t count, std::int64_t bytes, std::int64_t most = 1024) {
    dims4 best{1, count, 1, 1};
    std::int64_t least = -1;
    for (std::int64_t w = 1; w <= std::min(count, most); ++w) {
        if (count % w) continue;
        std::int64_t const used = ceil_div(count / w, Chip::lanes) * round_up(w * bytes, Chip::eu_bytes);
        if (least < 0 || used <= least) best = {1, count / w, 1, w}, least = used;
    }
    return best;
}

// Of rank four at most where leading axes have length one; of the result's rank where there are more in the result.
inline shape of_rank(shape s, std::size_t rank) {
    while (s.size() > rank && s.front() == 1) s.erase(s.begin());
    if (s.size() < rank) s.insert(s.begin(), rank - s.size(), 1);
    return s;
}

// Sizes of the result and of the operands; of more than four axes, neighbours along which each operand is whole, or each time
// repeated, are one.
struct broadcast_shapes {
    shape out;
    std::vector<shape> operands;
};
inline broadcast_shapes of_few_axes(lowering_context const& c) {
    shape const& whole = c.results[0]->dims;
    broadcast_shapes s{of_rank(whole, std::min<std::size_t>(whole.size(), 4)), {}};
    for (auto const* o : c.operands) s.operands.push_back(o ? o->dims : shape{});
    if (s.out.size() <= 4) return s;
    for (auto& o : s.operands) o = of_rank(o, s.out.size());
    auto const joins = [&](std::size_t i) {
        return std::all_of(s.operands.begin(), s.operands.end(), [&](shape const& o) {
            return (o[i] == s.out[i] && o[i + 1] == s.out[i + 1]) || (o[i] == 1 && o[i + 1] == 1);
        });
    };
    for (std::size_t i = s.out.size() - 1; i-- > 0 && s.out.size() > 4;) {
        if (!joins(i)) continue;
        s.operands.push_back(s.out);
        for (auto& o : s.operands) o[i] *= o[i + 1], o.erase(o.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        s.out = s.operands.back(), s.operands.pop_back();
    }
    return s;
}

} // namespace detail

template <class Chip>
kernel_plan<Chip> every_element(lowering_context const& c) {
    auto const [out, operands] = detail::of_few_axes(c);
    bool same = true;
    auto bytes = static_cast<std::int64_t>(bytes_of(c.results[0]->type)); // of the widest
    std::vector<shape> shapes;
    kernel_plan<Chip> p;
    for (std::size_t i = 0; i < c.operands.size(); ++i) {
        if (!c.operands[i]) continue;
        shapes.push_back(detail::of_rank(operands[i], out.size()));
        same &= element_count(shapes.back()) == element_count(out);
        bytes = std::max(bytes, static_cast<std::int64_t>(bytes_of(c.operands[i]->type)));
        p.inputs.push_back({i, {}, c.operands[i]->type});
    }
    broadcast_views v;
    if (same && !c.planes) {
        v.out = view::dense(detail::spread<Chip>(element_count(out), bytes));
        v.in.assign(shapes.size(), v.out);
    } else v = plane_views(c.name, out, shapes);
    for (std::size_t i = 0; i < p.inputs.size(); ++i) p.inputs[i].global = v.in[i];
    p.outputs = {{0, v.out, c.results[0]->type}};
    p.cuts = limited_cuts();
    p.input_box = [in = v.in](std::size_t i, box const& b) { return broadcast_box(in[i], b); };
    return p;
}

} // namespace tpu_convert::cv18xx_lowering
