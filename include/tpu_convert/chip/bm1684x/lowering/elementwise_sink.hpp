// What lowers an element-wise body: one sink learns what the body needs, the other emits its commands.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <tpu_convert/chip/bm1684x/emit/special.hpp>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/op/elementwise.hpp>
#include <type_traits>
#include <vector>

namespace tpu_convert::bm1684x_lowering {

// The result is one of the arguments or constants, or their sum, difference or product rounded once.
template <class F>
inline constexpr bool rounds_once = std::is_same_v<F, expr::add> || std::is_same_v<F, expr::sub> || std::is_same_v<F, expr::mul>;
template <class F>
inline constexpr bool is_limit = std::is_same_v<F, expr::max> || std::is_same_v<F, expr::min>;
template <class F>
inline constexpr bool keeps_values = is_limit<F> || std::is_same_v<F, expr::abs> ||
                                     std::is_same_v<F, expr::select_greater> || std::is_same_v<F, expr::select_equal>;

struct body_profile {
    unsigned applications = 0, roundings = 0;
    bool special = false;            // uses more than sums, products and choices
    bool floors = false;             // an error of a quotient's last bit would show
    std::vector<bool> used;          // arguments
    std::vector<double> constants;   // whose exact value matters
};

class profile_sink {
public:
    struct handle {
        bool constant = false;
        double value = 0;
    };
    handle argument(std::size_t i) {
        if (profile_.used.size() <= i) profile_.used.resize(i + 1, false);
        profile_.used[i] = true;
        return {};
    }
    handle number(double v) { return {true, v}; }
    template <class F, class... Args>
    handle apply(F, Args... args) {
        if ((args.constant && ...)) return {true, F::template apply<double>(args.value...)};
        ++profile_.applications;
        profile_.roundings += rounds_once<F>;
        profile_.special |= !rounds_once<F> && !keeps_values<F>;
        profile_.floors |= std::is_same_v<F, expr::floor>;
        if constexpr (!is_limit<F>) ((args.constant ? profile_.constants.push_back(args.value) : void()), ...);
        return {};
    }
    body_profile const& profile() const { return profile_; }

private:
    body_profile profile_;
};

// Emits for one tile. Intermediate tensors have the result's dims and the type in which the body is computed.
class element_sink {
public:
    using builder = bm1684x_emit::builder;
    using operand = bm1684x_emit::operand;

    struct handle {
        operand value{0.0};
        std::shared_ptr<std::int64_t> slot = nullptr; // of an intermediate tensor: its address
    };

    // inputs: by argument; those that the body does not read are left out of use.
    element_sink(builder& b, body_profile const& profile, dtype type, std::vector<local_tensor> inputs,
                 local_tensor const& output)
        : b_(b), profile_(profile), type_(type), inputs_(std::move(inputs)), cast_(inputs_.size()), output_(output) {}

    handle argument(std::size_t i);
    handle number(double v) { return {v, nullptr}; }
    template <class F, class... Args>
    handle apply(F f, Args... args) {
        if ((args.value.constant && ...)) return number(F::template apply<double>(args.value.value...));
        last_ = ++applied_ == profile_.applications;
        handle out = rounds_once<F> || is_limit<F> || std::is_same_v<F, expr::abs> ? result_over({&args...}) : result_over({});
        emit(f, out.value.tensor, args.value...);
        return out;
    }
    // Fused relu, conversion, and the move to the output if it is not there yet.
    void finish(handle const& root, fused_relu relu);

private:
    handle result_over(std::initializer_list<handle const*> args);
    handle intermediate();

    using out = local_tensor const&;
    using in = operand const&;
    void emit(expr::add, out r, in a, in c) { bm1684x_emit::add(b_, r, a, c); }
    void emit(expr::sub, out r, in a, in c) { bm1684x_emit::sub(b_, r, a, c); }
    void emit(expr::mul, out r, in a, in c) { bm1684x_emit::mul(b_, r, a, c); }
    void emit(expr::max, out r, in a, in c) { bm1684x_emit::max(b_, r, a, c); }
    void emit(expr::min, out r, in a, in c) { bm1684x_emit::min(b_, r, a, c); }
    void emit(expr::abs, out r, in a) { bm1684x_emit::abs(b_, r, a); }
    void emit(expr::div, out r, in a, in c) {
        profile_.floors ? bm1684x_emit::exact_div(b_, r, a, c) : bm1684x_emit::div(b_, r, a, c);
    }
    void emit(expr::select_greater, out r, in a, in c, in d, in e) { bm1684x_emit::choose_greater(b_, r, a, c, d, e); }
    void emit(expr::select_equal, out r, in a, in c, in d, in e);
    void emit(expr::sqrt, out r, in a) { bm1684x_emit::sqrt(b_, r, a.tensor); }
    void emit(expr::rsqrt, out r, in a) { bm1684x_emit::rsqrt(b_, r, a.tensor); }
    void emit(expr::exp, out r, in a);
    void emit(expr::log, out r, in a);
    void emit(expr::tanh, out r, in a) { bm1684x_emit::tanh(b_, r, a.tensor); }
    void emit(expr::erf, out r, in a) { bm1684x_emit::erf(b_, r, a.tensor); }
    void emit(expr::sin, out r, in a) { bm1684x_emit::sin(b_, r, a.tensor); }
    void emit(expr::cos, out r, in a) { bm1684x_emit::cos(b_, r, a.tensor); }
    void emit(expr::tan, out r, in a) { bm1684x_emit::tan(b_, r, a.tensor); }
    void emit(expr::acos, out r, in a) { bm1684x_emit::acos(b_, r, a.tensor); }
    void emit(expr::floor, out r, in a) { bm1684x_emit::round(b_, r, a.tensor, bm1684x_emit::rounding::down); }
    void emit(expr::ceil, out r, in a) { bm1684x_emit::round(b_, r, a.tensor, bm1684x_emit::rounding::up); }
    void emit(expr::round_half_even, out r, in a) { bm1684x_emit::round(b_, r, a.tensor, bm1684x_emit::rounding::half_even); }
    void emit(expr::power, out r, in a, in c) { bm1684x_emit::power(b_, r, a, c); }

    builder& b_;
    body_profile const& profile_;
    dtype type_;
    std::vector<local_tensor> inputs_;
    std::vector<handle> cast_; // arguments in the body's type, once they were asked for
    local_tensor output_;
    std::shared_ptr<std::vector<std::int64_t>> free_ = std::make_shared<std::vector<std::int64_t>>();
    unsigned applied_ = 0;
    bool last_ = false;
};

} // namespace tpu_convert::bm1684x_lowering

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/bm1684x/lowering/elementwise_sink.inl>
#endif
