// Random commands for the machine and the C-model: what a generator of commands gets, and the list of generators.
#pragma once
#include <cstdint>
#include <random>
#include <span>
#include <string_view>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/isa/disassemble.hpp>
#include <vector>

namespace tpu_convert::record {

// Where random data lies: the first bytes of each lane and of global memory.
inline constexpr std::uint32_t window = 0x2000;
inline constexpr std::uint32_t global_window = 0x20000;

enum class filling { bits, f32, f16, bf16, f32_special, f16_special, bf16_special, small_integers };

struct draw {
    std::mt19937_64 random;
    filling fill = filling::bits;

    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); }
    std::uint32_t between(std::uint32_t a, std::uint32_t b) { return a + below(b - a + 1); }
    bool chance(std::uint32_t percent) { return below(100) < percent; }
    template <class T>
    T one_of(std::initializer_list<T> list) {
        return *(list.begin() + below(static_cast<std::uint32_t>(list.size())));
    }
};

struct test_case {
    isa::engine on = isa::engine::tiu;
    std::vector<std::byte> command;
    std::string text;
    bool nans_are_equal = false; // float32 results: any NaN stands for any other

    template <class Command>
    void set(isa::engine e, Command const& c) {
        on = e, command.clear(), isa::append(command, c), text = isa::to_string(c);
    }
};

using generator = void (*)(draw&, test_case&);

struct family {
    std::string_view name;
    generator make;
};

std::span<family const> families();

} // namespace tpu_convert::record
