// The engines that take command streams, and the bits that tell an engine's commands apart.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tpu_convert::isa {

enum class engine : std::uint8_t { tiu, gdma };

constexpr std::string_view name_of(engine e) { return e == engine::tiu ? "TIU" : "GDMA"; }

struct bit_range {
    unsigned offset = 0, width = 0;
};

// Short flag, type and sub-operation of a command; together they are the key of the dispatch table.
struct selector {
    std::array<bit_range, 3> parts{};

    constexpr unsigned key_bits() const { return parts[0].width + parts[1].width + parts[2].width; }
    constexpr std::size_t key(std::uint64_t head) const {
        std::size_t k = 0;
        unsigned at = 0;
        for (auto const& p : parts) {
            k |= static_cast<std::size_t>(head >> p.offset & ((std::uint64_t{1} << p.width) - 1)) << at;
            at += p.width;
        }
        return k;
    }
    constexpr std::uint64_t head(std::size_t key) const {
        std::uint64_t h = 0;
        for (auto const& p : parts) {
            h |= static_cast<std::uint64_t>(key & ((std::size_t{1} << p.width) - 1)) << p.offset;
            key >>= p.width;
        }
        return h;
    }
};

} // namespace tpu_convert::isa
