// Packs the operands of a convolution and sums them.
#pragma once
#include <algorithm>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/contraction.hpp>
#include <tpu_convert/simulate/tiu_conv.hpp>

namespace tpu_convert::simulate {

namespace detail {

// Everything that stays the same for all batches.
struct conv_plan {
    conv_command const& c;
    local_operand input, result;
    std::size_t together = 1; // channels that the array adds at once
    std::size_t pitch = 1;    // of packed channels
    std::size_t taps = 1, groups = 1;
    std::vector<float> bias, padding;
    contraction sums;
};

TPU_CONVERT_INLINE void check_conv(conv_command const& c) {
    bool const integer = c.type == precision::i8;
    bool const result_fits = integer ? !is_float(c.result_type) : c.result_type == precision::f32 || c.result_type == c.type;
    if (!(integer || is_float(c.type)) || !result_fits)
        throw model_error{error_code::machine_fault, "CONV", "the chip has no convolution of these types"};
    if (c.add_to_result && bytes_of(c.result_type) != 4)
        throw model_error{error_code::machine_fault, "CONV", "only 32-bit results can be added to"};
    if (c.input.c == 0 || c.result.c == 0 || c.result.n == 0)
        throw model_error{error_code::machine_fault, "CONV", "a size is 0"};
    double const outputs = static_cast<double>(c.result.n) * (c.result.c + 15) * c.result.h * c.result.w;
    double const terms = static_cast<double>(c.input.c) * c.window.y.kernel * c.window.x.kernel;
    check_work(terms * (c.result.c + 15), most_elements, "weights");
    check_work(static_cast<double>(c.window.extended()) * c.input.c, most_elements, "padded inputs");
    check_work(outputs * terms, most_products, "products");
}

TPU_CONVERT_INLINE void plan_segments(conv_plan& p) {
    auto const& w = p.c.window;
    std::size_t const plane = w.extended(), width = w.columns.size();
    std::size_t at = 0;
    for (std::size_t g = 0; g < p.groups; ++g)
        for (std::size_t tap = 0; tap < p.taps; ++tap) {
            std::size_t const y = tap / w.x.kernel * w.y.dilation, x = tap % w.x.kernel * w.x.dilation;
            std::size_t const count = std::min(p.together, p.c.input.c - g * p.together);
            p.sums.segments.push_back({(g * plane + y * width + x) * p.pitch, at, static_cast<std::uint32_t>(count)});
            at += count * output_block;
        }
    p.sums.blocks = (p.c.result.c + output_block - 1) / output_block;
    p.sums.rows = p.c.result.h, p.sums.positions = p.c.result.w;
    p.sums.row_step = w.y.stride * width * p.pitch, p.sums.position_step = w.x.stride * p.pitch;
    p.sums.block_weights = at;
    p.sums.x.resize(p.groups * plane * p.pitch);
    p.sums.w.resize(p.sums.blocks * at);
}

// Weights of one output lie as [group][tap][channel in group] in the output's lane.
TPU_CONVERT_INLINE void pack_weights(machine_memory& m, conv_plan& p) {
    conv_command const& c = p.c;
    std::size_t const length = p.groups * p.taps * p.together;
    std::vector<float> one(length, c.weights.is_constant ? constant_value(c.weights.address, c.type, c.weights.is_signed) : 0.0f);
    extent4 const size{1, c.result.c, 1, static_cast<std::uint32_t>(length)};
    local_operand const stored = compact_operand(c.weights.address, size, c.type, m.sizes());
    if (!c.weights.is_constant) m.reads(stored.covers());
    std::vector<float> const zero = is_float(c.type) ? std::vector<float>(c.result.c) : p.bias;
    for (std::uint32_t o = 0; o < c.result.c; ++o) {
        if (!c.weights.is_constant) load_values(one.data(), row_start(m, stored, 0, o), 1, length, c.type, c.weights.is_signed);
        float* const to = p.sums.w.data() + o / output_block * p.sums.block_weights + o % output_block;
        for (std::size_t s = 0; s < p.sums.segments.size(); ++s) {
            std::size_t const tap = c.rotate ? p.taps - 1 - s % p.taps : s % p.taps, group = s / p.taps;
            float const* const from = one.data() + (group * p.taps + tap) * p.together;
            auto const& segment = p.sums.segments[s];
            if (is_float(c.type))
                for (std::size_t k = 0; k < segment.count; ++k) to[segment.w + k * output_block] = from[k];
            else
                for (std::size_t k = 0; k < segment.count; ++k) to[segment.w + k * output_block] = from[k] - zero[o];
        }
    }
}

TPU_CONVERT_INLINE void pack_inputs(machine_memory& m, conv_plan& p, std::uint32_t n) {
    conv_command const& c = p.c;
    std::size_t const plane = c.window.extended();
    in_parallel(c.input.c, 4 * c.input.c * plane, [&](std::size_t first, std::size_t last) {
        std::vector<float> line;
        for (std::size_t ch = first; ch < last; ++ch) {
            float* const to = p.sums.x.data() + ch / p.together * plane * p.pitch + ch % p.together;
            std::byte const* const from = row_start(m, p.input, n, static_cast<std::uint32_t>(ch));
            extend_plane(c.window, p.padding[2 * ch], p.padding[2 * ch + 1], to, p.pitch, line,
                         [&](std::uint32_t row, float* values) {
                             load_values(values, from + row * p.input.stride.h * p.input.bytes, p.input.stride.w, c.input.w,
                                         c.type, c.source.is_signed);
                         });
        }
    });
}

TPU_CONVERT_INLINE std::byte* conv_result_row(machine_memory& m, conv_plan const& p, std::uint32_t n, std::size_t output,
                                              std::size_t row) {
    return row_start(m, p.result, n, static_cast<std::uint32_t>(output)) + row * p.result.stride.h * p.result.bytes;
}

// Sums of one block start at the bias, or at what the result holds.
template <class Sum>
void start_conv(machine_memory& m, conv_plan const& p, std::uint32_t n, std::size_t block, std::size_t row,
                typename Sum::value* to) {
    using value = typename Sum::value;
    std::size_t const positions = p.sums.positions, half = positions * output_block;
    std::vector<value> old(positions);
    for (std::size_t o = 0; o < output_block; ++o) {
        std::size_t const output = block * output_block + o;
        bool const real = output < p.c.result.c;
        value const bias = real && is_float(p.c.type) ? static_cast<value>(p.bias[output]) : value{};
        if (p.c.add_to_result && real)
            std::memcpy(old.data(), conv_result_row(m, p, n, output, row), positions * sizeof(value));
        for (std::size_t i = 0; i < positions; ++i) {
            value* const at = to + i * output_block + o;
            if constexpr (Sum::accumulators == 2) {
                at[0] = p.c.add_to_result ? bias : 0;
                at[half] = p.c.add_to_result ? old[i] : bias;
            } else
                at[0] = p.c.add_to_result ? bias + old[i] : bias;
        }
    }
}

template <class Sum>
void sum_conv(machine_memory& m, conv_plan& p) {
    for (std::uint32_t n = 0; n < p.c.result.n; ++n) {
        pack_inputs(m, p, n);
        run_contraction<Sum>(
            p.sums,
            [&](std::size_t block, std::size_t row, typename Sum::value* to) { start_conv<Sum>(m, p, n, block, row, to); },
            [&](std::size_t block, std::size_t row, typename Sum::value const* from) {
                std::size_t const last = std::min<std::size_t>(output_block, p.c.result.c - block * output_block);
                for (std::size_t o = 0; o < last; ++o)
                    store_sums(conv_result_row(m, p, n, block * output_block + o, row), from + o, output_block,
                               p.sums.positions, p.c.result_type);
            });
    }
}

} // namespace detail

TPU_CONVERT_INLINE void run_conv(machine_memory& m, conv_command const& c) {
    detail::check_conv(c);
    detail::conv_plan p{c, {}, {}, 1, 1, 1, 1, {}, {}, {}};
    memory_sizes const& sizes = m.sizes();
    std::uint32_t const bytes = bytes_of(c.type);
    p.input = {c.source.address, bytes, c.input,
               strides_by_code(c.input_layout, c.source.address, c.input, bytes, sizes, c.input_strides)};
    p.result = aligned_operand(c.result_address, c.result, c.result_type, sizes);
    p.together = bytes == 4 ? 1 : sizes.vector_bytes / bytes;
    p.pitch = std::min<std::size_t>(p.together, c.input.c);
    p.groups = (c.input.c + p.together - 1) / p.together;
    p.taps = std::size_t{c.window.y.kernel} * c.window.x.kernel;
    m.reads(p.input.covers());
    p.bias = channel_values(m, c.bias, c.result.c, 1, is_float(c.type) ? precision::f32 : precision::i8);
    p.padding = channel_values(m, c.padding, c.input.c, 2, c.type);
    if (c.padding.is_constant)
        for (std::size_t i = 1; i < p.padding.size(); i += 2) p.padding[i] = 0; // inserted elements
    detail::plan_segments(p);
    detail::pack_weights(m, p);
    if (c.add_to_result) m.reads(p.result.covers());
    m.writes(p.result.covers());
    if (c.type == precision::i8) detail::sum_conv<integer_sum>(m, p);
    else if (c.type == precision::f32) detail::sum_conv<paired_sum>(m, p);
    else detail::sum_conv<aligned_sum>(m, p);
}

} // namespace tpu_convert::simulate
