// ONNX operators on shapes and types: constants, casts, reshaping. Shapes are static, so Shape is a constant.
#pragma once
#include <cmath>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/import/onnx_tensor.hpp>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/compare_const.hpp>
#include <tpu_convert/op/expand.hpp>
#include <tpu_convert/op/tile.hpp>
#include <tpu_convert/op/where.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

inline results import_shape(context& c) {
    auto const& dims = c.in(0).dims;
    auto const rank = static_cast<std::int64_t>(dims.size());
    auto const place = [&](std::int64_t i) { return std::clamp<std::int64_t>(i < 0 ? i + rank : i, 0, rank); };
    auto const first = place(c.integer("start", 0)), last = std::max(first, place(c.integer("end", rank)));
    return {c.known_vector({dims.begin() + first, dims.begin() + last})};
}

inline results import_size(context& c) { return {c.known(make_integers({element_count(c.in(0).dims)}, {}))}; }

inline results import_constant(context& c) {
    if (auto const* v = c.find<constant_ptr>("value")) return {c.known(*v)};
    if (auto const* v = c.find<double>("value_float")) return {c.known_scalar(*v)};
    if (auto const* v = c.find<std::int64_t>("value_int")) return {c.known(make_integers({*v}, {}))};
    if (auto const* v = c.find<std::vector<std::int64_t>>("value_ints")) return {c.known_vector(*v)};
    if (auto const* v = c.find<std::vector<double>>("value_floats")) {
        constant_tensor values{{static_cast<std::int64_t>(v->size())}, *v};
        return {c.known(from_fold(values, dtype::f32))};
    }
    throw unsupported{"has no value that is a tensor of numbers"};
}

inline results import_constant_of_shape(context& c) {
    auto const dims = c.known_integers(0, "input");
    auto const count = bounded_count(dims, std::int64_t{1} << 24);
    if (!count) throw unsupported{"the shape " + to_string(dims) + " is too large or negative"};
    auto const* given = c.find<constant_ptr>("value");
    if (given && element_count((*given)->dims) != 1) throw unsupported{"'value' is not one number"};
    constant_tensor filled{dims};
    std::fill_n(filled.data(), *count, given ? doubles_of(**given)[0] : 0.0);
    return {c.known(from_fold(filled, given ? (*given)->type : dtype::f32))};
}

inline results import_range(context& c) {
    auto const first = c.known_reals(0, "start"), limit = c.known_reals(1, "limit"), step = c.known_reals(2, "delta");
    if (first.size() != 1 || limit.size() != 1 || step.size() != 1)
        throw unsupported{"'start', 'limit' and 'delta' must be one number each"};
    double const count = std::max(std::ceil((limit[0] - first[0]) / step[0]), 0.0);
    if (!(count <= 1 << 24)) throw unsupported{"it would have too many elements"};
    constant_tensor values{{static_cast<std::int64_t>(count)}};
    for (std::int64_t i = 0; i < values.size(); ++i) values[i] = first[0] + static_cast<double>(i) * step[0];
    return {c.known(from_fold(values, c.in(0).type))};
}

inline results import_alias(context& c) { return {c.in(0)}; }

// The mask of what Dropout keeps is all true in inference.
inline results import_dropout(context& c) {
    bool const training = c.has(2) && c.in(2).value && c.known_integers(2, "training_mode").at(0);
    bool const drops = !c.has(1) || !c.in(1).value || c.known_real(1, "ratio") != 0;
    if (training && drops) throw unsupported{"is in training mode; export the model for inference"};
    if (c.node().outputs.size() < 2) return {c.in(0)};
    std::vector<std::int64_t> kept(static_cast<std::size_t>(element_count(c.in(0).dims)), 1);
    return {c.in(0), c.known(make_integers(std::move(kept), c.in(0).dims, dtype::boolean))};
}

// At run time every value is a float: only what changes values is an operator.
inline operand cast_to(context& c, operand const& x, dtype to) {
    if (x.value) return c.known(cast_constant(*x.value, to));
    operand same = x;
    same.type = to;
    if (x.type == to || x.type == dtype::boolean) return same;
    if (to == dtype::boolean) {
        op::compare_const::attributes a;
        a.mode = compare_mode::not_equal;
        return c.emit<op::compare_const>(a, {x}, to);
    }
    if (!is_float(x.type) || is_float(to)) return same;
    op::cast::attributes a;
    a.to = info(to).name;
    a.round_mode = round_mode::towards_zero;
    return c.emit<op::cast>(a, {x}, to);
}

// To the nearest number of 4 bits, which keeps 4 bits of an integer only where these hold it.
inline operand cast_to_four_bits(context& c, operand const& x, dtype to) {
    if (!is_float(x.type) && !x.is_four_bits())
        throw unsupported{"it casts integers to 4 bits, of which only the low bits would stay; up to now from floats"};
    return saturated(steps{c}, x, {}, to, true);
}

inline results import_cast(context& c) {
    auto const to = c.integer("to");
    auto const type = stored_dtype_of_onnx(to);
    if (!type) throw unsupported{"the type it casts to (number " + std::to_string(to) + ") cannot be converted"};
    return {is_four_bits(to) ? cast_to_four_bits(c, c.in(0), *type) : cast_to(c, c.in(0), *type)};
}

inline results import_cast_like(context& c) {
    operand const& like = c.in(1);
    return {like.is_four_bits() ? cast_to_four_bits(c, c.in(0), like.type) : cast_to(c, c.in(0), like.type)};
}

