#pragma once
#include <algorithm>
#include <numeric>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/reference.hpp>
#include <utility>

namespace tpu_convert::op {

TPU_CONVERT_INLINE void formula::require(bool holds, std::string const& rule) const {
    if (holds) return;
    std::string shapes;
    for (std::size_t i = 0; i < c_.operand_count(); ++i)
        shapes += (i ? ", " : "") + (c_.has(i) ? to_string(c_.dims(c_.operand(i))) : std::string("none"));
    throw model_error{error_code::shape_mismatch, c_.name(), "operands " + shapes + ": " + rule};
}

TPU_CONVERT_INLINE std::int64_t formula::axis_in(term t, std::int64_t axis) const {
    auto const counted = normal_axis(axis, dims(t).size());
    require(counted >= 0 && counted < rank(t), "there is no axis " + std::to_string(axis));
    return counted;
}
TPU_CONVERT_INLINE std::int64_t formula::dim(term t, std::int64_t axis) const {
    return dims(t)[static_cast<std::size_t>(axis_in(t, axis))];
}

TPU_CONVERT_INLINE term formula::filled(shape dims, double v) const {
    constexpr std::int64_t most = std::int64_t{1} << 28;
    std::int64_t count = std::find(dims.begin(), dims.end(), 0) == dims.end() ? 1 : 0;
    for (auto const d : dims) {
        require(d >= 0 && (count == 0 || d <= most / count), "a constant of the shape " + to_string(dims) + " is too large");
        count *= d;
    }
    return c_.constant(std::move(dims), std::vector<double>(static_cast<std::size_t>(count), v));
}
TPU_CONVERT_INLINE term formula::ramp(std::int64_t count, std::int64_t axis, std::int64_t rank, double first,
                                      double step) const {
    shape dims(static_cast<std::size_t>(rank), 1);
    dims[static_cast<std::size_t>(axis)] = count;
    std::vector<double> values(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) values[static_cast<std::size_t>(i)] = first + step * static_cast<double>(i);
    return c_.constant(std::move(dims), std::move(values));
}

TPU_CONVERT_INLINE term formula::add(term a, term b) const { return c_.make<op::add>({}, {a, b}); }
TPU_CONVERT_INLINE term formula::sub(term a, term b) const { return c_.make<op::sub>({}, {a, b}); }
TPU_CONVERT_INLINE term formula::mul(term a, term b) const { return c_.make<op::mul>({}, {a, b}); }
TPU_CONVERT_INLINE term formula::div(term a, term b) const { return c_.make<op::div>({}, {a, b}); }
TPU_CONVERT_INLINE term formula::max(term a, term b) const { return c_.make<op::max>({}, {a, b}); }
TPU_CONVERT_INLINE term formula::min(term a, term b) const { return c_.make<op::min>({}, {a, b}); }
TPU_CONVERT_INLINE term formula::add(term a, double b) const { return b == 0 ? a : c_.make<add_const>({.const_val = b}, {a}); }
TPU_CONVERT_INLINE term formula::mul(term a, double b) const { return b == 1 ? a : c_.make<mul_const>({.const_val = b}, {a}); }
TPU_CONVERT_INLINE term formula::sub_from(double a, term b) const {
    return c_.make<sub_const>({.const_val = a, .is_reverse = true}, {b});
}
TPU_CONVERT_INLINE term formula::clip(term x, double low, double high) const {
    return c_.make<op::clip>({.min = low, .max = high}, {x});
}
TPU_CONVERT_INLINE term formula::compare(compare_mode mode, term a, term b) const {
    return c_.make<op::compare>({.mode = mode}, {a, b});
}
TPU_CONVERT_INLINE term formula::compare(compare_mode mode, term a, double b) const {
    return c_.make<compare_const>({.mode = mode, .const_val = b}, {a});
}
TPU_CONVERT_INLINE term formula::where(term condition, term yes, term no) const {
    return c_.make<op::where>({}, {condition, yes, no});
}

TPU_CONVERT_INLINE term formula::abs(term x) const { return c_.make<op::abs>({}, {x}); }
TPU_CONVERT_INLINE term formula::exp(term x) const { return c_.make<op::exp>({}, {x}); }
TPU_CONVERT_INLINE term formula::floor(term x) const { return c_.make<op::floor>({}, {x}); }
TPU_CONVERT_INLINE term formula::relu(term x) const { return c_.make<op::relu>({}, {x}); }
TPU_CONVERT_INLINE term formula::round(term x) const { return c_.make<op::round>({}, {x}); }
TPU_CONVERT_INLINE term formula::rsqrt(term x) const { return c_.make<op::rsqrt>({}, {x}); }
TPU_CONVERT_INLINE term formula::sigmoid(term x) const { return c_.make<op::sigmoid>({}, {x}); }
TPU_CONVERT_INLINE term formula::silu(term x) const { return c_.make<op::silu>({}, {x}); }
TPU_CONVERT_INLINE term formula::sqrt(term x) const { return c_.make<op::sqrt>({}, {x}); }
TPU_CONVERT_INLINE term formula::tanh(term x) const { return c_.make<op::tanh>({}, {x}); }

TPU_CONVERT_INLINE term formula::product(term a, term b, bool turned_right) const {
    return c_.make<mat_mul>({.right_transpose = turned_right}, {a, b});
}
TPU_CONVERT_INLINE term formula::reduce(reduce_mode mode, term x, std::vector<std::int64_t> axes, bool keep) const {
    return c_.make<op::reduce>({.axes = std::move(axes), .keepdims = keep, .mode = mode}, {x});
}
TPU_CONVERT_INLINE term formula::softmax(term x, std::int64_t axis) const { return c_.make<op::softmax>({.axis = axis}, {x}); }

TPU_CONVERT_INLINE term formula::shaped(term x, shape to) const {
    if (dims(x) == to) return x;
    require(element_count(dims(x)) == element_count(to), to_string(dims(x)) + " has not as many elements as " + to_string(to));
    return c_.make<reshape>({.new_shape = std::move(to)}, {x});
}
TPU_CONVERT_INLINE term formula::turned(term x, std::vector<std::int64_t> order) const {
    bool same = true;
    for (std::size_t i = 0; i < order.size(); ++i) same = same && order[i] == static_cast<std::int64_t>(i);
    return same ? x : c_.make<permute>({.order = std::move(order)}, {x});
}
TPU_CONVERT_INLINE term formula::swapped(term x, std::int64_t a, std::int64_t b) const {
    std::vector<std::int64_t> order(dims(x).size());
    std::iota(order.begin(), order.end(), std::int64_t{0});
    std::swap(order[static_cast<std::size_t>(axis_in(x, a))], order[static_cast<std::size_t>(axis_in(x, b))]);
    return turned(x, std::move(order));
}
TPU_CONVERT_INLINE term formula::part(term x, std::int64_t axis, std::int64_t first, std::int64_t last, std::int64_t step) const {
    axis = axis_in(x, axis);
    require(first >= 0 && first <= last && last <= dim(x, axis),
            "elements " + std::to_string(first) + " to " + std::to_string(last) + " are not in axis " + std::to_string(axis));
    if (first == 0 && last == dim(x, axis) && step == 1) return x;
    return c_.make<slice>({.offset = {first}, .steps = {step}, .ends = {last}, .axes = {axis}}, {x});
}
TPU_CONVERT_INLINE term formula::at(term x, std::int64_t axis, std::int64_t i) const {
    axis = axis_in(x, axis);
    shape rest = dims(x);
    rest.erase(rest.begin() + axis);
    return shaped(part(x, axis, i, i + 1), std::move(rest));
}
TPU_CONVERT_INLINE term formula::joined(std::vector<term> parts, std::int64_t axis) const {
    std::erase_if(parts, [&](term t) { return parts.size() > 1 && dim(t, axis) == 0; });
    return parts.size() == 1 ? parts[0] : c_.make<concat>({.axis = axis}, std::move(parts));
}
TPU_CONVERT_INLINE term formula::stacked(std::vector<term> parts, std::int64_t axis) const {
    for (auto& p : parts) {
        shape longer = dims(p);
        longer.insert(longer.begin() + axis, 1);
        p = shaped(p, std::move(longer));
    }
    return joined(std::move(parts), axis);
}
TPU_CONVERT_INLINE term formula::spread(term x, shape to) const {
    return dims(x) == to ? x : c_.make<expand>({.new_shape = std::move(to)}, {x});
}
TPU_CONVERT_INLINE term formula::padded(term x, std::vector<std::int64_t> paddings, double value) const {
    for (auto const p : paddings)
        if (p) return c_.make<pad>({.paddings = std::move(paddings), .val = value}, {x});
    return x;
}
TPU_CONVERT_INLINE term formula::rows(term table, term index) const { return c_.make<gather>({.axis = 0}, {table, index}); }

TPU_CONVERT_INLINE term formula::real(term x) const {
    composition::exact_scope const exact(c_);
    return is_float(c_.type(x)) ? x : c_.make<cast>({.to = "f32"}, {x}, dtype::f32);
}
TPU_CONVERT_INLINE term formula::index(term x) const {
    if (c_.values()[x.index].constant || c_.type(x) == dtype::i32 || c_.type(x) == dtype::u32) return x;
    return c_.make<cast>({.to = "si32"}, {x}, dtype::i32);
}
TPU_CONVERT_INLINE term formula::from_end(term i, std::int64_t size) const {
    composition::exact_scope const exact(c_);
    term const x = real(i);
    return add(x, mul(compare(compare_mode::less, x, 0.0), static_cast<double>(size)));
}

} // namespace tpu_convert::op
