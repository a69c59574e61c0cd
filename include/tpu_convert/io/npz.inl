// npz: libzip reads and writes the archive; nothing is allocated on a header's word alone.
#pragma once
#include <algorithm>
#include <cstring>
#include <fstream>
#include <memory>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/io/npy_header.hpp>
#include <tpu_convert/io/npz.hpp>
#include <zip.h>

namespace tpu_convert {

namespace detail {

struct zip_closer {
    void operator()(zip_t* z) const { zip_discard(z); }
    void operator()(zip_file_t* f) const { zip_fclose(f); }
};
using zip_archive = std::unique_ptr<zip_t, zip_closer>;
using zip_member = std::unique_ptr<zip_file_t, zip_closer>;

[[noreturn]] TPU_CONVERT_INLINE void npz_damaged(std::string_view subject, std::string const& why) {
    throw model_error{error_code::file_damaged, subject, "this is no usable .npz file: " + why};
}

// Grows as the data arrives, so that a false size costs nothing.
TPU_CONVERT_INLINE std::vector<std::byte> read_member(zip_file_t* file, std::uint64_t claimed, std::string const& subject) {
    std::vector<std::byte> bytes;
    constexpr std::uint64_t step = std::uint64_t{64} << 20;
    while (bytes.size() < claimed) {
        std::size_t const old = bytes.size();
        bytes.resize(old + static_cast<std::size_t>(std::min(claimed - old, step)));
        auto const got = zip_fread(file, bytes.data() + old, bytes.size() - old);
        if (got <= 0) npz_damaged(subject, "the array's data is cut off or does not unpack");
        bytes.resize(old + static_cast<std::size_t>(got));
    }
    return bytes;
}

// Big-endian to little-endian, in place.
TPU_CONVERT_INLINE void swap_bytes(std::vector<std::byte>& bytes, std::size_t width) {
    for (std::size_t i = 0; i + width <= bytes.size(); i += width)
        std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(i), bytes.begin() + static_cast<std::ptrdiff_t>(i + width));
}

// First index fastest -> last index fastest.
TPU_CONVERT_INLINE std::vector<std::byte> to_row_major(std::vector<std::byte> const& from, shape const& dims, std::size_t width) {
    std::vector<std::byte> to(from.size());
    shape index(dims.size(), 0), stride(dims.size(), 1);
    for (std::size_t d = 1; d < dims.size(); ++d) stride[d] = stride[d - 1] * dims[d - 1];
    std::int64_t source = 0;
    for (std::size_t at = 0; at < to.size(); at += width) {
        std::memcpy(to.data() + at, from.data() + static_cast<std::size_t>(source) * width, width);
        for (std::size_t d = dims.size(); d-- > 0;) {
            source += stride[d];
            if (++index[d] < dims[d]) break;
            source -= stride[d] * dims[d];
            index[d] = 0;
        }
    }
    return to;
}

TPU_CONVERT_INLINE array make_array(npy_header header, std::vector<std::byte> data, std::string_view subject) {
    std::size_t const width = bytes_of(header.type);
    if (header.big_endian) swap_bytes(data, width);
    if (header.fortran_order && header.dims.size() > 1) data = to_row_major(data, header.dims, width);
    for (std::size_t i = 7; header.unsigned_64 && i < data.size(); i += 8)
        if (std::to_integer<int>(data[i]) & 0x80)
            throw model_error{error_code::file_damaged, subject, "a uint64 value is 2^63 or more; store the array as int64"};
    return {header.type, std::move(header.dims), std::move(data)};
}

// After the first bytes (`data`), `more` reads the rest.
template <class ReadMore>
array read_array(std::uint64_t file_bytes, std::string const& subject, ReadMore&& more) {
    auto header = more(std::min<std::uint64_t>(file_bytes, npy_preamble_bytes));
    std::size_t const header_bytes = npy_header_bytes(header, subject);
    if (header_bytes < header.size() || header_bytes > file_bytes) npz_damaged(subject, "the array's header is cut off");
    auto const rest = more(header_bytes - header.size());
    header.insert(header.end(), rest.begin(), rest.end());
    auto parsed = parse_npy_header(header, subject);
    if (parsed.data_bytes != file_bytes - header_bytes)
        npz_damaged(subject, "shape " + to_string(parsed.dims) + " needs " + std::to_string(parsed.data_bytes) +
                    " bytes, the array has " +
                                 std::to_string(file_bytes - header_bytes));
    auto data = more(parsed.data_bytes);
    return make_array(std::move(parsed), std::move(data), subject);
}

TPU_CONVERT_INLINE npz read_archive(zip_t* archive, std::uint64_t file_bytes, std::string const& subject) {
    npz arrays;
    std::uint64_t packed = 0;
    auto const count = zip_get_num_entries(archive, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t s;
        zip_stat_init(&s);
        constexpr auto needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
        if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &s) || (s.valid & needed) != needed)
            npz_damaged(subject, "its directory is broken");
        packed += s.comp_size; // members that overlap claim more than the file has
        if (s.comp_size > file_bytes || packed > file_bytes || s.size > s.comp_size * 1040 + 1024)
            npz_damaged(subject, "a member claims more data than the file can hold");
        std::string name = s.name;
        if (!name.ends_with(".npy")) npz_damaged(subject, "its member '" + name + "' is no .npy array");
        zip_member const member{zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0)};
        if (!member) npz_damaged(subject, "its member '" + name + "' cannot be opened (" + zip_strerror(archive) + ")");
        auto const about = subject + " (" + name + ")";
        auto a = read_array(s.size, about, [&](std::uint64_t n) { return read_member(member.get(), n, about); });
        std::byte past_end;
        if (zip_fread(member.get(), &past_end, 1) != 0) npz_damaged(about, "the array's checksum is wrong");
        name.resize(name.size() - 4);
        arrays.set(std::move(name), std::move(a));
    }
    return arrays;
}

