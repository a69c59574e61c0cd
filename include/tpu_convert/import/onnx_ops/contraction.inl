// Einsum, as transpositions, products of matrices and sums.
#pragma once
#include <algorithm>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// A tensor whose axes have letters; axes of an ellipsis are '0', '1'... from the last one on.
struct labelled {
    operand x;
    std::string labels;

    std::int64_t size(char l) const { return x.dims[labels.find(l)]; }
    bool has(char l) const { return labels.find(l) != std::string::npos; }
};

inline std::string expand_dots(std::string const& term, std::int64_t dots) {
    auto const at = term.find("...");
    if (at == std::string::npos) return term;
    std::string names;
    for (auto i = dots; i-- > 0;) names += static_cast<char>('0' + i);
    return term.substr(0, at) + names + term.substr(at + 3);
}

inline labelled ordered(steps const& f, labelled const& t, std::string const& wanted) {
    std::vector<std::int64_t> order;
    bool same = true;
    for (char const l : wanted) {
        order.push_back(static_cast<std::int64_t>(t.labels.find(l)));
        same = same && order.back() == std::ssize(order) - 1;
    }
    return same ? t : labelled{f.transpose(t.x, order), wanted};
}

// Elements whose indices of a repeated label agree: the axes are put last, joined, and every (size + 1)th element is taken.
inline labelled without_repeats(steps const& f, labelled t) {
    for (std::size_t i = 0; i < t.labels.size(); ++i) {
        auto const j = t.labels.find(t.labels[i], i + 1);
        if (j == std::string::npos) continue;
        char const label = t.labels[i];
        auto const n = t.x.dims[i];
        if (t.x.dims[j] != n) throw unsupported{"a label stands for two sizes"};
        std::vector<std::int64_t> order, picks;
        std::string rest;
        for (std::size_t k = 0; k < t.labels.size(); ++k)
            if (k != i && k != j) order.push_back(static_cast<std::int64_t>(k)), rest += t.labels[k];
        order.push_back(static_cast<std::int64_t>(i));
        order.push_back(static_cast<std::int64_t>(j));
        operand x = f.transpose(t.x, order);
        shape dims(x.dims.begin(), x.dims.end() - 1);
        auto const axis = std::ssize(dims) - 1;
        dims.back() = n * n;
        for (std::int64_t k = 0; k < n; ++k) picks.push_back(k * (n + 1));
        t = {f("Gather", {f.shaped(x, dims), context::known_vector(picks)}, {{"axis", std::int64_t{axis}}}), rest + label};
        i = static_cast<std::size_t>(-1);
    }
    return t;
}

// Sums over the labels that nobody else wants.
inline labelled summed(steps const& f, labelled const& t, std::string const& wanted) {
    std::vector<std::int64_t> axes;
    std::string kept;
    for (std::size_t i = 0; i < t.labels.size(); ++i)
        if (wanted.find(t.labels[i]) == std::string::npos) axes.push_back(static_cast<std::int64_t>(i));
        else kept += t.labels[i];
    if (axes.empty()) return t;
    return {f.reduce("ReduceSum", t.x, axes, false), kept};
}

// Axes of size 1 where the other operand has more are dropped: they are broadcast.
inline labelled without_broadcast(steps const& f, labelled const& t, labelled const& other) {
    std::string kept;
    shape dims;
    for (std::size_t i = 0; i < t.labels.size(); ++i) {
        char const l = t.labels[i];
        if (t.x.dims[i] == 1 && other.has(l) && other.size(l) != 1) continue;
        if (other.has(l) && other.size(l) != 1 && t.x.dims[i] != other.size(l)) throw unsupported{"a label stands for two sizes"};
        kept += l;
        dims.push_back(t.x.dims[i]);
    }
    return {f.shaped(t.x, dims), kept};
}

inline labelled contracted(steps const& f, labelled a, labelled b, std::string const& wanted) {
    a = summed(f, a, wanted + b.labels);
    b = summed(f, b, wanted + a.labels);
    labelled const left = without_broadcast(f, a, b), right = without_broadcast(f, b, a);
    std::string batch, inner, rows, columns;
    for (char const l : left.labels) (!right.has(l) ? rows : wanted.find(l) != std::string::npos ? batch : inner) += l;
    for (char const l : right.labels)
        if (!left.has(l)) columns += l;
    auto const count = [](labelled const& t, std::string const& labels) {
        std::int64_t n = 1;
        for (char const l : labels) n *= t.size(l);
        return n;
    };
    shape const first{count(left, batch), count(left, rows), count(left, inner)};
    shape const second{first[0], first[2], count(right, columns)};
    operand const product = f.mat_mul(f.shaped(ordered(f, left, batch + rows + inner).x, first),
                                      f.shaped(ordered(f, right, batch + inner + columns).x, second));
    shape dims;
    for (char const l : batch + rows) dims.push_back(left.size(l));
    for (char const l : columns) dims.push_back(right.size(l));
    return {f.shaped(product, dims), batch + rows + columns};
}

// Terms of the left side, and the right side; without one it is the labels that occur once, sorted.
inline std::pair<std::vector<std::string>, std::string> terms_of(std::string text) {
    std::erase(text, ' ');
    auto const arrow = text.find("->");
    std::vector<std::string> terms(1);
    for (char const l : text.substr(0, arrow)) {
        if (l == ',') terms.emplace_back();
        else if (l == '.' || std::isalpha(static_cast<unsigned char>(l))) terms.back() += l;
        else throw unsupported{"attribute 'equation' is '" + text + "'"};
    }
    if (arrow != std::string::npos) return {terms, text.substr(arrow + 2)};
    std::string all, once;
    for (auto const& t : terms) all += t;
    for (char l = 'A'; l <= 'z'; ++l)
        if (std::count(all.begin(), all.end(), l) == 1) once += l;
    return {terms, (all.find("...") == std::string::npos ? "" : "...") + once};
}

inline results import_einsum(context& c) {
    steps const f{c};
    auto const [terms, right] = terms_of(c.text("equation", ""));
    if (terms.size() != c.count()) throw unsupported{"attribute 'equation' does not fit the number of operands"};
    std::vector<labelled> all;
    std::int64_t dots = 0;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        auto const letters = std::ssize(terms[i]) - (terms[i].find("...") == std::string::npos ? 0 : 3);
        auto const more = std::ssize(c.in(i).dims) - letters;
        if (more < 0 || more > 8) throw unsupported{"attribute 'equation' does not fit the shape " + to_string(c.in(i).dims)};
        dots = std::max(dots, std::int64_t{more});
        all.push_back({c.in(i), expand_dots(terms[i], more)});
        if (all.back().labels.size() != c.in(i).dims.size()) throw unsupported{"attribute 'equation' does not fit its operands"};
        all.back() = without_repeats(f, all.back());
    }
    auto const wanted = expand_dots(right, dots);
    labelled result = all[0];
    for (std::size_t i = 1; i < all.size(); ++i) {
        std::string later = wanted;
        for (auto k = i + 1; k < all.size(); ++k) later += all[k].labels;
        result = contracted(f, result, all[i], later);
    }
    result = summed(f, result, wanted);
    for (char const l : wanted)
        if (!result.has(l)) throw unsupported{"the equation's result has a label that no operand has"};
    return {ordered(f, result, wanted).x};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> contraction_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Einsum", import_einsum},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
