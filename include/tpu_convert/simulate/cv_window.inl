// 8-bit integers: exact 32-bit sums, then the channel's multiplier or the command's shift. bf16: float32
// sums, rounded toward zero each, kernel positions outermost, the bias last; then one rounding half to even.
#pragma once
#include <algorithm>
#include <bit>
#include <cstring>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/simulate/cv_window.hpp>
#include <tpu_convert/simulate/truncating_mode.hpp>

namespace tpu_convert::simulate {

namespace detail {

// What a channel's sum goes through: i32 bias (if there is one), u32 multiplier, u8 shift, packed without gaps.
struct cv_channel {
    std::int32_t bias = 0;
    std::uint32_t multiplier = 0;
    unsigned shift = 0;
};

TPU_CONVERT_INLINE std::vector<cv_channel> load_cv_channels(machine_memory& m, cv_window_command const& c) {
    std::vector<cv_channel> channels(c.result.size.c);
    if (!c.has_table) return channels;
    std::uint32_t const bytes = c.has_bias ? 9 : 5;
    footprint const f{space::local, c.table, 1, 1, c.result.size.c, 1, bytes, 0, bytes, 0, 1};
    m.reads(f);
    for (std::uint32_t i = 0; i < c.result.size.c; ++i) {
        std::byte const* p = channel_start(m, f, 0, i);
        if (c.has_bias) std::memcpy(&channels[i].bias, p, 4), p += 4;
        std::memcpy(&channels[i].multiplier, p, 4);
        channels[i].shift = std::to_integer<unsigned>(p[4]);
    }
    return channels;
}

// Planes with padding, one after the other.
template <class T>
std::vector<T> extended_planes(cv_window_command const& c, std::vector<T> const& input, T pad) {
    std::size_t const planes = std::size_t{c.input.size.n} * c.input.size.c, size = c.window.extended();
    std::size_t const plane = std::size_t{c.input.size.h} * c.input.size.w;
    if (static_cast<double>(planes) * static_cast<double>(size) > most_cv_elements)
        throw model_error{error_code::machine_fault, "TIU window", "the padded input has more than 67108864 elements"};
    std::vector<T> out(planes * size), buffer;
    for (std::size_t p = 0; p < planes; ++p)
        extend_plane(c.window, pad, pad, out.data() + p * size, 1, buffer, [&](std::uint32_t row, T* to) {
            std::copy_n(input.data() + p * plane + std::size_t{row} * c.input.size.w, c.input.size.w, to);
        });
    return out;
}

// sum[i] += weight * x[i * step]
template <class T>
[[gnu::always_inline]] inline void add_cv_elements(T* sum, T const* x, std::size_t step, T weight, std::size_t n) {
    if (step == 1)
        for (std::size_t i = 0; i < n; ++i) sum[i] += weight * x[i];
    else
        for (std::size_t i = 0; i < n; ++i) sum[i] += weight * x[i * step];
}
TPU_CONVERT_WIDE void add_cv_row(std::int32_t* sum, std::int32_t const* x, std::size_t step, std::int32_t weight, std::size_t n);
TPU_CONVERT_WIDE TPU_CONVERT_INLINE void add_cv_row(std::int32_t* sum, std::int32_t const* x, std::size_t step,
                                                    std::int32_t weight, std::size_t n) {
    add_cv_elements(sum, x, step, weight, n);
}
TPU_CONVERT_WIDE void add_cv_row(float* sum, float const* x, std::size_t step, float weight, std::size_t n);
TPU_CONVERT_WIDE TPU_CONVERT_INLINE void add_cv_row(float* sum, float const* x, std::size_t step, float weight, std::size_t n) {
    add_cv_elements(sum, x, step, weight, n);
}

// Weights of an output lie as [kernel position][input channel]; others as planes.
TPU_CONVERT_INLINE cv_operand weights_of(cv_window_command const& c) {
    cv_operand w = c.weights;
    std::uint32_t const taps = c.window.y.kernel * c.window.x.kernel;
    bool const full = c.op == cv_window_op::convolution;
    w.size = {1, c.result.size.c, taps, full ? c.input.size.c : 1};
    w.layout = full ? 1 : 0;
    return w;
}

template <class T>
struct cv_window_sums {
    cv_window_command const& c;
    std::vector<T> planes, weights;

    T const* row(std::uint32_t n, std::uint32_t channel, std::uint32_t y, std::uint32_t tap) const {
        auto const& w = c.window;
        std::size_t const plane = (std::size_t{n} * c.input.size.c + channel) * w.extended();
        std::size_t const line = y * w.y.stride + tap / w.x.kernel * w.y.dilation;
        return planes.data() + plane + line * w.columns.size() + tap % w.x.kernel * w.x.dilation;
    }
    void sum_row(std::uint32_t n, std::uint32_t o, std::uint32_t y, T* sum) const {
        std::uint32_t const taps = c.window.y.kernel * c.window.x.kernel, width = c.result.size.w;
        bool const full = c.op == cv_window_op::convolution, average = c.op == cv_window_op::average;
        std::uint32_t const first = full ? 0 : o, count = full ? c.input.size.c : 1;
        for (std::uint32_t tap = 0; tap < taps; ++tap)
            for (std::uint32_t i = 0; i < count; ++i) {
                T const weight = average ? weights[0] : weights[(std::size_t{o} * taps + tap) * count + i];
                if (weight != 0) add_cv_row(sum, row(n, first + i, y, tap), c.window.x.stride, weight, width);
            }
    }
    void extreme_row(std::uint32_t n, std::uint32_t o, std::uint32_t y, T* best) const {
        std::uint32_t const taps = c.window.y.kernel * c.window.x.kernel;
        bool const largest = c.op == cv_window_op::maximum;
        for (std::uint32_t tap = 0; tap < taps; ++tap) {
            T const* const x = row(n, o, y, tap);
            for (std::size_t i = 0; i < c.result.size.w; ++i) {
                T const v = x[i * c.window.x.stride];
                best[i] = tap == 0 ? v : largest ? std::max(best[i], v) : std::min(best[i], v);
            }
        }
    }

