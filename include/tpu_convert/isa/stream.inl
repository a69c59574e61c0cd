#pragma once
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/isa/stream.hpp>

namespace tpu_convert::isa {

namespace detail {

TPU_CONVERT_INLINE std::string place(engine e, position at) {
    return std::string(name_of(e)) + " command " + std::to_string(at.index) + " at byte " + std::to_string(at.offset);
}

} // namespace detail

TPU_CONVERT_INLINE void throw_unknown_command(engine e, position at, std::span<std::byte const> stream) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (std::size_t i = 0; i < stream.size() && i < 8; ++i) {
        auto const b = std::to_integer<unsigned>(stream[i]);
        hex += {digits[b >> 4], digits[b & 15]};
    }
    throw model_error{error_code::machine_fault, detail::place(e, at), "no command of this chip begins with the bytes " + hex};
}

TPU_CONVERT_INLINE void throw_truncated(engine e, position at, std::string_view command, std::size_t needed,
                                        std::size_t left) {
    throw model_error{error_code::machine_fault, detail::place(e, at),
                      std::string(command) + " is cut off: it has " + std::to_string(needed) + " bytes, the stream " +
                          std::to_string(left) + " more"};
}

} // namespace tpu_convert::isa
