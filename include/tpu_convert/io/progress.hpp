// A bar with the time left, on a terminal only.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>

namespace tpu_convert {

class progress_bar {
public:
    explicit progress_bar(std::string title);
    ~progress_bar(); // clears the line
    progress_bar(progress_bar const&) = delete;
    progress_bar& operator=(progress_bar const&) = delete;

    void show(std::size_t done, std::size_t total, std::string_view what = "");

private:
    using clock = std::chrono::steady_clock;

    std::string title_;
    bool terminal_, drawn_ = false;
    clock::time_point start_, last_;
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/io/progress.inl>
#endif
