// Windows and products.
#include "definition_parts.hpp"

namespace tpu_convert::test {

namespace {

// Where a window's tap lies: output position x stride - pad + tap x dilation, behind batch and channel.
ints tap_at(read a, ints const& out, ints const& tap, ints const& dilations) {
    ints where;
    auto const strides = a.list("strides"), pads = a.list("pads");
    for (std::size_t i = 0; i < tap.size(); ++i)
        where.push_back(out[i + 2] * strides[i] - pads[i] + tap[i] * (dilations.empty() ? 1 : dilations[i]));
    return where;
}
shape windowed(read a, shape const& x, std::int64_t channels, ints const& dilations) {
    shape out{x[0], channels};
    auto const kernel = a.list("kernel_shape"), strides = a.list("strides"), pads = a.list("pads");
    for (std::size_t i = 0; i < kernel.size(); ++i) {
        auto const n = kernel.size();
        auto const reach = (kernel[i] - 1) * (dilations.empty() ? 1 : dilations[i]) + 1;
        auto const room = x[i + 2] + pads[i] + pads[n + i] - reach;
        auto size = (a.flag("ceil_mode") ? (room + strides[i] - 1) / strides[i] : room / strides[i]) + 1;
        if (a.flag("ceil_mode") && (size - 1) * strides[i] >= x[i + 2] + pads[i]) --size; // begins behind the image
        out.push_back(size);
    }
    return out;
}

grids convolution(attribute_map const& map, grids const& in) {
    read const a{map};
    auto const &x = in[0], &w = in[1];
    auto const dilations = a.list("dilations");
    auto const each_group = w.shape()[0] / a.whole("group", 1), depth = w.shape()[1];
    shape const taps(w.shape().begin() + 2, w.shape().end());
    return made(windowed(a, x.shape(), w.shape()[0], dilations), [&](ints const& o) {
        double sum = in.size() > 2 ? in[2][o[1]] : 0;
        for (std::int64_t c = 0; c < depth; ++c)
            each(taps, [&](ints const& tap) {
                auto const from = joined({o[0], o[1] / each_group * depth + c}, tap_at(a, o, tap, dilations));
                if (inside(x.shape(), from)) sum += at(x, from) * at(w, joined({o[1], c}, tap));
            });
        return relu(a, sum);
    });
}

grids deconvolution(attribute_map const& map, grids const& in) {
    read const a{map};
    auto const &x = in[0], &w = in[1];
    auto const dilations = a.list("dilations"), more = a.list("output_padding"), strides = a.list("strides"),
               pads = a.list("pads");
    auto const each_group = w.shape()[0] / a.whole("group", 1), depth = w.shape()[1];
    shape const taps(w.shape().begin() + 2, w.shape().end());
    shape out{x.shape()[0], w.shape()[0]};
    for (std::size_t i = 0; i < taps.size(); ++i)
        out.push_back((x.shape()[i + 2] - 1) * strides[i] + (taps[i] - 1) * (dilations.empty() ? 1 : dilations[i]) + 1 - pads[i] -
                      pads[i + taps.size()] + (more.empty() ? 0 : more[i]));
    grid y = made(out, [&](ints const& o) { return in.size() > 2 ? in[2][o[1]] : 0.0; })[0];
    each(x.shape(), [&](ints const& from) {
        for (std::int64_t k = 0; k < each_group; ++k)
            each(taps, [&](ints const& tap) {
                auto const o = from[1] / depth * each_group + k;
                auto const to = joined({from[0], o}, tap_at(a, from, tap, dilations));
                if (inside(out, to)) at(y, to) += at(x, from) * at(w, joined({o, from[1] % depth}, tap));
            });
    });
    for (auto& v : y.values()) v = relu(a, v);
    return {y};
}

grids pool(attribute_map const& map, grids const& in, bool mean) {
    read const a{map};
    auto const& x = in[0];
    shape const taps = a.list("kernel_shape");
    auto const pads = a.list("pads");
    return made(windowed(a, x.shape(), x.shape()[1], {}), [&](ints const& o) {
        double sum = 0, largest = -HUGE_VAL, count = 0;
        each(taps, [&](ints const& tap) {
            auto const place = tap_at(a, o, tap, {});
            auto const from = joined({o[0], o[1]}, place);
            bool const is_inside = inside(x.shape(), from);
            bool in_padding = true;
            for (std::size_t i = 0; i < place.size(); ++i)
                in_padding = in_padding && place[i] < x.shape()[i + 2] + pads[i + place.size()];
            if (is_inside) sum += at(x, from), largest = std::max(largest, at(x, from));
            count += is_inside || (a.flag("count_include_pad") && in_padding);
        });
        return relu(a, mean ? sum / count : largest);
    });
}
grids max_pool(attribute_map const& map, grids const& in) { return pool(map, in, false); }
grids avg_pool(attribute_map const& map, grids const& in) { return pool(map, in, true); }

// The element that broadcasting puts at a place of a larger shape.
double spread(grid const& g, ints const& where) {
    ints own(where.end() - std::ssize(g.shape()), where.end());
    for (std::size_t i = 0; i < own.size(); ++i) own[i] = g.shape()[i] == 1 ? 0 : own[i];
    return at(g, own);
}

grids product(attribute_map const& map, grids const& in) {
    read const a{map};
    auto const &x = in[0], &y = in[1];
    bool const left = a.flag("left_transpose"), right = a.flag("right_transpose");
    auto const from_back = [](grid const& g, std::int64_t i) {
        return g.shape()[g.shape().size() - static_cast<std::size_t>(i)];
    };
    auto const rows = from_back(x, left ? 1 : 2), depth = from_back(x, left ? 2 : 1), columns = from_back(y, right ? 2 : 1);
    shape out(std::max(x.rank(), y.rank()), 1);
    for (auto const* g : {&x, &y})
        for (std::size_t i = 0; i + 2 < g->shape().size(); ++i)
            out[out.size() - g->shape().size() + i] = std::max(out[out.size() - g->shape().size() + i], g->shape()[i]);
    out[out.size() - 2] = rows, out.back() = columns;
    return made(out, [&](ints const& o) {
        auto const r = o[o.size() - 2], c = o.back();
        auto const element = [&](grid const& g, std::int64_t i, std::int64_t k) {
            ints where = o;
            where[where.size() - 2] = i, where.back() = k;
            return spread(g, where);
        };
        double sum = in.size() > 2 ? spread(in[2], o) : 0;
        for (std::int64_t k = 0; k < depth; ++k)
            sum += (left ? element(x, k, r) : element(x, r, k)) * (right ? element(y, c, k) : element(y, k, c));
        return relu(a, sum);
    });
}

grids einsum(attribute_map const& map, grids const& in) {
    auto const mode = read{map}.text("mode");
    auto const arrow = mode.find("->"), comma = mode.find(',');
    std::string const terms[]{mode.substr(0, comma), mode.substr(comma + 1, arrow - comma - 1)}, wanted = mode.substr(arrow + 2);
    std::map<char, std::int64_t> size;
    for (std::size_t t = 0; t < 2; ++t)
        for (std::size_t i = 0; i < terms[t].size(); ++i) size[terms[t][i]] = in[t].shape()[i];
    shape all, out;
    std::string letters;
    for (auto const& [letter, n] : size) letters += letter, all.push_back(n);
    for (char const letter : wanted) out.push_back(size[letter]);
    grid y(out);
    std::fill(y.values().begin(), y.values().end(), 0.0);
    each(all, [&](ints const& where) {
        auto const place = [&](std::string const& term) {
            ints p;
            for (char const letter : term) p.push_back(where[letters.find(letter)]);
            return p;
        };
        at(y, place(wanted)) += at(in[0], place(terms[0])) * at(in[1], place(terms[1]));
    });
    return {y};
}

} // namespace

definitions window_definitions() {
    return {{"Conv", convolution}, {"Deconv", deconvolution}, {"MaxPool", max_pool},
            {"AvgPool", avg_pool}, {"MatMul", product},       {"Einsum", einsum}};
}

} // namespace tpu_convert::test
