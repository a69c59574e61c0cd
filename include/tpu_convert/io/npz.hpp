// Named arrays in numpy's .npz and .npy files.
#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <utility>
#include <vector>

namespace tpu_convert {

// Elements are little-endian and row-major.
struct array {
    dtype type = dtype::f32;
    shape dims;
    std::vector<std::byte> bytes;
};

// Bytes that belong to somebody else.
struct array_view {
    std::string name;
    dtype type = dtype::f32;
    shape dims;
    std::span<std::byte const> bytes;
};

// Arrays by name, in the file's order.
class npz {
public:
    using entry = std::pair<std::string, array>;

    // Replaces an array of the same name.
    void set(std::string name, array a);
    array const* find(std::string_view name) const;
    // Throws unknown_tensor, naming `file`.
    array const& at(std::string_view name, std::string_view file = "") const;
    // Moves the array out; its entry stays, empty.
    std::optional<array> take(std::string_view name);
    std::size_t size() const { return entries_.size(); }
    bool empty() const { return entries_.empty(); }
    auto begin() const { return entries_.begin(); }
    auto end() const { return entries_.end(); }

private:
    std::vector<entry> entries_;
};

// bfloat16 is stored as its bits in uint16, which is what numpy can hold. uint64 is read as int64 if its values fit.
npz read_npz(std::filesystem::path const& path);
npz read_npz(std::span<std::byte const> bytes, std::string_view subject);
// Uncompressed, with constant time stamps: the same arrays give the same bytes.
void write_npz(std::filesystem::path const& path, npz const& arrays);
// The file must be committed by the caller.
void write_npz(atomic_file& file, std::span<array_view const> arrays);

array read_npy(std::filesystem::path const& path);
array parse_npy(std::span<std::byte const> bytes, std::string_view subject);
void write_npy(std::filesystem::path const& path, array const& a);

// Each element as a float; from_tensor rounds to nearest even and saturates integers.
tensor to_tensor(array const& a);
array from_tensor(tensor const& t, dtype as = dtype::f32);
// Each element; 64-bit integers beyond 2^53 are rounded, all else is exact.
std::vector<double> to_numbers(array const& a);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/io/array_convert.inl>
#include <tpu_convert/io/npz.inl>
#endif
