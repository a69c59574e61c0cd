// What lowers an element-wise body of bf16: one sink learns what the body needs, the other emits its commands.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <tpu_convert/chip/cv18xx/emit/interpolation.hpp>
#include <tpu_convert/chip/cv18xx/emit/mask.hpp>
#include <tpu_convert/chip/cv18xx/lowering/tabulated.hpp>
#include <tpu_convert/op/elementwise.hpp>
#include <type_traits>
#include <vector>

namespace tpu_convert::cv18xx_lowering {

template <class F, class... Others>
inline constexpr bool is_one_of = (std::is_same_v<F, Others> || ...);

template <class F>
inline constexpr bool is_command = is_one_of<F, expr::add, expr::sub, expr::mul, expr::div, expr::max, expr::min, expr::abs>;

// What the form that the attributes choose is made of: the sink asks for the tables in the same order.
class body_profile {
public:
    struct handle {
        bool constant = false;
        double value = 0;
    };
    handle argument(std::size_t) { return {}; }
    handle number(double v) { return {true, v}; }
    template <class F, class... Args>
    handle apply(F, Args... args) {
        if ((args.constant && ...)) return {true, F::template apply<double>(args.value...)};
        ++applications;
        made_of_commands &= is_command<F>;
        add_tables(F{}, std::array<handle, sizeof...(Args)>{args...});
        return {};
    }

    unsigned applications = 0;
    bool made_of_commands = true;       // sums, products, limits, quotients
    std::vector<function_table> tables{};

private:
    template <class F>
    void add_tables(F, std::array<handle, 1> const&) {
        if constexpr (is_one_of<F, expr::abs, expr::floor, expr::ceil, expr::round_half_even>) return;
        else tables.push_back(tabulate([](void const*, double x) { return F::template apply<double>(x); }, nullptr));
    }
    void add_tables(expr::log, std::array<handle, 1> const&) { add_logarithm(); }
    void add_tables(expr::acos, std::array<handle, 1> const&) {
        for (auto const& t : arccosine_tables()) tables.push_back(t);
    }
    void add_tables(expr::tan, std::array<handle, 1> const& a) {
        add_tables(expr::sin{}, a), add_tables(expr::cos{}, a), add_reciprocal();
    }
    template <class F>
    void add_tables(F, std::array<handle, 2> const& a) {
        if constexpr (std::is_same_v<F, expr::div>)
            if (!a[1].constant) add_reciprocal();
    }
    void add_tables(expr::power, std::array<handle, 2> const& a) {
        if (a[1].constant)
            tables.push_back(tabulate([](void const* y, double x) { return std::pow(x, *static_cast<double const*>(y)); },
                                      &a[1].value));
        else if (a[0].constant)
            tables.push_back(tabulate([](void const* x, double y) { return std::pow(*static_cast<double const*>(x), y); },
                                      &a[0].value));
        else add_logarithm(), add_tables(expr::exp{}, std::array<handle, 1>{});
    }
    template <class F>
    void add_tables(F, std::array<handle, 4> const&) {}

    void add_reciprocal() { tables.push_back(reciprocal_table()); }
    void add_logarithm() {
        for (auto const& t : logarithm_tables()) tables.push_back(t);
    }
};

// Emits for one tile; the last application writes the output.
template <class Chip>
class element_sink {
public:
    using builder = cv18xx_emit::builder<Chip>;
    struct handle {
        bool constant = false;
        double value = 0;
        local_tensor tensor{};
    };

    // inputs: by the operand's number; those that are not given are not asked for. tables: as the profile has them.
    element_sink(builder& b, body_profile const& profile, std::vector<local_tensor> inputs, std::span<local_tensor const> tables,
                 local_tensor const& output)
        : b_(b), profile_(profile), left_(profile.applications), inputs_(std::move(inputs)), tables_(tables), output_(output) {}

    handle argument(std::size_t i) { return {false, 0, inputs_[i]}; }
    handle number(double v) { return {true, v, {}}; }
    template <class F, class... Args>
    handle apply(F f, Args... args) {
        if ((args.constant && ...)) return number(F::template apply<double>(args.value...));
        handle const r{false, 0, --left_ == 0 ? output_ : b_.scratch(output_.dims, output_.type, output_.layout)};
        emit(f, r.tensor, args...);
        return r;
    }
    void finish(handle const& root, fused_relu relu) {
        if (root.constant) cv18xx_emit::with_constant<"tensor.max">(b_, output_, zero(), root.value);
        else if (root.tensor.address != output_.address) cv18xx_emit::copy(b_, output_, root.tensor);
        cv18xx_emit::apply_relu(b_, output_, relu);
    }

private:
    using out = local_tensor const&;
    using in = handle const&;

