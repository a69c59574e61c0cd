// Command streams: walking through their bytes, and appending commands to them.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/type_list.hpp>
#include <tpu_convert/isa/command.hpp>
#include <tpu_convert/isa/engine.hpp>
#include <vector>

namespace tpu_convert::isa {

// Where a command stands: its number in the stream, from 0, and its first byte.
struct position {
    std::size_t index = 0;
    std::size_t offset = 0;
};

struct stream_extent {
    std::size_t commands = 0; // the end command counts
    std::size_t bytes = 0;    // without the padding
    bool ended = false;       // an end command was there
};

[[noreturn]] void throw_unknown_command(engine e, position at, std::span<std::byte const> stream);
[[noreturn]] void throw_truncated(engine e, position at, std::string_view command, std::size_t needed, std::size_t left);

template <class Chip, engine Engine>
struct engine_traits;
template <class Chip>
struct engine_traits<Chip, engine::tiu> {
    using commands = typename Chip::tiu_commands;
    static constexpr selector select = Chip::stream_rules::tiu;
};
template <class Chip>
struct engine_traits<Chip, engine::gdma> {
    using commands = typename Chip::gdma_commands;
    static constexpr selector select = Chip::stream_rules::gdma;
};

// The end command of an engine. Chips without one end where the bytes end.
template <class Rules>
concept has_end_commands = requires {
    typename Rules::tiu_end;
    typename Rules::gdma_end;
};
template <class Rules, engine Engine>
struct end_traits;
template <has_end_commands Rules>
struct end_traits<Rules, engine::tiu> {
    using command = typename Rules::tiu_end;
    static constexpr std::uint64_t code = command::code_of(Rules::tiu_end_op);
};
template <has_end_commands Rules>
struct end_traits<Rules, engine::gdma> {
    using command = typename Rules::gdma_end;
    static constexpr std::uint64_t code = command::code_of(Rules::gdma_end_op);
};

namespace detail {

constexpr std::uint8_t no_command = 0xFF;

// For each key the number of the command that claims it. Two commands that claim one key do not compile.
template <selector const& Select, class... Commands>
consteval auto make_dispatch(type_list<Commands...>) {
    std::array<std::uint8_t, std::size_t{1} << Select.key_bits()> table{};
    table.fill(no_command);
    std::uint8_t number = 0;
    auto claim = [&]<class Command>(std::type_identity<Command>) {
        std::size_t const fixed = Select.key(Command::fixed_mask), value = Select.key(Command::initial_words[0]) & fixed;
        for (std::size_t key = value; key < table.size(); ++key) {
            if ((key & fixed) != value || !Command::matches_head(Select.head(key))) continue;
            if (table[key] != no_command) throw "two commands have the same discriminating bits";
            table[key] = number;
        }
        ++number;
    };
    (claim(std::type_identity<Commands>{}), ...);
    return table;
}

template <class Traits>
inline constexpr auto dispatch = make_dispatch<Traits::select>(typename Traits::commands{});

inline std::uint64_t head_of(std::span<std::byte const> stream) {
    std::uint64_t head = 0;
    std::memcpy(&head, stream.data(), stream.size() < 8 ? stream.size() : 8);
    return head;
}

inline bool all_zero(std::span<std::byte const> bytes) {
    for (auto b : bytes)
        if (b != std::byte{0}) return false;
    return true;
}

// Loads one command, shows it to the visitor and returns its length.
template <class Command, engine Engine, class Visitor>
std::size_t visit_one(std::span<std::byte const> stream, position at, Visitor& visitor) {
    if (stream.size() < Command::bytes) throw_truncated(Engine, at, Command::name, Command::bytes, stream.size());
    Command c;
    c.load(stream);
    visitor(static_cast<Command const&>(c), at);
    return Command::bytes;
}

template <engine Engine, class Visitor, class... Commands>
constexpr auto visitors_of(type_list<Commands...>) {
    using function = std::size_t (*)(std::span<std::byte const>, position, Visitor&);
    return std::array<function, sizeof...(Commands)>{&visit_one<Commands, Engine, Visitor>...};
}

} // namespace detail

// Calls visitor(command, position) for each command up to and with the end command, or up to the zero padding.
template <class Chip, engine Engine, class Visitor>
stream_extent decode_stream(std::span<std::byte const> stream, Visitor&& visitor) {
    using traits = engine_traits<Chip, Engine>;
    using plain = std::remove_reference_t<Visitor>;
    constexpr auto calls = detail::visitors_of<Engine, plain>(typename traits::commands{});
    using rules = typename Chip::stream_rules;

    stream_extent extent;
    while (extent.bytes < stream.size()) {
        auto const rest = stream.subspan(extent.bytes);
        position const at{extent.commands, extent.bytes};
        std::uint64_t const head = detail::head_of(rest);
        if (head == 0 && detail::all_zero(rest)) break;
        std::size_t const number = detail::dispatch<traits>[traits::select.key(head)];
        if (number == detail::no_command) throw_unknown_command(Engine, at, rest);
        extent.bytes += calls[number](rest, at, visitor);
        ++extent.commands;
        if constexpr (has_end_commands<rules>) {
            using end = end_traits<rules, Engine>;
            constexpr field_info f = end::command::fields[end::command::sub_op_position];
            extent.ended = number == index_of<typename traits::commands, typename end::command> &&
                           (head >> f.offset & low_bits(f.width)) == end::code;
            if (extent.ended) break;
        }
    }
    return extent;
}

// The same for an engine known at run time.
template <class Chip, class Visitor>
stream_extent decode_stream(engine e, std::span<std::byte const> stream, Visitor&& visitor) {
    return e == engine::tiu ? decode_stream<Chip, engine::tiu>(stream, visitor)
                            : decode_stream<Chip, engine::gdma>(stream, visitor);
}

template <command_type Command>
void append(std::vector<std::byte>& stream, Command const& c) {
    std::size_t const at = stream.size();
    stream.resize(at + Command::bytes);
    std::memcpy(stream.data() + at, c.words.data(), Command::bytes);
}

// The end command of an engine; the caller gives it its ids.
template <class Chip, engine Engine>
typename end_traits<typename Chip::stream_rules, Engine>::command end_command() {
    using end = end_traits<typename Chip::stream_rules, Engine>;
    typename end::command c;
    c.write(end::command::fields[end::command::sub_op_position], end::code);
    return c;
}

// Fills up with zeros, as a stream in a file must be.
template <class Chip>
void pad(std::vector<std::byte>& stream) {
    constexpr auto step = static_cast<std::size_t>(Chip::stream_rules::alignment);
    stream.resize((stream.size() + step - 1) / step * step);
}

} // namespace tpu_convert::isa

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/isa/stream.inl>
#endif
