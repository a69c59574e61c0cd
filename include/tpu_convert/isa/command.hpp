// A command is a type: its name, its length and its fields. Encoding, decoding and printing follow from it.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/isa/field.hpp>
#include <type_traits>

namespace tpu_convert::isa {

[[noreturn]] void throw_does_not_fit(std::string_view command, field_info const& f, std::uint64_t value, bool negative);
[[noreturn]] void throw_no_sub_op(std::string_view command, field_info const& f, std::uint64_t value);

namespace detail {

template <class... Fields>
struct sub_ops_of {
    using type = sub_op_list<>;
};
template <class First, class... Rest>
struct sub_ops_of<First, Rest...> : sub_ops_of<Rest...> {};
template <class First, class... Rest>
    requires requires { typename First::sub_ops; }
struct sub_ops_of<First, Rest...> {
    using type = typename First::sub_ops;
};

constexpr std::size_t position_of(std::span<field_info const> fields, std::string_view name) {
    std::size_t i = 0;
    while (i < fields.size() && fields[i].name != name) ++i;
    return i;
}

} // namespace detail

template <fixed_string Name, unsigned Bits, class... Fields>
struct command {
    static_assert(std::endian::native == std::endian::little, "commands are stored as little-endian words");
    static constexpr std::string_view name = Name.view();
    static constexpr unsigned bits = Bits, bytes = Bits / 8;
    static constexpr std::array<field_info, sizeof...(Fields)> fields{Fields::info...};
    using sub_ops = typename detail::sub_ops_of<Fields...>::type;
    using word_array = std::array<std::uint64_t, (Bits + 63) / 64>;
    using byte_array = std::array<std::byte, sizeof(word_array)>;

    static constexpr word_array initial_words = [] {
        word_array w{};
        for (auto const& f : fields) write_bits(w, f.offset, f.width, f.initial);
        return w;
    }();
    // Bits of the first word that tell this command from others; none lies beyond it.
    static constexpr std::uint64_t fixed_mask = [] {
        std::uint64_t mask = 0;
        for (auto const& f : fields)
            if (f.kind == field_kind::fixed) mask |= low_bits(f.width) << f.offset;
        return mask;
    }();
    static constexpr std::size_t sub_op_position = [] {
        std::size_t i = 0;
        while (i < fields.size() && fields[i].kind != field_kind::sub_op) ++i;
        return i;
    }();
    static constexpr bool has_sub_ops = sub_op_position < fields.size();

    word_array words = initial_words;

    template <fixed_string Field>
    static constexpr bool has = detail::position_of(fields, Field.view()) < fields.size();

    template <fixed_string Field>
    static consteval field_info find() {
        static_assert(has<Field>, "this command has no field of that name; the names are those of the command's definition");
        if constexpr (has<Field>) return fields[detail::position_of(fields, Field.view())];
        else return {};
    }

    template <fixed_string Field>
    [[gnu::always_inline]] constexpr std::uint64_t get() const {
        constexpr field_info f = find<Field>();
        return read_bits(words, f.offset, f.width);
    }
    // The field as a two's complement number.
    template <fixed_string Field>
    [[gnu::always_inline]] constexpr std::int64_t get_signed() const {
        constexpr field_info f = find<Field>();
        return sign_extended(read_bits(words, f.offset, f.width), f.width);
    }
    // A negative value is stored as two's complement. A value that does not fit is an error.
    template <fixed_string Field, class T>
        requires std::integral<T> || std::is_enum_v<T>
    [[gnu::always_inline]] constexpr void set(T value) {
        constexpr field_info f = find<Field>();
        static_assert(f.kind != field_kind::fixed, "this field is set by the command's type");
        store(f, static_cast<std::uint64_t>(value), is_negative(value));
    }
    // Selects the sub-operation by name: select<"arith.mul">().
    template <fixed_string Op>
    constexpr void select() {
        constexpr std::uint64_t code = code_of(Op.view());
        static_assert(code != no_sub_op, "this command has no sub-operation of that name");
        write_bits(words, fields[sub_op_position].offset, fields[sub_op_position].width, code);
    }

    static constexpr std::uint64_t no_sub_op = ~std::uint64_t{0};
    static constexpr std::uint64_t code_of(std::string_view op) {
        for (auto const& s : sub_ops::entries)
            if (s.name == op) return s.code;
        return no_sub_op;
    }
    constexpr std::uint64_t sub_op_code() const {
        if constexpr (has_sub_ops) return read(fields[sub_op_position]);
        else return no_sub_op;
    }
    // The command's own name where there is no sub-operation.
    constexpr std::string_view sub_op_name() const {
        for (auto const& s : sub_ops::entries)
            if (s.code == sub_op_code()) return s.name;
        return name;
    }

    constexpr std::uint64_t read(field_info const& f) const { return read_bits(words, f.offset, f.width); }
    constexpr void write(field_info const& f, std::uint64_t value) { store(f, value, false); }

    static constexpr bool is_sub_op(std::uint64_t code) {
        for (auto const& s : sub_ops::entries)
            if (s.code == code) return true;
        return false;
    }
    // Do the first 8 bytes of a command say that it is this one?
    static constexpr bool matches_head(std::uint64_t head) {
        if ((head & fixed_mask) != (initial_words[0] & fixed_mask)) return false;
        if constexpr (has_sub_ops) {
            constexpr field_info f = fields[sub_op_position];
            return is_sub_op(head >> f.offset & low_bits(f.width));
        }
        return true;
    }
    static constexpr bool matches(std::span<std::byte const> stream) {
        if (stream.size() < bytes) return false;
        std::array<std::byte, 8> head{};
        std::copy_n(stream.data(), head.size(), head.data());
        return matches_head(std::bit_cast<std::uint64_t>(head));
    }

    // The stream holds at least `bytes` bytes.
    constexpr void load(std::span<std::byte const> stream) {
        if (std::is_constant_evaluated()) {
            byte_array copy{};
            std::copy_n(stream.data(), bytes, copy.data());
            words = std::bit_cast<word_array>(copy);
        } else {
            std::memcpy(words.data(), stream.data(), bytes);
        }
    }
    constexpr void store_to(std::span<std::byte> out) const {
        auto const copy = std::bit_cast<byte_array>(words);
        std::copy_n(copy.data(), bytes, out.data());
    }

    constexpr bool operator==(command const&) const = default;

private:
    template <class T>
    static constexpr bool is_negative(T value) {
        if constexpr (std::is_signed_v<T>) return value < 0;
        else return false;
    }
    constexpr void store(field_info const& f, std::uint64_t value, bool negative) {
        std::uint64_t const mask = low_bits(f.width), rest = ~(mask >> 1);
        bool const fits = negative ? (value & rest) == rest : (value & ~mask) == 0;
        if (!fits) throw_does_not_fit(name, f, value, negative);
        if (f.kind == field_kind::sub_op && !is_sub_op(value & mask)) throw_no_sub_op(name, f, value);
        write_bits(words, f.offset, f.width, value & mask);
    }
};

// A command type is a struct derived from command<...>, so that it has a short name.
template <class T>
concept command_type = requires(T const& c) {
    { T::name } -> std::convertible_to<std::string_view>;
    { T::bytes } -> std::convertible_to<unsigned>;
    { T::matches_head(std::uint64_t{}) } -> std::same_as<bool>;
    c.words;
};

} // namespace tpu_convert::isa

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/isa/command.inl>
#endif
