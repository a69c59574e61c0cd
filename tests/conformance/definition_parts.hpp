// What the definitions are written with: coordinates, and attributes with their types.
#pragma once
#include "definitions.hpp"
#include <algorithm>
#include <cmath>
#include <map>
#include <string>

namespace tpu_convert::test {

using ints = std::vector<std::int64_t>;
using grids = std::vector<grid>;

// The attributes with the types that a definition wants.
struct read {
    attribute_map const& a;
    template <class T>
    T get(char const* name, T otherwise) const {
        auto const found = a.find(name);
        return found == a.end() ? otherwise : std::get<T>(found->second);
    }
    std::int64_t whole(char const* name, std::int64_t otherwise = 0) const { return get(name, otherwise); }
    double real(char const* name, double otherwise = 0) const { return get(name, otherwise); }
    bool flag(char const* name) const { return get(name, false); }
    ints list(char const* name) const { return get(name, ints{}); }
    std::string text(char const* name) const { return get(name, std::string()); }
};

inline std::int64_t offset_of(shape const& dims, ints const& at) {
    std::int64_t o = 0;
    for (std::size_t i = 0; i < dims.size(); ++i) o = o * dims[i] + at[i];
    return o;
}
inline double& at(grid& g, ints const& where) { return g[offset_of(g.shape(), where)]; }
inline double at(grid const& g, ints const& where) { return g[offset_of(g.shape(), where)]; }
inline bool inside(shape const& dims, ints const& where) {
    for (std::size_t i = 0; i < dims.size(); ++i)
        if (where[i] < 0 || where[i] >= dims[i]) return false;
    return true;
}

// All coordinates of a box.
template <class F>
void each(shape const& dims, F f) {
    ints where(dims.size());
    for (std::int64_t i = 0, n = element_count(dims); i < n; ++i) {
        std::int64_t rest = i;
        for (std::size_t k = dims.size(); k-- > 0; rest /= dims[k]) where[k] = rest % dims[k];
        f(where);
    }
}
template <class F>
grids made(shape const& dims, F f) {
    grid g(dims);
    each(dims, [&](ints const& where) { at(g, where) = f(where); });
    return {g};
}
inline std::size_t axis_in(std::int64_t axis, shape const& dims) {
    return static_cast<std::size_t>(axis < 0 ? axis + std::ssize(dims) : axis);
}
inline double relu(read a, double v) {
    if (!a.flag("do_relu")) return v;
    double const limit = a.real("relu_limit", -1);
    return limit > 0 ? std::clamp(v, 0.0, limit) : std::max(v, 0.0);
}
inline ints joined(ints front, ints const& back) {
    front.insert(front.end(), back.begin(), back.end());
    return front;
}

using definitions = std::map<std::string_view, definition>;
definitions window_definitions(), row_definitions(), movement_definitions();

} // namespace tpu_convert::test
