// What follows an exact sum of 32 bits: bias, multiplier and shift, zero point, bounds.
#pragma once
#include <algorithm>
#include <optional>
#include <tpu_convert/chip/bm1684x/emit/integer.hpp>
#include <tpu_convert/lower/packed_weights.hpp>
#include <tpu_convert/op/integer/requantizer.hpp>
#include <vector>

namespace tpu_convert::bm1684x_lowering {

// Bounds that are narrower than the type's.
inline void apply_bounds(bm1684x_emit::builder& b, local_tensor const& t, std::int64_t lowest, std::int64_t highest) {
    if (lowest > lowest_of(t.type)) bm1684x_emit::max(b, t, t, static_cast<double>(lowest));
    if (highest < highest_of(t.type)) bm1684x_emit::min(b, t, t, static_cast<double>(highest));
}

class requantization {
public:
    explicit requantization(requantizer const& q, std::vector<std::int64_t> const& bias = {}) : q_(q), bias_(bias) {
        biased_ = std::any_of(bias.begin(), bias.end(), [](auto v) { return v != 0; });
        uniform_ = all_equal(q.multipliers) && all_equal(q.shifts);
    }
    bool uniform() const { return uniform_; }
    bool biased() const { return biased_; }
    bool has_table() const { return !uniform_ || biased_; }

    // Four words for each channel: multiplier, shift to the left, zero point, bias.
    tile_operand table(std::int64_t channels) const {
        std::vector<std::int32_t> words;
        for (std::int64_t i = 0; i < channels; ++i) {
            auto const c = static_cast<std::size_t>(i);
            for (std::int64_t const v : {q_.multipliers[q_.multipliers.size() > 1 ? c : 0],
                                         -q_.shifts[q_.shifts.size() > 1 ? c : 0], q_.zero_point,
                                         biased_ ? bias_[bias_.size() > 1 ? c : 0] : 0})
                words.push_back(low_word(v));
        }
        return {no_operand, view::dense({1, channels, 1, 4}), dtype::i32, local_layout::compact, pack_words(words)};
    }
    // The bias alone, as depthwise convolutions take it.
    tile_operand bias_operand(std::int64_t channels) const {
        std::vector<std::int32_t> words;
        for (std::int64_t i = 0; i < channels; ++i) words.push_back(low_word(bias_[static_cast<std::size_t>(i)]));
        return {no_operand, view::dense({1, channels, 1, 1}), dtype::i32, local_layout::compact, pack_words(words)};
    }

    // From sums to the result; the table's bias is added in place if `add_bias`.
    void emit(bm1684x_emit::builder& b, local_tensor const& dst, local_tensor const& sums,
              std::optional<local_tensor> const& table, bool add_bias = true) const {
        if (table && add_bias && biased_) bm1684x_emit::add(b, sums, sums, bias_of(*table));
        if (table) requantize_by_table(b, dst, sums, *table);
        else bm1684x_emit::requantize(b, dst, sums, q_.multipliers[0], q_.shifts[0], q_.zero_point);
        apply_bounds(b, dst, q_.lowest, q_.highest);
    }

private:
    static bool all_equal(std::vector<std::int64_t> const& v) {
        return std::all_of(v.begin(), v.end(), [&](auto x) { return x == v[0]; });
    }
    // The command wants each channel's words aligned.
    static void requantize_by_table(bm1684x_emit::builder& b, local_tensor const& dst, local_tensor const& sums,
                                    local_tensor const& table) {
        local_tensor const aligned = b.scratch(table.dims, table.type);
        bm1684x_emit::copy(b, aligned, table);
        bm1684x_emit::requantize(b, dst, sums, aligned);
    }
    static local_tensor bias_of(local_tensor t) {
        t.address += 3 * t.bytes();
        t.dims[3] = 1;
        t.layout = local_layout::strided;
        return t;
    }

    requantizer q_;
    std::vector<std::int64_t> bias_;
    bool biased_, uniform_;
};

} // namespace tpu_convert::bm1684x_lowering
