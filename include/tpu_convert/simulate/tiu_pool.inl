// Pooling row by row: for each kernel element one pass over a row of results.
#pragma once
#include <algorithm>
#include <array>
#include <limits>
#include <tpu_convert/simulate/contraction.hpp>
#include <tpu_convert/simulate/float_math.hpp>
#include <tpu_convert/simulate/flush_mode.hpp>
#include <tpu_convert/simulate/pool_kernels.hpp>
#include <tpu_convert/simulate/tiu_pool.hpp>

namespace tpu_convert::simulate {

namespace detail {

struct pool_plan {
    pool_command const& c;
    local_operand input, result;
    std::vector<float> weights, padding;
    std::vector<float> bias;
    std::vector<std::int64_t> integer_bias;
    std::size_t taps = 1, width = 1; // of the extended plane

    std::size_t tap_offset(std::size_t tap) const {
        auto const& w = c.window;
        return tap / w.x.kernel * w.y.dilation * width + tap % w.x.kernel * w.x.dilation;
    }
    float weight(std::size_t channel, std::size_t tap) const {
        return weights[channel * taps + (c.rotate ? taps - 1 - tap : tap)];
    }
    bool is_maximum() const { return c.op == pool_op::maximum; }
};

TPU_CONVERT_INLINE float lowest(precision p) {
    return p == precision::f16 ? -65504.0f : p == precision::bf16 ? -0x1.FEp127f : std::numeric_limits<float>::lowest();
}

// Two sums over alternate kernel elements, every step rounded to the operand's type.
TPU_CONVERT_INLINE void float_row(pool_plan const& p, std::size_t channel, float const* x, float* sum, float* other) {
    std::size_t const count = p.result.size.w, step = p.c.window.x.stride;
    if (p.is_maximum()) {
        std::fill_n(sum, count, lowest(p.c.type));
        for (std::size_t t = 0; t < p.taps; ++t) pool_maximum(sum, x + p.tap_offset(t), step, count);
        for (std::size_t i = 0; i < count && p.c.type == precision::f32; ++i) sum[i] = flushed(sum[i]);
        return;
    }
    std::fill_n(sum, count, p.c.op == pool_op::average ? -0.0f : 0.0f);
    std::fill_n(other, count, p.bias[channel]);
    pool_tap const add = pool_add(p.c.type);
    for (std::size_t t = 0; t < p.taps; ++t)
        add(t % 2 == 0 ? sum : other, x + p.tap_offset(t), step, p.weight(channel, t), count);
    pool_merge(p.c.type)(sum, other, 1, 0, count);
}

TPU_CONVERT_INLINE void integer_row(pool_plan const& p, std::size_t channel, std::int64_t const* x, std::int64_t* sum) {
    pool_command const& c = p.c;
    std::size_t const count = p.result.size.w, step = c.window.x.stride;
    bool const average = c.op == pool_op::average;
    bool const any_signed = c.source.is_signed || (!average && !p.is_maximum() && (c.weights.is_signed || c.bias.is_signed));
    bool const is_signed = any_signed && c.op != pool_op::depthwise_relu;
    std::fill_n(sum, count,
                p.is_maximum() ? range_of(precision::i8, c.source.is_signed).low
                : average      ? 0
                               : p.integer_bias[channel]);
    for (std::size_t t = 0; t < p.taps; ++t) {
        if (p.is_maximum()) pool_maximum_integers(sum, x + p.tap_offset(t), step, count);
        else pool_add_integers(sum, x + p.tap_offset(t), step, static_cast<std::int64_t>(p.weight(channel, t)), count);
    }
    integer_range const range = range_of(c.result_type, is_signed);
    int const shift = p.is_maximum() ? 0 : static_cast<int>(std::min(c.shift, 63u));
    for (std::size_t i = 0; i < count; ++i) {
        auto const low = static_cast<std::uint32_t>(sum[i]);
        sum[i] = shift_right(any_signed ? std::int64_t{static_cast<std::int32_t>(low)} : std::int64_t{low}, shift, c.mode);
        if (c.op == pool_op::depthwise_relu) sum[i] = std::max<std::int64_t>(sum[i], 0);
        sum[i] = saturated(sum[i], range);
    }
}

TPU_CONVERT_INLINE std::byte* pool_result_row(machine_memory& m, pool_plan const& p, std::uint32_t n, std::uint32_t ch,
                                              std::size_t row) {
    return row_start(m, p.result, n, ch) + row * p.result.stride.h * p.result.bytes;
}

TPU_CONVERT_INLINE void float_plane(machine_memory& m, pool_plan const& p, std::uint32_t n, std::uint32_t ch) {
    pool_command const& c = p.c;
    std::vector<float> plane(c.window.extended()), line, sum(c.result.w), other(c.result.w);
    std::byte const* const from = row_start(m, p.input, n, ch);
    extend_plane(c.window, p.padding[2 * ch], p.padding[2 * ch + 1], plane.data(), 1, line, [&](std::uint32_t row, float* to) {
        load_values(to, from + row * p.input.stride.h * p.input.bytes, 1, c.input.w, c.type, false);
    });
    for (std::size_t row = 0; row < c.result.h; ++row) {
        {
            flush_mode const flush;
            float_row(p, ch, plane.data() + row * c.window.y.stride * p.width, sum.data(), other.data());
        }
        std::byte* const to = pool_result_row(m, p, n, ch, row);
        (p.is_maximum() ? exact_storer(c.type) : float_storer(c.type))(to, 1, sum.data(), sum.size());
    }
}

TPU_CONVERT_INLINE void integer_plane(machine_memory& m, pool_plan const& p, std::uint32_t n, std::uint32_t ch) {
    pool_command const& c = p.c;
    std::vector<std::int64_t> plane(c.window.extended()), line, sum(c.result.w);
    std::byte const* const from = row_start(m, p.input, n, ch);
    auto const load = integer_loader(c.type, c.source.is_signed);
    extend_plane(c.window, static_cast<std::int64_t>(p.padding[2 * ch]), static_cast<std::int64_t>(p.padding[2 * ch + 1]),
                 plane.data(), 1, line, [&](std::uint32_t row, std::int64_t* to) {
                     load(to, from + row * p.input.stride.h * p.input.bytes, 1, c.input.w);
                 });
    for (std::size_t row = 0; row < c.result.h; ++row) {
        integer_row(p, ch, plane.data() + row * c.window.y.stride * p.width, sum.data());
        integer_storer(c.result_type)(pool_result_row(m, p, n, ch, row), 1, sum.data(), sum.size());
    }
}

TPU_CONVERT_INLINE void check_pool(pool_command const& c) {
    bool const integer = c.type == precision::i8;
    if (integer ? is_float(c.result_type) : !is_float(c.type) || c.result_type != c.type)
        throw model_error{error_code::machine_fault, "PorD", "the chip has no pooling of these types"};
    if (c.result.c == 0 || c.result.n == 0) throw model_error{error_code::machine_fault, "PorD", "a size is 0"};
    double const taps = static_cast<double>(c.window.y.kernel) * c.window.x.kernel;
    check_work(taps * c.result.c, most_elements, "weights");
    check_work(static_cast<double>(c.window.extended()), most_elements, "padded inputs");
    check_work(taps * c.result.n * c.result.c * c.result.h * c.result.w, most_products, "products");
}

TPU_CONVERT_INLINE void load_pool_operands(machine_memory& m, pool_plan& p) {
    pool_command const& c = p.c;
    auto const taps = static_cast<std::uint32_t>(p.taps);
    p.padding = channel_values(m, c.padding, c.input.c, 2, c.type);
    if (c.padding.is_constant)
        for (std::size_t i = 1; i < p.padding.size(); i += 2) p.padding[i] = 0; // inserted elements
    p.bias.assign(c.result.c, -0.0f); // what averages start from
    if (p.is_maximum()) return;
    p.weights = channel_values(m, c.weights, c.result.c, taps, c.type);
    if (c.op == pool_op::average) return;
    if (is_float(c.type)) {
        p.bias = channel_values(m, c.bias, c.result.c, 1, c.type);
        return;
    }
    p.integer_bias.assign(c.result.c, static_cast<std::int32_t>(c.bias.address));
    if (c.bias.is_constant) return;
    local_operand const bias = compact_operand(c.bias.address, {1, c.result.c, 1, 1}, precision::i32, m.sizes());
    m.reads(bias.covers());
    for (std::uint32_t i = 0; i < c.result.c; ++i)
        integer_loader(precision::i32, true)(&p.integer_bias[i], row_start(m, bias, 0, i), 1, 1);
}

} // namespace detail

TPU_CONVERT_INLINE void run_pool(machine_memory& m, pool_command const& c) {
    detail::check_pool(c);
    detail::pool_plan p{c, {}, {}, {}, {}, {}, {}, std::size_t{c.window.y.kernel} * c.window.x.kernel, c.window.columns.size()};
    p.input = aligned_operand(c.source.address, c.input, c.type, m.sizes());
    p.result = aligned_operand(c.result_address, c.result, c.result_type, m.sizes());
    m.reads(p.input.covers());
    detail::load_pool_operands(m, p);
    m.writes(p.result.covers());
    std::size_t const planes = std::size_t{c.result.n} * c.result.c;
    in_parallel(planes, planes * p.taps * c.result.h * c.result.w, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            auto const n = static_cast<std::uint32_t>(i / c.result.c), ch = static_cast<std::uint32_t>(i % c.result.c);
            if (is_float(c.type)) detail::float_plane(m, p, n, ch);
            else detail::integer_plane(m, p, n, ch);
        }
    });
}

} // namespace tpu_convert::simulate
