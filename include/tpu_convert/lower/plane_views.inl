#pragma once
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/plane_views.hpp>

namespace tpu_convert {

TPU_CONVERT_INLINE broadcast_views plane_views(std::string const& name, shape const& out, std::vector<shape> const& in) {
    auto const refuse = [&] { throw model_error{error_code::lowering_missing, name, "its axes are not n, c, h and w"}; };
    if (out.size() < 2 || out.size() > 4) refuse();
    std::size_t const rank = out.size();
    auto const slot = [&](std::size_t axis) { return axis < 2 ? axis : axis + 4 - rank; };
    auto const seen = [&](shape const& s) {
        view v = view::dense({1, 1, 1, 1});
        v.strides = {0, 0, 0, 1};
        if (s.size() != rank) {
            if (element_count(s) != 1) refuse();
            v.dims[1] = out[1];
            return v;
        }
        std::int64_t step = 1;
        for (std::size_t i = rank; i-- > 0; step *= s[i]) {
            bool const repeated = s[i] == 1 && out[i] != 1;
            v.dims[slot(i)] = i == 1 ? out[i] : s[i];
            v.strides[slot(i)] = repeated ? 0 : step;
        }
        if (v.dims[3] == 1) v.strides[3] = 1;
        return v;
    };
    broadcast_views views{seen(out), {}};
    for (auto const& s : in) views.in.push_back(seen(s));
    return views;
}

TPU_CONVERT_INLINE box broadcast_box(view const& in, box const& out) {
    box b = out;
    for (int i = 0; i < 4; ++i) {
        if (in.dims[i] == 1) b.begin[i] = 0, b.size[i] = 1;
        else if (in.strides[i] == 0) b.begin[i] = 0;
    }
    return b;
}

} // namespace tpu_convert
