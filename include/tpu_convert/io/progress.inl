// progress_bar: redrawn at most ten times a second.
#pragma once
#include <algorithm>
#include <fmt/core.h>
#include <tpu_convert/io/progress.hpp>
#include <unistd.h>
#include <utility>

namespace tpu_convert {

TPU_CONVERT_INLINE progress_bar::progress_bar(std::string title)
    : title_(std::move(title)), terminal_(::isatty(STDERR_FILENO) == 1), start_(clock::now()),
        last_(start_ - std::chrono::hours(1)) {}

TPU_CONVERT_INLINE progress_bar::~progress_bar() {
    if (drawn_) std::fputs("\r\033[K", stderr);
}

TPU_CONVERT_INLINE void progress_bar::show(std::size_t done, std::size_t total, std::string_view what) {
    auto const now = clock::now();
    if (!terminal_ || total == 0 || (now - last_ < std::chrono::milliseconds(100) && done < total)) return;
    last_ = now;
    drawn_ = true;
    constexpr std::size_t width = 24;
    std::size_t const filled = std::min(width, width * done / total);
    double const passed = std::chrono::duration<double>(now - start_).count();
    double const left = done ? passed * static_cast<double>(total - std::min(done, total)) / static_cast<double>(done) : 0;
    fmt::print(stderr, "\r\033[K{} [{}{}] {}/{} {:.0f} s left {}", title_, std::string(filled, '#'),
               std::string(width - filled, '.'), done,
               total, left, what.substr(0, 40));
    std::fflush(stderr);
}

} // namespace tpu_convert