    local_tensor zero() {
        cv18xx_emit::with_constant<"tensor.mul">(b_, output_, inputs_[0], 0);
        return output_;
    }
    template <fixed_string Op>
    void either_way(out r, in a, in c) {
        if (a.constant) cv18xx_emit::with_constant<Op>(b_, r, c.tensor, a.value);
        else if (c.constant) cv18xx_emit::with_constant<Op>(b_, r, a.tensor, c.value);
        else if (a.tensor.dims == r.dims) cv18xx_emit::with_tensor<Op>(b_, r, a.tensor, c.tensor);
        else cv18xx_emit::with_tensor<Op>(b_, r, c.tensor, a.tensor);
    }
    void emit(expr::add, out r, in a, in c) { either_way<"tensor.add">(r, a, c); }
    void emit(expr::mul, out r, in a, in c) { either_way<"tensor.mul">(r, a, c); }
    void emit(expr::max, out r, in a, in c) { either_way<"tensor.max">(r, a, c); }
    void emit(expr::min, out r, in a, in c) { either_way<"tensor.min">(r, a, c); }
    void emit(expr::sub, out r, in a, in c) {
        if (c.constant) return cv18xx_emit::with_constant<"tensor.add">(b_, r, a.tensor, -c.value);
        if (!a.constant) return cv18xx_emit::with_tensor<"tensor.sub">(b_, r, a.tensor, c.tensor);
        cv18xx_emit::with_constant<"tensor.mul">(b_, r, c.tensor, -1);
        if (a.value != 0) cv18xx_emit::with_constant<"tensor.add">(b_, r, r, a.value);
    }
    void emit(expr::div, out r, in a, in c) {
        if (c.constant) return cv18xx_emit::with_constant<"tensor.mul">(b_, r, a.tensor, 1 / c.value);
        auto const mark = b_.mark();
        handle one_over = scratch(r);
        cv18xx_emit::copy(b_, one_over.tensor, c.tensor); // repeated, if it was smaller
        cv18xx_emit::by_exponent<"tensor.mul">(b_, one_over.tensor, one_over.tensor, next_table().second);
        either_way<"tensor.mul">(r, a, one_over);
        b_.release(mark);
    }
    void emit(expr::abs, out r, in a) {
        auto const mark = b_.mark();
        local_tensor const minus = b_.scratch(r.dims, r.type, r.layout);
        cv18xx_emit::with_constant<"tensor.mul">(b_, minus, a.tensor, -1);
        cv18xx_emit::with_tensor<"tensor.max">(b_, r, minus, a.tensor);
        b_.release(mark);
    }
    void emit(expr::floor, out r, in a) { cv18xx_emit::round_towards(b_, r, whole(a, r), false); }
    void emit(expr::ceil, out r, in a) { cv18xx_emit::round_towards(b_, r, whole(a, r), true); }
    void emit(expr::round_half_even, out r, in a) { cv18xx_emit::round_whole(b_, r, whole(a, r)); }

    // a > c: their difference is above 0. A constant between two numbers of bf16 becomes the one that answers alike.
    void emit(expr::select_greater, out r, in a, in c, in yes, in no) {
        auto const mark = b_.mark();
        handle const m = scratch(r);
        in left = a.constant ? number(cv18xx_emit::bf16_not_below(a.value)) : a;
        in right = c.constant ? number(cv18xx_emit::bf16_not_above(c.value)) : c;
        emit(expr::sub{}, m.tensor, left, right);
        cv18xx_emit::above_zero(b_, m.tensor, m.tensor);
        blend(r, m.tensor, yes, no);
        b_.release(mark);
    }
    void emit(expr::select_equal, out r, in a, in c, in yes, in no) {
        auto const mark = b_.mark();
        handle const difference = scratch(r), m = scratch(r);
        emit(expr::sub{}, difference.tensor, a, c);
        cv18xx_emit::equals_zero(b_, m.tensor, difference.tensor);
        bool const never = (a.constant && !is_bf16(a.value)) || (c.constant && !is_bf16(c.value));
        if (never) cv18xx_emit::with_constant<"tensor.mul">(b_, m.tensor, m.tensor, 0);
        blend(r, m.tensor, yes, no);
        b_.release(mark);
    }
    static bool is_bf16(double v) { return cv18xx_emit::bf16_not_above(v) == v; }
    // r = yes where m is 1, no where it is 0.
    void blend(out r, out m, in yes, in no) {
        auto const mark = b_.mark();
        bool const some = !(yes.constant && yes.value == 0), others = !(no.constant && no.value == 0);
        handle const rest = scratch(r);
        if (others) cv18xx_emit::opposite(b_, rest.tensor, m);
        if (some) share(r, yes, m);
        if (!some) others ? share(r, no, rest.tensor) : cv18xx_emit::with_constant<"tensor.mul">(b_, r, m, 0);
        else if (others && no.constant) cv18xx_emit::add_product(b_, r, rest.tensor, finite(no.value));
        else if (others) cv18xx_emit::add_product(b_, r, rest.tensor, no.tensor);
        b_.release(mark);
    }
    void share(out r, in of, out m) {
        if (of.constant) cv18xx_emit::with_constant<"tensor.mul">(b_, r, m, finite(of.value));
        else cv18xx_emit::with_tensor<"tensor.mul">(b_, r, m, of.tensor);
    }
    static double finite(double v) { return std::clamp(v, -cv18xx_emit::largest_bf16, cv18xx_emit::largest_bf16); }

