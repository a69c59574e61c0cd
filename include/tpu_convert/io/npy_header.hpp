// The header of a .npy file: magic, version, and a Python dict of element type, order and shape.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>

namespace tpu_convert::detail {

struct npy_header {
    dtype type = dtype::f32;
    bool big_endian = false, unsigned_64 = false, fortran_order = false;
    shape dims;
    std::uint64_t data_bytes = 0;
};

inline constexpr std::size_t npy_preamble_bytes = 12; // the longest: magic 6, version 2, length 4

// Size of the header with everything before the data; `start` holds the file's first bytes.
std::size_t npy_header_bytes(std::span<std::byte const> start, std::string_view subject);
// `header` is of exactly that size.
npy_header parse_npy_header(std::span<std::byte const> header, std::string_view subject);
std::string format_npy_header(dtype type, shape const& dims);

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/io/npy_header.inl>
#endif
