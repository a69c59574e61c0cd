// Copies between strided windows of any rank, as copies of rank four at most.
#pragma once
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <vector>

namespace tpu_convert::movement {

// Strides and offsets in elements.
struct strided_side {
    shape strides;
    std::int64_t offset = 0;
};

struct strided_copy {
    shape dims;
    strided_side from, to;
    std::optional<std::size_t> operand = 0;
    std::size_t result = 0;
    bool from_result = false;
    std::uint32_t constant = 0;
};

namespace detail {

inline void drop_axis(strided_copy& c, std::size_t i) {
    auto const at = static_cast<std::ptrdiff_t>(i);
    c.dims.erase(c.dims.begin() + at);
    c.from.strides.erase(c.from.strides.begin() + at);
    c.to.strides.erase(c.to.strides.begin() + at);
}

// Axes of length one vanish; two axes that both sides walk in one go become one.
inline void merge_axes(strided_copy& c) {
    for (std::size_t i = c.dims.size(); i-- > 0;)
        if (c.dims[i] == 1) drop_axis(c, i);
    for (std::size_t i = c.dims.size(); i-- > 1;) {
        bool const joined =
            c.from.strides[i - 1] == c.from.strides[i] * c.dims[i] && c.to.strides[i - 1] == c.to.strides[i] * c.dims[i];
        if (!joined) continue;
        c.dims[i] *= c.dims[i - 1];
        drop_axis(c, i - 1);
    }
}

inline view as_view(shape const& dims, strided_side const& s) {
    view v{{1, 1, 1, 1}, {0, 0, 0, 0}, s.offset};
    std::size_t const pad = 4 - dims.size();
    for (std::size_t i = 0; i < dims.size(); ++i) v.dims[pad + i] = dims[i], v.strides[pad + i] = s.strides[i];
    if (dims.empty()) v.strides[3] = 1;
    return v;
}

// Axes walked backwards, and those beyond four, are walked here.
inline std::size_t axis_to_unroll(strided_copy const& c) {
    for (std::size_t i = 0; i < c.dims.size(); ++i)
        if (c.from.strides[i] < 0 || c.to.strides[i] < 0) return i;
    if (c.dims.size() <= 4) return c.dims.size();
    std::size_t shortest = 0;
    for (std::size_t i = 0; i < c.dims.size(); ++i)
        if (c.dims[i] < c.dims[shortest]) shortest = i;
    return shortest;
}

inline void append(std::vector<global_copy>& out, strided_copy c) {
    std::size_t const axis = axis_to_unroll(c);
    if (axis == c.dims.size()) {
        out.push_back({c.operand, as_view(c.dims, c.from), c.result, as_view(c.dims, c.to), c.constant, c.from_result});
        return;
    }
    std::int64_t const count = c.dims[axis], from = c.from.strides[axis], to = c.to.strides[axis];
    drop_axis(c, axis);
    for (std::int64_t i = 0; i < count; ++i) {
        append(out, c);
        c.from.offset += from;
        c.to.offset += to;
    }
}

} // namespace detail

inline void append_copy(copy_plan& plan, strided_copy c) {
    if (element_count(c.dims) == 0) return;
    detail::merge_axes(c);
    detail::append(plan.copies, std::move(c));
}

// Elements that follow each other.
inline bool is_run(shape const& dims, strided_side const& s) {
    strided_copy c{dims, s, {dense_strides(dims), 0}};
    detail::merge_axes(c);
    return c.dims.empty() || (c.dims.size() == 1 && c.from.strides[0] == 1);
}

inline strided_side dense_side(shape const& s) { return {dense_strides(s), 0}; }

} // namespace tpu_convert::movement
