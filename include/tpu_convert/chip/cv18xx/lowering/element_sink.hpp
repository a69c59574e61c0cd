// What lowers an element-wise body of bf16: one sink learns what the body needs, the other emits its commands.
#pragma once
#include <cmath>
#include <tpu_convert/chip/cv18xx/emit/interpolation.hpp>
#include <tpu_convert/op/elementwise.hpp>
#include <type_traits>
#include <vector>

namespace tpu_convert::cv18xx_lowering {

template <class F, class... Others>
inline constexpr bool is_one_of = (std::is_same_v<F, Others> || ...);

template <class F>
inline constexpr bool is_command = is_one_of<F, expr::add, expr::sub, expr::mul, expr::div, expr::max, expr::min, expr::abs>;

// Whether some form of a body is made of commands alone: sums, products, limits, and quotients with a table of reciprocals.
template <class Body>
inline constexpr bool made_of_commands = true;
template <class F, class... Args>
inline constexpr bool made_of_commands<expr::call<F, Args...>> = is_command<F> && (made_of_commands<Args> && ...);
template <std::size_t N, class Bound, class Body>
inline constexpr bool made_of_commands<expr::let<N, Bound, Body>> = made_of_commands<Bound> && made_of_commands<Body>;
template <auto Member, class... Bodies>
inline constexpr bool made_of_commands<expr::choose<Member, Bodies...>> = (made_of_commands<Bodies> || ...);

// The same of the form that the attributes choose.
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
        std::array<bool, sizeof...(Args)> const constant{args.constant...};
        if constexpr (std::is_same_v<F, expr::div>) divides |= !constant[1];
        needs_table |= !is_command<F>;
        return {};
    }

    unsigned applications = 0;
    bool needs_table = false, divides = false; // by what is no constant
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

    element_sink(builder& b, body_profile const& profile, std::vector<local_tensor> inputs, local_tensor const& output)
        : b_(b), left_(profile.applications), inputs_(std::move(inputs)), output_(output) {
        if (profile.divides) reciprocals_ = inputs_.back();
    }

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
        local_tensor const one_over = b_.scratch(r.dims, r.type, r.layout);
        cv18xx_emit::copy(b_, one_over, c.tensor); // repeated, if it was smaller
        cv18xx_emit::by_exponent<"tensor.mul">(b_, one_over, one_over, reciprocals_);
        either_way<"tensor.mul">(r, a, {false, 0, one_over});
        b_.release(mark);
    }
    void emit(expr::abs, out r, in a) {
        auto const mark = b_.mark();
        local_tensor const minus = b_.scratch(r.dims, r.type, r.layout);
        cv18xx_emit::with_constant<"tensor.mul">(b_, minus, a.tensor, -1);
        cv18xx_emit::with_tensor<"tensor.max">(b_, r, minus, a.tensor);
        b_.release(mark);
    }
    // Of bodies that need a table: never called.
    template <class F, class... Args>
    void emit(F, out, Args const&...) {}

    builder& b_;
    unsigned left_;
    std::vector<local_tensor> inputs_;
    local_tensor output_, reciprocals_{};
};

} // namespace tpu_convert::cv18xx_lowering
