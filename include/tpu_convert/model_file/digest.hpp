// Check sums of sections: SHA-256 in .bmodel files, MD5 in .cvimodel files.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tpu_convert/core/config.hpp>

namespace tpu_convert {

std::array<std::uint8_t, 16> md5(std::span<std::byte const> bytes);
std::array<std::uint8_t, 32> sha256(std::span<std::byte const> bytes);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/digest.inl>
#endif
