// Splitting and joining of records: u8 magic, u8 length, u8 engine (low 4 bits), u8 flags, u32 mask, descriptor.
#pragma once
#include <string>
#include <tpu_convert/chip/cv18xx/command_buffer.hpp>
#include <tpu_convert/core/error.hpp>

namespace tpu_convert::cv18xx {

namespace detail {

inline constexpr std::size_t record_head = 8;
inline constexpr unsigned tiu_engine = 0, tdma_engine = 2;

[[noreturn]] TPU_CONVERT_INLINE void bad_record(std::size_t number, std::size_t at, std::string const& why) {
    throw model_error{error_code::file_damaged, "record " + std::to_string(number),
                      "at byte " + std::to_string(at) + " of the command buffer: " + why};
}

} // namespace detail

TPU_CONVERT_INLINE command_buffer split_records(std::span<std::byte const> bytes, record_sizes const& sizes) {
    command_buffer buffer;
    for (std::size_t at = 0; at < bytes.size();) {
        std::size_t const number = buffer.order.size() + 1, left = bytes.size() - at;
        if (left < detail::record_head) detail::bad_record(number, at, std::to_string(left) + " bytes are too few for a head");
        unsigned const magic = std::to_integer<unsigned>(bytes[at]), length = std::to_integer<unsigned>(bytes[at + 1]),
                       code = std::to_integer<unsigned>(bytes[at + 2]) & 15;
        if (magic != sizes.magic)
            detail::bad_record(number, at, "the head begins with " + std::to_string(magic) + ", this chip's with " +
                                               std::to_string(sizes.magic));
        if (code != detail::tiu_engine && code != detail::tdma_engine)
            detail::bad_record(number, at, "engine " + std::to_string(code) + " is neither TIU (0) nor TDMA (2)");
        isa::engine const e = code == detail::tiu_engine ? isa::engine::tiu : isa::engine::gdma;
        std::size_t const expected = e == isa::engine::tiu ? sizes.tiu_bytes : sizes.tdma_bytes;
        if (length != expected || left - detail::record_head < length)
            detail::bad_record(number, at, "a descriptor of " + std::to_string(length) + " bytes, expected " +
                                               std::to_string(expected) + " of " + std::to_string(left - detail::record_head));
        auto const first = bytes.begin() + static_cast<std::ptrdiff_t>(at + detail::record_head);
        auto& stream = e == isa::engine::tiu ? buffer.tiu : buffer.gdma;
        stream.insert(stream.end(), first, first + length);
        buffer.order.push_back(e);
        at += detail::record_head + length;
    }
    return buffer;
}

TPU_CONVERT_INLINE std::vector<std::byte> join_records(command_buffer const& buffer, record_sizes const& sizes) {
    std::vector<std::byte> bytes;
    bytes.reserve(buffer.tiu.size() + buffer.gdma.size() + buffer.order.size() * detail::record_head);
    std::size_t tiu = 0, gdma = 0;
    for (isa::engine e : buffer.order) {
        bool const is_tiu = e == isa::engine::tiu;
        std::size_t const length = is_tiu ? sizes.tiu_bytes : sizes.tdma_bytes;
        auto const& stream = is_tiu ? buffer.tiu : buffer.gdma;
        std::size_t& at = is_tiu ? tiu : gdma;
        if (stream.size() - at < length)
            throw model_error{error_code::internal, "command buffer", "its order names more commands than there are"};
        bytes.insert(bytes.end(), {std::byte{sizes.magic}, static_cast<std::byte>(length),
                                   static_cast<std::byte>(is_tiu ? detail::tiu_engine : detail::tdma_engine)});
        bytes.resize(bytes.size() + detail::record_head - 3);
        auto const first = stream.begin() + static_cast<std::ptrdiff_t>(at);
        bytes.insert(bytes.end(), first, first + static_cast<std::ptrdiff_t>(length));
        at += length;
    }
    return bytes;
}

} // namespace tpu_convert::cv18xx
