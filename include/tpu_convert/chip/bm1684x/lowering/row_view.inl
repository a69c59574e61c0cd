#pragma once
#include <algorithm>
#include <tpu_convert/chip/bm1684x/lowering/row_view.hpp>

namespace tpu_convert::bm1684x_lowering {

namespace detail {

// Runs of axes that are all kept or all reduced; strides of the operand and of the reduced result (0 where reduced).
struct axis_run {
    joint_axis axis;
    bool reduced;
};

inline std::vector<axis_run> axis_runs(shape const& dims, std::vector<bool> const& reduced) {
    std::vector<axis_run> runs;
    std::int64_t step = 1, kept_step = 1;
    for (std::size_t k = dims.size(); k-- > 0;) {
        if (dims[k] == 1) continue;
        if (!runs.empty() && runs.back().reduced == reduced[k]) runs.back().axis.size *= dims[k];
        else runs.push_back({{dims[k], {step, reduced[k] ? 0 : kept_step}}, reduced[k]});
        step *= dims[k];
        if (!reduced[k]) kept_step *= dims[k];
    }
    std::reverse(runs.begin(), runs.end());
    return runs;
}

class row_arrangement {
public:
    explicit row_arrangement(std::int64_t element_bytes) : bytes_(element_bytes) {}

    // Rows are contiguous: w is the row, kept elements lie on c, or on c and h.
    placement contiguous(joint_axis const& kept, joint_axis const& row) {
        consider({std::nullopt, kept, std::nullopt, row});
        for (auto d : divisors(kept.size))
            consider({std::nullopt, scaled(kept, d, kept.size / d), resized(kept, kept.size / d), row});
        return best_;
    }
    // Rows run across `inner` elements that follow each other: h is the row.
    placement crossing(joint_axis const& outer, joint_axis const& row, joint_axis const& inner) {
        consider({std::nullopt, outer, row, inner});
        consider({outer, inner, row, std::nullopt});
        for (auto d : divisors(inner.size))
            consider({outer, scaled(inner, d, inner.size / d), row, resized(inner, inner.size / d)});
        std::int64_t const lanes = bm1684x::lanes, step = inner.size / lanes;
        if (step >= 16) consider({outer, scaled(inner, lanes, step), row, resized(inner, inner.size - (lanes - 1) * step)});
        return best_;
    }

private:
    static joint_axis resized(joint_axis a, std::int64_t size) {
        a.size = size;
        return a;
    }
    static joint_axis scaled(joint_axis a, std::int64_t size, std::int64_t step) {
        a.size = size;
        for (auto& s : a.strides) s *= step;
        return a;
    }
    void consider(placement const& p) {
        double const cost = cost_of(p, bytes_);
        if (best_[1] && cost >= cost_) return;
        best_ = p, cost_ = cost;
    }

    std::int64_t bytes_;
    placement best_{};
    double cost_ = 0;
};

inline placement two_rows(std::vector<joint_axis> kept, std::vector<joint_axis> const& rows) {
    joint_axis const one{1, {0, 0}};
    while (kept.size() < 2) kept.insert(kept.begin(), one);
    if (kept[0].size > kept[1].size) std::swap(kept[0], kept[1]);
    return {kept[0], kept[1], rows[0], rows[1]};
}

} // namespace detail

// Strides outside the axis shrink as the tensor does; those inside it stay.
TPU_CONVERT_INLINE view row_views::shortened(std::int64_t from, std::int64_t to) const {
    view v = whole;
    std::size_t const axis = axes.h ? 2 : 3;
    std::int64_t const block = whole.strides[axis] * from;
    for (std::size_t i = 0; i < 4; ++i)
        if (i != axis && v.strides[i] >= block) v.strides[i] = v.strides[i] / from * to;
    v.dims[axis] = to;
    return v;
}

TPU_CONVERT_INLINE row_views make_row_views(std::string const& name, shape const& dims, std::vector<bool> const& reduced,
                                            std::int64_t element_bytes) {
    auto const runs = detail::axis_runs(dims, reduced);
    joint_axis const one{1, {0, 0}};
    std::vector<joint_axis> kept, rows;
    for (auto const& r : runs) (r.reduced ? rows : kept).push_back(r.axis);
    if (rows.size() > 2 || kept.size() > 2)
        throw model_error{error_code::lowering_missing, name,
                          "the axes that it works along alternate with others too often for bm1684x (transpose before it)"};
    detail::placement p;
    row_views v;
    if (rows.size() == 2) {
        v.axes = {true, true};
        p = detail::two_rows(kept, rows);
    } else if (rows.empty() || runs.back().reduced) {
        v.axes = {false, true};
        p = detail::row_arrangement(element_bytes).contiguous(kept.empty() ? one : kept[0], rows.empty() ? one : rows[0]);
    } else {
        v.axes = {true, false};
        p = detail::row_arrangement(element_bytes).crossing(kept.size() == 2 ? kept[0] : one, rows[0], kept.back());
    }
    v.whole = detail::view_of(p, 0);
    v.reduced = detail::view_of(p, 1);
    if (v.axes.w) v.reduced.dims[3] = 1, v.reduced.strides[3] = 1;
    return v;
}

TPU_CONVERT_INLINE std::array<cut_rule, 4> row_cuts(reduced_axes axes) {
    auto cuts = free_cuts();
    cuts[2].allowed = !axes.h;
    cuts[3].allowed = !axes.w;
    return cuts;
}

TPU_CONVERT_INLINE box whole_rows(row_views const& v, box b) {
    if (v.axes.h) b.begin[2] = 0, b.size[2] = v.whole.dims[2];
    if (v.axes.w) b.begin[3] = 0, b.size[3] = v.whole.dims[3];
    return b;
}

} // namespace tpu_convert::bm1684x_lowering