TPU_CONVERT_INLINE std::string zip_failure(zip_error_t& e) {
    std::string text = zip_error_strerror(&e);
    zip_error_fini(&e);
    return text;
}

} // namespace detail

TPU_CONVERT_INLINE void npz::set(std::string name, array a) {
    for (auto& e : entries_)
        if (e.first == name) return void(e.second = std::move(a));
    entries_.emplace_back(std::move(name), std::move(a));
}

TPU_CONVERT_INLINE array const* npz::find(std::string_view name) const {
    for (auto const& e : entries_)
        if (e.first == name) return &e.second;
    return nullptr;
}

TPU_CONVERT_INLINE std::optional<array> npz::take(std::string_view name) {
    for (auto& e : entries_)
        if (e.first == name) return std::exchange(e.second, array{});
    return std::nullopt;
}

TPU_CONVERT_INLINE array const& npz::at(std::string_view name, std::string_view file) const {
    if (auto const* a = find(name)) return *a;
    std::string have;
    for (std::size_t i = 0; i < entries_.size() && i < 8; ++i) have += (i ? ", " : "") + entries_[i].first;
    throw model_error{error_code::unknown_tensor, name,
                      "there is no such array in " + (file.empty() ? "the file" : std::string(file)) + "; it has " +
                          (have.empty() ? "none" : have)};
}

TPU_CONVERT_INLINE npz read_npz(std::filesystem::path const& path) {
    std::error_code missing;
    auto const bytes = std::filesystem::file_size(path, missing);
    if (missing) throw model_error{error_code::file_missing, path.string(), "cannot read the file (" + missing.message() + ")"};
    int error = 0;
    detail::zip_archive const archive{zip_open(path.c_str(), ZIP_RDONLY, &error)};
    if (!archive) {
        zip_error_t e;
        zip_error_init_with_code(&e, error);
        detail::npz_damaged(path.string(), detail::zip_failure(e));
    }
    return detail::read_archive(archive.get(), bytes, path.string());
}

