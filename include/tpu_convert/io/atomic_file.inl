// atomic_file: POSIX files, because only close() and write() tell of a full disk.
#pragma once
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <unistd.h>
#include <utility>

namespace tpu_convert {

namespace detail {

// The first error number, 0 if all was written.
inline int write_all(int file, std::span<std::byte const> bytes) {
    while (!bytes.empty()) {
        ::ssize_t const n = ::write(file, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return n < 0 ? errno : EIO;
        bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
    return 0;
}

} // namespace detail

TPU_CONVERT_INLINE atomic_file::atomic_file(std::filesystem::path target) : target_(std::move(target)) {
    static std::atomic<unsigned> serial{0};
    std::error_code error;
    auto const status = std::filesystem::status(target_, error);
    if (std::filesystem::is_directory(status)) fail("open", EISDIR);
    special_ = std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
    auto const end = std::to_string(::getpid()) + "." + std::to_string(serial++) + ".part";
    auto const folder = special_ ? std::filesystem::temp_directory_path() : target_.parent_path();
    temporary_ = folder / ("." + target_.filename().string() + "." + end);
}

TPU_CONVERT_INLINE atomic_file::~atomic_file() {
    if (file_ >= 0) ::close(file_);
    std::error_code ignored;
    if (!committed_) std::filesystem::remove(temporary_, ignored);
}

TPU_CONVERT_INLINE void atomic_file::fail(std::string_view doing, int error) const {
    throw model_error{error_code::file_write, target_.string(),
                      "cannot " + std::string(doing) + " the file (" + std::strerror(error) + "); nothing was left behind"};
}

TPU_CONVERT_INLINE void atomic_file::open() {
    file_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file_ < 0) fail("create", errno);
}

TPU_CONVERT_INLINE void atomic_file::write(std::span<std::byte const> bytes) {
    if (file_ < 0) open();
    if (int const error = detail::write_all(file_, bytes)) fail("write", error);
}

TPU_CONVERT_INLINE void atomic_file::copy_to_target() const {
    int const from = ::open(temporary_.c_str(), O_RDONLY | O_CLOEXEC), to = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC);
    int error = from < 0 || to < 0 ? errno : 0;
    std::byte buffer[65536];
    while (!error) {
        auto const n = ::read(from, buffer, sizeof buffer);
        if (n <= 0) break;
        error = detail::write_all(to, {buffer, static_cast<std::size_t>(n)});
    }
    if (from >= 0) ::close(from);
    if (to >= 0 && ::close(to) && !error) error = errno;
    if (error) fail("write", error);
}

TPU_CONVERT_INLINE void atomic_file::commit() {
    if (file_ < 0 && !std::filesystem::exists(temporary_)) open();
    if (file_ >= 0 && ::close(std::exchange(file_, -1))) fail("write", errno);
    if (special_) return copy_to_target(); // the temporary goes with the object
    if (::rename(temporary_.c_str(), target_.c_str())) fail("rename", errno);
    committed_ = true;
}

TPU_CONVERT_INLINE void write_file(std::filesystem::path const& target, std::span<std::byte const> bytes) {
    atomic_file file{target};
    file.write(bytes);
    file.commit();
}

} // namespace tpu_convert
