#pragma once
#include <openssl/evp.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/sha256.hpp>

namespace tpu_convert {

TPU_CONVERT_INLINE std::array<std::uint8_t, 32> sha256(std::span<std::byte const> bytes) {
    std::array<std::uint8_t, 32> digest{};
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
        throw model_error{error_code::internal, "sha256", "the cryptographic library refuses to compute it"};
    return digest;
}

} // namespace tpu_convert
