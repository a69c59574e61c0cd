// A file that appears whole or not at all: written under another name, renamed when it is complete.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <tpu_convert/core/config.hpp>

namespace tpu_convert {

class atomic_file {
public:
    // A target that is no regular file (a device, a pipe) is written at the end, from a temporary elsewhere.
    explicit atomic_file(std::filesystem::path target);
    ~atomic_file();
    atomic_file(atomic_file const&) = delete;
    atomic_file& operator=(atomic_file const&) = delete;

    void write(std::span<std::byte const> bytes);
    void write(std::string_view text) { write(std::as_bytes(std::span{text.data(), text.size()})); }
    // For writers that open the file themselves, instead of write().
    std::filesystem::path const& temporary() const { return temporary_; }
    std::filesystem::path const& target() const { return target_; }
    void commit();

private:
    [[noreturn]] void fail(std::string_view doing, int error) const;
    void open();
    void copy_to_target() const;

    std::filesystem::path target_, temporary_;
    bool special_ = false, committed_ = false;
    int file_ = -1;
};

// All of `bytes` at once.
void write_file(std::filesystem::path const& target, std::span<std::byte const> bytes);
inline void write_file(std::filesystem::path const& target, std::string_view text) {
    write_file(target, std::as_bytes(std::span{text.data(), text.size()}));
}

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/io/atomic_file.inl>
#endif
