#pragma once
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/model_file/mapped_file.hpp>
#include <unistd.h>

namespace tpu_convert {

TPU_CONVERT_INLINE blob map_file(std::filesystem::path const& path) {
    auto fail = [&](std::string const& what) { throw model_error{error_code::file_missing, path.string(), what}; };
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) fail("cannot be opened: " + std::generic_category().message(errno));
    struct stat status {};
    bool const regular = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    auto const size = static_cast<std::size_t>(status.st_size);
    void* const at = regular && size ? ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0) : nullptr;
    int const problem = errno;
    ::close(file);
    if (!regular) fail("is not a regular file");
    if (size == 0) return {};
    if (at == MAP_FAILED) fail("cannot be mapped: " + std::generic_category().message(problem));
    std::shared_ptr<void const> owner(at, [size](void const* p) { ::munmap(const_cast<void*>(p), size); });
    return {std::span(static_cast<std::byte const*>(at), size), std::move(owner)};
}

} // namespace tpu_convert