TPU_CONVERT_INLINE npz read_npz(std::span<std::byte const> bytes, std::string_view subject) {
    zip_error_t e;
    zip_error_init(&e);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &e);
    detail::zip_archive const archive{source ? zip_open_from_source(source, ZIP_RDONLY, &e) : nullptr};
    if (!archive) {
        if (source) zip_source_free(source);
        detail::npz_damaged(subject, detail::zip_failure(e));
    }
    return detail::read_archive(archive.get(), bytes.size(), std::string(subject));
}

// The member's bytes are read when the archive is closed. False if libzip refuses it.
namespace detail {

TPU_CONVERT_INLINE bool add_member(zip_t* archive, array_view const& a, std::string& header) {
    auto const fragment = [](void const* data, std::size_t size) {
        return zip_buffer_fragment_t{const_cast<zip_uint8_t*>(static_cast<zip_uint8_t const*>(data)), size};
    };
    header = format_npy_header(a.type, a.dims);
    zip_buffer_fragment_t const parts[2] = {fragment(header.data(), header.size()), fragment(a.bytes.data(), a.bytes.size())};
    zip_error_t e;
    zip_error_init(&e);
    auto* source = zip_source_buffer_fragment_create(parts, a.bytes.empty() ? 1 : 2, 0, &e);
    auto const at = source ? zip_file_add(archive, (a.name + ".npy").c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (at < 0 && source) zip_source_free(source);
    auto const index = static_cast<zip_uint64_t>(at);
    return at >= 0 && zip_set_file_compression(archive, index, ZIP_CM_STORE, 0) == 0 &&
           zip_file_set_dostime(archive, index, 0, 0x21, 0) == 0; // 1980-01-01
}

} // namespace detail

TPU_CONVERT_INLINE void write_npz(atomic_file& file, std::span<array_view const> arrays) {
    if (arrays.empty()) // libzip deletes an archive without members
        return file.write(std::string_view("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22));
    int code = 0;
    detail::zip_archive archive{zip_open(file.temporary().c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code)};
    bool good = archive != nullptr;
    std::vector<std::string> headers(arrays.size()); // they must live until the archive is closed
    for (std::size_t i = 0; good && i < arrays.size(); ++i) good = detail::add_member(archive.get(), arrays[i], headers[i]);
    if (good && zip_close(archive.get()) == 0) return void(archive.release());
    throw model_error{error_code::file_write, file.target().string(),
                      std::string("cannot write the file (") + (archive ? zip_strerror(archive.get()) : std::strerror(errno)) +
                          "); nothing was left behind"};
}

TPU_CONVERT_INLINE void write_npz(std::filesystem::path const& path, npz const& arrays) {
    std::vector<array_view> views;
    for (auto const& [name, a] : arrays) views.push_back({name, a.type, a.dims, a.bytes});
    atomic_file file{path};
    write_npz(file, views);
    file.commit();
}

TPU_CONVERT_INLINE array parse_npy(std::span<std::byte const> bytes, std::string_view subject) {
    return detail::read_array(bytes.size(), std::string(subject), [&](std::uint64_t n) {
        auto const part = bytes.first(static_cast<std::size_t>(n));
        bytes = bytes.subspan(part.size());
        return std::vector<std::byte>(part.begin(), part.end());
    });
}

TPU_CONVERT_INLINE array read_npy(std::filesystem::path const& path) {
    std::error_code missing;
    auto const bytes = std::filesystem::file_size(path, missing);
    std::ifstream file(path, std::ios::binary);
    if (missing || !file) throw model_error{error_code::file_missing, path.string(), "cannot read the file"};
    return detail::read_array(bytes, path.string(), [&](std::uint64_t n) {
        std::vector<std::byte> part(static_cast<std::size_t>(n)); // at most the file's size
        if (!file.read(reinterpret_cast<char*>(part.data()), static_cast<std::streamsize>(n)))
            detail::npz_damaged(path.string(), "it cannot be read to its end");
        return part;
    });
}

TPU_CONVERT_INLINE void write_npy(std::filesystem::path const& path, array const& a) {
    atomic_file file{path};
    file.write(detail::format_npy_header(a.type, a.dims));
    file.write(a.bytes);
    file.commit();
}

} // namespace tpu_convert
