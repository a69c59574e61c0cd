// MD5 of a run of bytes: the check sum of a .cvimodel file.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tpu_convert/core/config.hpp>

namespace tpu_convert {

std::array<std::uint8_t, 16> md5(std::span<std::byte const> bytes);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/md5.inl>
#endif