inline results import_reshape(context& c) {
    operand const& x = c.in(0);
    auto const given = c.integers_or_in("shape", 1);
    if (!given) throw unsupported{"operand 'shape' is missing"};
    shape wanted = *given;
    auto const total = element_count(x.dims);
    bool const keeps = c.integer("allowzero", 0) == 0;
    std::int64_t known = 1;
    auto const misfit = [&] { throw unsupported{"shape " + to_string(x.dims) + " cannot become " + to_string(*given)}; };
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] == 0 && keeps) {
            if (i >= x.dims.size()) misfit();
            wanted[i] = x.dims[i];
        }
        if (wanted[i] < -1) misfit();
        if (wanted[i] != -1 && __builtin_mul_overflow(known, wanted[i], &known)) misfit();
    }
    if (std::count(wanted.begin(), wanted.end(), -1) > 1) misfit();
    for (auto& d : wanted) {
        if (d != -1) continue;
        if (known == 0 || total % known) misfit();
        d = total / known;
        known = total;
    }
    if (known != total) misfit();
    return {reshaped(c, x, wanted)};
}

inline results import_flatten(context& c) {
    auto const& dims = c.in(0).dims;
    auto const rank = static_cast<std::int64_t>(dims.size());
    auto axis = c.integer("axis", 1);
    axis = axis < 0 ? axis + rank : axis;
    if (axis < 0 || axis > rank) throw unsupported{"axis " + std::to_string(axis) + " does not exist"};
    return {reshaped(c, c.in(0), {product(dims, 0, axis), product(dims, axis, rank)})};
}

inline results import_squeeze(context& c) {
    auto const& dims = c.in(0).dims;
    auto const axes = c.integers_or_in("axes", 1);
    std::vector<bool> gone(dims.size(), false);
    for (std::size_t i = 0; !axes && i < dims.size(); ++i) gone[i] = dims[i] == 1;
    for (auto const axis : axes.value_or(shape{})) gone[static_cast<std::size_t>(checked_axis(axis, dims.size()))] = true;
    shape out;
    for (std::size_t i = 0; i < dims.size(); ++i) {
        if (gone[i] && dims[i] != 1) throw unsupported{"axis " + std::to_string(i) + " of " + to_string(dims) + " is not 1"};
        if (!gone[i]) out.push_back(dims[i]);
    }
    return {reshaped(c, c.in(0), out)};
}

inline results import_unsqueeze(context& c) {
    auto const axes = c.integers_or_in("axes", 1);
    if (!axes) throw unsupported{"'axes' is missing"};
    auto const& dims = c.in(0).dims;
    std::vector<bool> added(dims.size() + axes->size(), false);
    for (auto const axis : *axes) added[static_cast<std::size_t>(checked_axis(axis, added.size()))] = true;
    shape out;
    auto from = dims.begin();
    for (bool const one : added) {
        if (!one && from == dims.end()) throw unsupported{"'axes' lists one axis twice"};
        out.push_back(one ? 1 : *from++);
    }
    return {reshaped(c, c.in(0), out)};
}

// Constants are copied out; at run time missing axes are added and Tile repeats along those of size 1.
inline results import_expand(context& c) {
    operand const& x = c.in(0);
    op::expand::attributes a;
    a.new_shape = c.known_integers(1, "shape");
    if (x.value) return {c.emit<op::expand>(a, {x})};
    auto const dims = op::expand::infer(a, std::span(&x.dims, 1))[0];
    shape aligned(dims.size() - x.dims.size(), 1);
    aligned.insert(aligned.end(), x.dims.begin(), x.dims.end());
    op::tile::attributes t;
    t.repeats.emplace();
    for (std::size_t i = 0; i < dims.size(); ++i) t.repeats->push_back(aligned[i] == dims[i] ? 1 : dims[i]);
    operand const placed = reshaped(c, x, aligned);
    if (aligned == dims) return {placed};
    return {c.emit<op::tile>(t, {placed})};
}

inline std::vector<operand> branch_results(context& c, std::string_view name) {
    auto const* branch = c.find<std::shared_ptr<network const>>(name);
    if (!branch) throw unsupported{"has no such branch"};
    return c.run_branch(**branch);
}

// Of a condition that is computed at run time, both branches are, and the results are picked from.
inline results import_if(context& c) {
    operand const condition = c.in(0);
    if (condition.value) {
        auto const truth = c.known_integers(0, "cond");
        return branch_results(c, !truth.empty() && truth[0] ? "then_branch" : "else_branch");
    }
    auto const yes = branch_results(c, "then_branch"), no = branch_results(c, "else_branch");
    results picked;
    for (std::size_t i = 0; i < std::min(yes.size(), no.size()); ++i) {
        if (yes[i].dims != no[i].dims)
            throw unsupported{"its branches give " + to_string(yes[i].dims) + " and " + to_string(no[i].dims) +
                              "; freeze what its condition depends on with --input_constants"};
        picked.push_back(c.emit<op::where>({}, {condition, yes[i], no[i]}, yes[i].type));
    }
    return picked;
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> shape_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Cast", import_cast},
        {"CastLike", import_cast_like},
        {"Constant", import_constant},
        {"ConstantOfShape", import_constant_of_shape},
        {"Dropout", import_dropout},
        {"Expand", import_expand},
        {"Flatten", import_flatten},
        {"Identity", import_alias},
        {"If", import_if},
        {"Range", import_range},
        {"Reshape", import_reshape},
        {"Shape", import_shape},
        {"Size", import_size},
        {"Squeeze", import_squeeze},
        {"Unsqueeze", import_unsqueeze},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
