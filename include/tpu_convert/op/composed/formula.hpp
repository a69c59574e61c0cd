// What compositions are written with: operators as functions of terms. Operators' headers may include it: its definitions
// need the registry, which brings them.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <tpu_convert/op/composition.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <vector>

namespace tpu_convert::op {

using term = composition::term;

class formula {
public:
    explicit formula(composition& c) : c_(c) {}

    shape dims(term t) const { return c_.dims(t); }
    std::int64_t dim(term t, std::int64_t axis) const;
    std::int64_t rank(term t) const { return std::ssize(c_.dims(t)); }
    // Throws shape_mismatch with the operands' shapes unless `holds`.
    void require(bool holds, std::string const& rule) const;
    std::int64_t axis_in(term t, std::int64_t axis) const; // counted from the front, checked

    term number(double v) const { return c_.constant({1}, {v}); }
    term filled(shape dims, double v) const;
    // first, first + step... along one axis of `rank`.
    term ramp(std::int64_t count, std::int64_t axis, std::int64_t rank, double first = 0, double step = 1) const;

    term add(term a, term b) const;
    term sub(term a, term b) const;
    term mul(term a, term b) const;
    term div(term a, term b) const;
    term max(term a, term b) const;
    term min(term a, term b) const;
    term add(term a, double b) const;
    term mul(term a, double b) const;
    term sub_from(double a, term b) const; // a - b
    term clip(term x, double low, double high) const;
    term compare(compare_mode mode, term a, term b) const; // 1 or 0
    term compare(compare_mode mode, term a, double b) const;
    term where(term condition, term yes, term no) const;

    term abs(term x) const;
    term exp(term x) const;
    term floor(term x) const;
    term relu(term x) const;
    term round(term x) const; // half to even
    term rsqrt(term x) const;
    term sigmoid(term x) const;
    term silu(term x) const;
    term sqrt(term x) const;
    term tanh(term x) const;

    term product(term a, term b, bool turned_right = false) const; // of matrices
    term reduce(reduce_mode mode, term x, std::vector<std::int64_t> axes, bool keep) const;
    term softmax(term x, std::int64_t axis) const;

    term shaped(term x, shape dims) const;
    term turned(term x, std::vector<std::int64_t> order) const;
    term swapped(term x, std::int64_t a, std::int64_t b) const; // two axes
    // Elements first to last - 1 of an axis, each step-th.
    term part(term x, std::int64_t axis, std::int64_t first, std::int64_t last, std::int64_t step = 1) const;
    term at(term x, std::int64_t axis, std::int64_t i) const; // one element, without the axis
    term joined(std::vector<term> parts, std::int64_t axis) const;
    term stacked(std::vector<term> parts, std::int64_t axis) const; // along a new axis
    term spread(term x, shape dims) const;                           // repeats axes of size 1
    // Zeros or `value` around it: elements before and after each axis; fewer than none are cut off.
    term padded(term x, std::vector<std::int64_t> paddings, double value = 0) const;
    // Rows of axis 0 by their numbers (index()).
    term rows(term table, term index) const;

    term real(term x) const;  // a float, if it is an integer
    term index(term x) const; // a 32-bit whole number
    // Whole numbers, negative ones counted from the end of an axis of that size.
    term from_end(term i, std::int64_t size) const;

private:
    composition& c_;
};

} // namespace tpu_convert::op
