// Every command of every chip: its fields tile its bits, and encoding and decoding are inverse.
#include <array>
#include <bit>
#include <cstddef>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/chip/cv180x/chip.hpp>
#include <tpu_convert/chip/cv183x/chip.hpp>
#include <tpu_convert/chip/cv18xx/commands.hpp>

using namespace tpu_convert;

namespace {

// Each bit belongs to exactly one field.
template <class Command>
consteval bool fields_tile_the_command() {
    typename Command::word_array seen{};
    for (auto const& f : Command::fields) {
        if (f.offset + f.width > Command::bits || isa::read_bits(seen, f.offset, f.width) != 0) return false;
        isa::write_bits(seen, f.offset, f.width, isa::low_bits(f.width));
    }
    unsigned bits = 0;
    for (auto w : seen) bits += static_cast<unsigned>(std::popcount(w));
    return bits == Command::bits;
}

template <class Command>
constexpr bool survives(Command const& c) {
    std::array<std::byte, Command::bytes> bytes{};
    c.store_to(bytes);
    Command d;
    d.load(bytes);
    return d == c && Command::matches(bytes);
}

// Each operand by itself at its largest value, and all of them at once.
template <class Command>
consteval bool operands_survive() {
    Command all;
    for (auto const& f : Command::fields) {
        if (f.kind != isa::field_kind::value) continue;
        Command one;
        one.write(f, isa::low_bits(f.width));
        if (one.read(f) != isa::low_bits(f.width) || !survives(one)) return false;
        one.write(f, f.initial);
        if (!(one == Command{})) return false;
        all.write(f, isa::low_bits(f.width));
    }
    for (auto const& f : Command::fields)
        if (f.kind == isa::field_kind::value && all.read(f) != isa::low_bits(f.width)) return false;
    return survives(all) && survives(Command{});
}

template <class Command>
consteval bool sub_operations_survive() {
    for (auto const& op : Command::sub_ops::entries) {
        Command c;
        c.write(Command::fields[Command::sub_op_position], op.code);
        if (c.sub_op_name() != op.name || Command::code_of(op.name) != op.code || !survives(c)) return false;
    }
    return true;
}

// A variable for each command: compilers bound the work of one evaluation.
template <class Command>
constexpr bool holds = fields_tile_the_command<Command>() && operands_survive<Command>() && sub_operations_survive<Command>();

template <class... Commands>
consteval bool each_holds(type_list<Commands...>) {
    return (holds<Commands> && ...);
}

static_assert(each_holds(bm1684x::tiu_commands{}));
static_assert(each_holds(bm1684x::gdma_commands{}));
static_assert(bm1684x::tiu_commands::size == 28 && bm1684x::gdma_commands::size == 13);

static_assert(each_holds(cv183x::tiu_commands{}) && each_holds(cv183x::gdma_commands{}));
static_assert(each_holds(cv180x::tiu_commands{}) && each_holds(cv180x::gdma_commands{}));

// Lengths by which the runtime walks through a stream.
static_assert(bm1684x::commands::conv::bytes == 128 && bm1684x::commands::conv_short::bytes == 64);
static_assert(bm1684x::commands::mm_short::bytes == 48 && bm1684x::commands::mm2_short::bytes == 32);
static_assert(bm1684x::commands::dma_tensor::bytes == 96 && bm1684x::commands::dma_sys::bytes == 16);

template <class Chip>
constexpr bool lengths_of_cv18xx = Chip::commands::conv::bytes == 112 && Chip::commands::pool::bytes == 112 &&
                                   Chip::commands::matmul::bytes == 112 && Chip::commands::tensor::bytes == 112 &&
                                   Chip::commands::tdma::bytes == 64;
static_assert(lengths_of_cv18xx<cv183x> && lengths_of_cv18xx<cv180x>);

} // namespace
