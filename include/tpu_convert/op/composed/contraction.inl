// Sums of products over axes that two operands share.
#pragma once
#include <algorithm>
#include <string>
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/composed/registry.hpp>

namespace tpu_convert::op {

namespace composing {

// A term whose axes have letters.
struct lettered {
    term x;
    std::string letters;
};

inline bool has_letter(std::string const& s, char l) { return s.find(l) != std::string::npos; }

// Sums over the letters that are not wanted.
inline lettered without(formula const& f, lettered const& t, std::string const& wanted) {
    std::vector<std::int64_t> axes;
    std::string kept;
    for (std::size_t i = 0; i < t.letters.size(); ++i)
        if (has_letter(wanted, t.letters[i])) kept += t.letters[i];
        else axes.push_back(static_cast<std::int64_t>(i));
    return axes.empty() ? t : lettered{f.reduce(reduce_mode::sum, t.x, axes, false), kept};
}

// Axes in the order of the letters, groups of them joined.
inline term grouped(formula const& f, lettered const& t, std::initializer_list<std::string> groups) {
    std::vector<std::int64_t> order;
    shape dims;
    for (auto const& g : groups) {
        std::int64_t n = 1;
        for (char const l : g) {
            order.push_back(static_cast<std::int64_t>(t.letters.find(l)));
            n *= f.dim(t.x, order.back());
        }
        dims.push_back(n);
    }
    return f.shaped(f.turned(t.x, order), dims);
}

// As a product of matrices: batch is in both and wanted, inner is in both and not.
inline lettered contract(formula const& f, lettered a, lettered b, std::string const& wanted) {
    a = without(f, a, wanted + b.letters), b = without(f, b, wanted + a.letters);
    std::string batch, inner, rows, columns;
    for (char const l : a.letters) (!has_letter(b.letters, l) ? rows : has_letter(wanted, l) ? batch : inner) += l;
    for (char const l : b.letters)
        if (!has_letter(a.letters, l)) columns += l;
    shape dims;
    for (char const l : batch + rows) dims.push_back(f.dim(a.x, static_cast<std::int64_t>(a.letters.find(l))));
    for (char const l : columns) dims.push_back(f.dim(b.x, static_cast<std::int64_t>(b.letters.find(l))));
    for (char const l : batch + inner)
        f.require(f.dim(a.x, static_cast<std::int64_t>(a.letters.find(l))) ==
                      f.dim(b.x, static_cast<std::int64_t>(b.letters.find(l))),
                  std::string("the letter ") + l + " stands for two sizes");
    term const product = f.product(grouped(f, a, {batch, rows, inner}), grouped(f, b, {batch, inner, columns}));
    return {f.shaped(product, dims), batch + rows + columns};
}

} // namespace composing

TPU_CONVERT_INLINE void einsum::compose(attributes const& a, composition& c) {
    formula const f{c};
    auto const arrow = a.mode.find("->");
    f.require(arrow != std::string::npos, "the equation '" + a.mode + "' has no '->'");
    std::string const wanted = a.mode.substr(arrow + 2);
    std::vector<std::string> terms(1);
    for (char const l : a.mode.substr(0, arrow))
        if (l == ',') terms.emplace_back();
        else terms.back() += l;
    f.require(terms.size() == c.operand_count(), "the equation '" + a.mode + "' has another number of operands");
    std::vector<composing::lettered> all;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        bool fits = c.has(i) && std::ssize(terms[i]) == f.rank(c.operand(i));
        for (char const l : terms[i]) fits = fits && std::count(terms[i].begin(), terms[i].end(), l) == 1;
        f.require(fits, "the equation '" + a.mode + "' does not fit its operands");
        all.push_back({c.operand(i), terms[i]});
    }
    auto result = all[0];
    for (std::size_t i = 1; i < all.size(); ++i) {
        std::string later = wanted;
        for (auto k = i + 1; k < all.size(); ++k) later += all[k].letters;
        result = composing::contract(f, result, all[i], later);
    }
    result = composing::without(f, result, wanted);
    std::vector<std::int64_t> order;
    for (char const l : wanted) {
        f.require(composing::has_letter(result.letters, l), std::string("no operand has the letter ") + l);
        order.push_back(static_cast<std::int64_t>(result.letters.find(l)));
    }
    c.result(f.turned(result.x, order));
}

// [groups, max_disp, H, W] of two images.
TPU_CONVERT_INLINE void correlation::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const left = c.operand(0), right = c.operand(1);
    f.require(c.operand_count() == 2 && f.rank(left) == 4 && f.dims(left) == f.dims(right) && f.dim(left, 0) == 1,
              "two images of one shape are needed");
    auto const channels = f.dim(left, 1), height = f.dim(left, 2), width = f.dim(left, 3);
    f.require(a.num_groups > 0 && channels % a.num_groups == 0 && a.max_disp > 0 && a.max_disp <= width,
              "num_groups must divide the channels, max_disp lie within the width");
    std::vector<term> planes;
    for (std::int64_t d = 0; d < a.max_disp; ++d) {
        term const product = f.mul(f.part(left, 3, d, width), f.part(right, 3, 0, width - d));
        term const groups = f.shaped(product, {a.num_groups, channels / a.num_groups, height, width - d});
        planes.push_back(f.padded(f.reduce(reduce_mode::mean, groups, {1}, true), {0, 0, 0, d, 0, 0, 0, 0}));
    }
    c.result(f.joined(planes, 1));
}

} // namespace tpu_convert::op
