#pragma once
#include <openssl/evp.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/digest.hpp>

namespace tpu_convert {

namespace detail {

template <std::size_t Size>
std::array<std::uint8_t, Size> digest_of(std::span<std::byte const> bytes, EVP_MD const* kind) {
    std::array<std::uint8_t, Size> digest{};
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, kind, nullptr) != 1)
        throw model_error{error_code::internal, "digest", "the cryptographic library refuses to compute it"};
    return digest;
}

} // namespace detail

TPU_CONVERT_INLINE std::array<std::uint8_t, 16> md5(std::span<std::byte const> bytes) {
    return detail::digest_of<16>(bytes, EVP_md5());
}

TPU_CONVERT_INLINE std::array<std::uint8_t, 32> sha256(std::span<std::byte const> bytes) {
    return detail::digest_of<32>(bytes, EVP_sha256());
}

} // namespace tpu_convert
