// Recorded commands of the C-model: the command's bytes, the seed of what memory holds before, a hash of what it holds after.
// One line each: engine (tiu or gdma), filling, seed, hash, command; all but the first in hexadecimal.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/isa/engine.hpp>
#include <vector>

namespace tpu_convert::record {

inline constexpr std::uint32_t vector_lane_bytes = 0x2000, vector_global_bytes = 0x20000, vector_lanes = 64;

enum class vector_filling : unsigned { bits = 0, f32 = 1, f16 = 2, bf16 = 3 };

struct recorded_command {
    isa::engine on = isa::engine::tiu;
    vector_filling filling = vector_filling::bits;
    std::uint64_t seed = 0, hash = 0;
    std::vector<std::byte> command;
};

// splitmix64
struct vector_random {
    std::uint64_t state;
    std::uint64_t next() {
        std::uint64_t z = state += 0x9E3779B97F4A7C15u;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
        z = (z ^ z >> 27) * 0x94D049BB133111EBu;
        return z ^ z >> 31;
    }
};

// Finite numbers of one type over 12 powers of two, or plain bits.
inline void fill_vector_memory(std::byte* to, std::size_t bytes, vector_filling filling, vector_random& random) {
    auto const number = [&] {
        std::uint64_t const r = random.next();
        return static_cast<float>(static_cast<std::int32_t>(r % 4001) - 2000) / static_cast<float>(1u << (r >> 32) % 12);
    };
    std::size_t const step = filling == vector_filling::bits ? 8 : filling == vector_filling::f32 ? 4 : 2;
    for (std::size_t i = 0; i < bytes; i += step) {
        std::uint64_t v = 0;
        if (filling == vector_filling::bits) v = random.next();
        if (filling == vector_filling::f32) v = std::bit_cast<std::uint32_t>(number());
        if (filling == vector_filling::f16) v = f32_to_f16(number());
        if (filling == vector_filling::bf16) v = f32_to_bf16(number());
        std::memcpy(to + i, &v, step);
    }
}

// Fills the first bytes of each lane and of global memory.
inline void fill_vector_memory(std::byte* local, std::size_t lane_bytes, std::byte* global, recorded_command const& c) {
    vector_random random{c.seed};
    for (std::size_t l = 0; l < vector_lanes; ++l)
        fill_vector_memory(local + l * lane_bytes, vector_lane_bytes, c.filling, random);
    fill_vector_memory(global, vector_global_bytes, c.filling, random);
}

inline std::uint64_t hash_bytes(std::uint64_t hash, std::byte const* from, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; i += 8) {
        std::uint64_t v;
        std::memcpy(&v, from + i, 8);
        hash = (hash ^ v) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return hash;
}

inline std::uint64_t hash_vector_memory(std::byte const* local, std::size_t lane_bytes, std::byte const* global) {
    std::uint64_t hash = 1;
    for (std::size_t l = 0; l < vector_lanes; ++l) hash = hash_bytes(hash, local + l * lane_bytes, vector_lane_bytes);
    return hash_bytes(hash, global, vector_global_bytes);
}

inline recorded_command parse_vector(std::string const& line) {
    recorded_command c;
    std::size_t at = line.find(' ');
    c.on = line.substr(0, at) == "tiu" ? isa::engine::tiu : isa::engine::gdma;
    auto const number = [&] {
        std::size_t used = 0;
        std::uint64_t const v = std::stoull(line.substr(at), &used, 16);
        at += used;
        return v;
    };
    c.filling = static_cast<vector_filling>(number()), c.seed = number(), c.hash = number();
    for (++at; at + 1 < line.size(); at += 2)
        c.command.push_back(static_cast<std::byte>(std::stoul(line.substr(at, 2), nullptr, 16)));
    return c;
}

} // namespace tpu_convert::record
