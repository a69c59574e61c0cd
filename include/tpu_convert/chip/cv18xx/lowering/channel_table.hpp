// What a channel's sum goes through, as commands read it: i32 bias (if there is one), u32 multiplier, u8 shift, without gaps.
#pragma once
#include <algorithm>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/packed_weights.hpp>
#include <tpu_convert/op/integer/requantizer.hpp>

namespace tpu_convert::cv18xx_lowering {

class channel_table {
public:
    channel_table(std::string const& name, requantizer const& q, std::vector<std::int64_t> const& bias, std::int64_t channels)
        : biased_(!bias.empty()), channels_(channels) {
        auto bytes = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(channels * width()));
        std::byte* at = bytes->data();
        for (std::int64_t i = 0; i < channels; ++i) {
            auto const of = [&](std::vector<std::int64_t> const& v) { return v[v.size() > 1 ? static_cast<std::size_t>(i) : 0]; };
            std::int64_t const shift = of(q.shifts);
            if (!q.two_roundings || shift < 0 || shift > 31)
                throw model_error{error_code::lowering_missing, name,
                                  "its factor is not a multiplier of 31 bits and a shift of 0 to 31"};
            if (biased_) at = put_word(at, of(bias));
            at = put_word(at, of(q.multipliers));
            *at++ = static_cast<std::byte>(shift);
        }
        packed_ = std::move(bytes);
    }
    bool biased() const { return biased_; }
    std::int64_t width() const { return biased_ ? 9 : 5; }
    tile_operand operand() const {
        return {no_operand, view::dense({1, channels_, 1, width()}), dtype::u8, local_layout::compact, packed_};
    }

private:
    static std::byte* put_word(std::byte* at, std::int64_t v) {
        std::int32_t const word = low_word(v);
        std::memcpy(at, &word, sizeof word);
        return at + sizeof word;
    }

    bool biased_;
    std::int64_t channels_;
    packed_bytes packed_;
};

} // namespace tpu_convert::cv18xx_lowering