    // Functions of one operand.
    template <class F>
    void emit(F, out r, in a) {
        auto const [table, values] = next_table();
        local_tensor const x = whole(a, r);
        tabulated(b_, r, x, values, *table);
    }
    void emit(expr::log, out r, in a) {
        auto const mark = b_.mark();
        local_tensor const x = whole(a, r), low = scratch(r).tensor;
        auto const first = next_table().second, rest = next_table().second;
        cv18xx_emit::by_exponent<"tensor.add">(b_, low, x, rest);
        cv18xx_emit::by_exponent<"tensor.add">(b_, r, x, first);
        cv18xx_emit::with_tensor<"tensor.add">(b_, r, r, low);
        b_.release(mark);
    }
    // sqrt(1 - t) p(t) with t = |x|; pi less that, where x is negative.
    void emit(expr::acos, out r, in a) {
        auto const mark = b_.mark();
        local_tensor const x = whole(a, r), t = scratch(r).tensor, root = scratch(r).tensor, sign = scratch(r).tensor;
        emit(expr::abs{}, t, handle{false, 0, x});
        cv18xx_emit::opposite(b_, sign, t);
        cv18xx_emit::with_constant<"tensor.max">(b_, sign, sign, 0);
        auto const roots = next_table().second;
        cv18xx_emit::by_exponent<"tensor.mul">(b_, root, sign, roots);
        auto const [smooth, values] = next_table();
        tabulated(b_, sign, t, values, *smooth);
        cv18xx_emit::with_tensor<"tensor.mul">(b_, root, root, sign);
        cv18xx_emit::with_constant<"tensor.mul">(b_, t, x, -1);
        cv18xx_emit::above_zero(b_, sign, t);
        cv18xx_emit::with_constant<"tensor.mul">(b_, t, sign, -2);
        cv18xx_emit::with_constant<"tensor.add">(b_, t, t, 1); // 1, or -1
        cv18xx_emit::with_tensor<"tensor.mul">(b_, r, root, t);
        cv18xx_emit::add_product(b_, r, sign, std::acos(-1.0));
        b_.release(mark);
    }
    void emit(expr::tan, out r, in a) {
        auto const mark = b_.mark();
        handle const sine = scratch(r), cosine = scratch(r);
        emit(expr::sin{}, sine.tensor, a), emit(expr::cos{}, cosine.tensor, a);
        emit(expr::div{}, r, sine, cosine);
        b_.release(mark);
    }
    void emit(expr::power, out r, in a, in c) {
        if (c.constant) return emit(expr::exp{}, r, a); // the table is that of the power
        if (a.constant) return emit(expr::exp{}, r, c);
        auto const mark = b_.mark();
        handle const part = scratch(r), exponent = scratch(r);
        emit(expr::log{}, part.tensor, a);
        either_way<"tensor.mul">(exponent.tensor, part, c);
        emit(expr::exp{}, r, exponent);
        b_.release(mark);
    }

    handle scratch(out like) { return {false, 0, b_.scratch(like.dims, like.type, like.layout)}; }
    // Tables read planes without gaps, of the result's sizes.
    local_tensor whole(in a, out r) {
        if (a.tensor.dims == r.dims) return a.tensor;
        local_tensor const all = scratch(r).tensor;
        cv18xx_emit::copy(b_, all, a.tensor);
        return all;
    }
    std::pair<function_table const*, local_tensor> next_table() {
        std::size_t const i = table_++;
        return {&profile_.tables[i], tables_[i]};
    }

    builder& b_;
    body_profile const& profile_;
    unsigned left_;
    std::vector<local_tensor> inputs_;
    std::span<local_tensor const> tables_;
    std::size_t table_ = 0;
    local_tensor output_;
};

} // namespace tpu_convert::cv18xx_lowering
