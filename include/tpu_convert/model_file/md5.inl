#pragma once
#include <openssl/evp.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/md5.hpp>

namespace tpu_convert {

TPU_CONVERT_INLINE std::array<std::uint8_t, 16> md5(std::span<std::byte const> bytes) {
    std::array<std::uint8_t, 16> digest{};
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_md5(), nullptr) != 1)
        throw model_error{error_code::internal, "md5", "the cryptographic library refuses to compute it"};
    return digest;
}

} // namespace tpu_convert