    // Calls finish(channel, row of results) for each row.
    template <class Finish>
    std::vector<T> all(Finish&& finish) const {
        bool const extreme = c.op == cv_window_op::maximum || c.op == cv_window_op::minimum;
        std::vector<T> y(cv_count(c.result));
        std::size_t at = 0;
        for (std::uint32_t n = 0; n < c.result.size.n; ++n)
            for (std::uint32_t o = 0; o < c.result.size.c; ++o)
                for (std::uint32_t h = 0; h < c.result.size.h; ++h, at += c.result.size.w) {
                    extreme ? extreme_row(n, o, h, y.data() + at) : sum_row(n, o, h, y.data() + at);
                    if (!extreme) finish(o, y.data() + at);
                }
        return y;
    }
};

TPU_CONVERT_INLINE void finish_cv_row(cv_window_command const& c, cv_channel const& channel, std::int32_t* sum) {
    for (std::size_t i = 0; i < c.result.size.w; ++i) {
        std::int64_t v = sum[i];
        if (c.has_table)
            v = multiplied(v + channel.bias, channel.multiplier, channel.shift & 31);
        else
            v = c.rounds ? shifted_half_up(v, c.right_shift) : v >> c.right_shift;
        if (c.relu) v = std::max<std::int64_t>(v, 0);
        sum[i] = static_cast<std::int32_t>(std::clamp<std::int64_t>(v, -(1 << 30), 1 << 30));
    }
}

// Float32 in two planes of 16 bits.
TPU_CONVERT_INLINE std::vector<float> load_cv_bias(machine_memory& m, cv_window_command const& c) {
    std::vector<float> bias(c.result.size.c);
    if (!c.has_bias) return bias;
    cv_operand half{cv_type::bf16, true, false, c.table, {1, c.result.size.c, 1, 1}, 1};
    std::vector<float> const high = load_floats(m, half);
    half.address += c.plane_step;
    std::vector<float> const low = load_floats(m, half);
    for (std::size_t i = 0; i < bias.size(); ++i)
        bias[i] = std::bit_cast<float>(std::bit_cast<std::uint32_t>(high[i]) | std::bit_cast<std::uint32_t>(low[i]) >> 16);
    return bias;
}

TPU_CONVERT_INLINE void run_cv_window_floats(machine_memory& m, cv_window_command const& c, bool extreme) {
    float const pad = bf16_to_f32(static_cast<std::uint16_t>(c.padding));
    cv_window_sums<float> sums{c, extended_planes(c, load_floats(m, c.input), pad), {}};
    if (!extreme) sums.weights = load_floats(m, weights_of(c));
    std::vector<float> const bias = load_cv_bias(m, c);
    truncating_mode const truncating;
    store_floats(m, c.result, sums.all([&](std::uint32_t o, float* row) {
        for (std::size_t i = 0; i < c.result.size.w; ++i) row[i] += bias[o];
        for (std::size_t i = 0; c.relu && i < c.result.size.w; ++i) row[i] = std::max(row[i], 0.0f);
    }));
}

} // namespace detail

TPU_CONVERT_INLINE void run_cv_window(machine_memory& m, cv_window_command const& c) {
    using namespace detail;
    bool const extreme = c.op == cv_window_op::maximum || c.op == cv_window_op::minimum;
    if (c.partial_sums != 0 || (c.has_bias && !c.has_table && !extreme && c.input.type != cv_type::bf16))
        throw model_error{error_code::not_built_yet, "TIU window",
                          "the machine does windows without partial sums, with bias only beside a multiplier"};
    if (c.result.size.n != c.input.size.n || (c.op != cv_window_op::convolution && c.result.size.c != c.input.size.c))
        throw model_error{error_code::machine_fault, "TIU window", "input and result differ in batch or channels"};
    if (c.input.type == cv_type::bf16) return run_cv_window_floats(m, c, extreme);
    cv_window_sums<std::int32_t> sums{c, extended_planes(c, load_integers(m, c.input), widened(c.padding, c.input)), {}};
    if (!extreme) sums.weights = load_integers(m, weights_of(c));
    std::vector<cv_channel> const channels = load_cv_channels(m, c);
    store_integers(m, c.result, sums.all([&](std::uint32_t o, std::int32_t* row) { finish_cv_row(c, channels[o], row); }));
}

} // namespace tpu_convert::simulate
