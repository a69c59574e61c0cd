// ONNX operators as functions of operands: what importers that expand an operator into others are written with.
#pragma once
#include <cmath>
#include <cstdint>
#include <string_view>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <utility>
#include <vector>

namespace tpu_convert::onnx_import::detail {

class steps {
public:
    explicit steps(context& c) : c_(c) {}

    operand operator()(std::string_view op, std::vector<operand> in, attribute_list attributes = {}) const {
        return c_.call(op, std::move(in), std::move(attributes)).at(0);
    }
    operand number(double v) const { return c_.known_scalar(v); }
    operand add(operand const& a, operand const& b) const { return (*this)("Add", {a, b}); }
    operand sub(operand const& a, operand const& b) const { return (*this)("Sub", {a, b}); }
    operand mul(operand const& a, operand const& b) const { return (*this)("Mul", {a, b}); }
    operand div(operand const& a, operand const& b) const { return (*this)("Div", {a, b}); }
    operand mat_mul(operand const& a, operand const& b) const { return (*this)("MatMul", {a, b}); }
    operand where(operand const& condition, operand const& a, operand const& b) const {
        return (*this)("Where", {condition, a, b});
    }
    operand clip(operand const& x, double low, double high) const {
        return (*this)("Clip", {x, number(low), number(high)});
    }
    operand shaped(operand const& x, shape const& to) const { return reshaped(c_, x, to); }
    operand transpose(operand const& x, std::vector<std::int64_t> order) const {
        return (*this)("Transpose", {x}, {{"perm", std::move(order)}});
    }
    // Elements first to last - 1 of an axis.
    operand part(operand const& x, std::int64_t axis, std::int64_t first, std::int64_t last) const {
        return (*this)("Slice", {x, c_.known_vector({first}), c_.known_vector({last}), c_.known_vector({axis})});
    }
    // One element of an axis, without the axis.
    operand at(operand const& x, std::int64_t axis, std::int64_t i) const {
        shape dims = x.dims;
        dims.erase(dims.begin() + axis);
        return shaped(part(x, axis, i, i + 1), dims);
    }
    operand concat(std::vector<operand> const& parts, std::int64_t axis) const {
        return parts.size() == 1 ? parts[0] : (*this)("Concat", parts, {{"axis", axis}});
    }
    // Parts side by side along a new axis.
    operand stack(std::vector<operand> parts, std::int64_t axis) const {
        for (auto& p : parts) {
            shape dims = p.dims;
            dims.insert(dims.begin() + axis, 1);
            p = shaped(p, dims);
        }
        return concat(parts, axis);
    }
    operand reduce(std::string_view op, operand const& x, std::vector<std::int64_t> axes, bool keep) const {
        return (*this)(op, {x}, {{"axes", std::move(axes)}, {"keepdims", std::int64_t{keep}}});
    }
    // Of all elements: one number.
    operand reduce_all(std::string_view op, operand const& x) const { return (*this)(op, {x}, {{"keepdims", std::int64_t{0}}}); }
    // The same values under another type: constants are cast, at run time every value is a float already.
    operand typed(operand x, dtype type) const {
        if (x.value) return context::known(cast_constant(*x.value, type));
        x.type = type;
        return x;
    }
    operand filled(shape const& dims, double v) const {
        tensor values{dims};
        for (float& x : values.values()) x = static_cast<float>(v);
        return context::known(make_reals(std::move(values)));
    }
    // The numbers 0, 1, ... along one axis of `rank`.
    operand positions(std::int64_t count, std::size_t axis, std::size_t rank) const {
        shape dims(rank, 1);
        dims[axis] = count;
        std::vector<std::int64_t> values;
        for (std::int64_t i = 0; i < count; ++i) values.push_back(i);
        return context::known(make_integers(std::move(values), dims));
    }
    operand reals(shape const& dims, std::vector<double> const& values) const {
        return context::known(from_fold(constant_tensor{dims, values}, dtype::f32));
    }

private:
    context& c_;
};

struct integer_range {
    double low, high;
};
inline integer_range range_of(dtype type, bool four_bits) {
    auto const bits = four_bits ? 4 : static_cast<int>(bytes_of(type)) * 8;
    if (is_float(type) || type == dtype::boolean) throw unsupported{"quantizes to " + std::string(info(type).name)};
    return is_signed(type) ? integer_range{-std::ldexp(1, bits - 1), std::ldexp(1, bits - 1) - 1}
                           : integer_range{0, std::ldexp(1, bits) - 1};
}

// round(x) + zero point within the type's range; halves to the even integer.
inline operand saturated(steps const& f, operand const& x, operand const& zero, dtype type, bool four_bits = false) {
    operand y = f("Round", {x});
    if (zero.given()) y = f.add(y, f.typed(zero, dtype::f32));
    auto const range = range_of(type, four_bits);
    y = f.typed(f.clip(y, range.low, range.high), type);
    y.four_bits = four_bits;
    return y;
}

} // namespace tpu_convert::onnx_import::detail
