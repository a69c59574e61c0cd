// A report as JSON, for scripts and for programs that add to it.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/report/page.hpp>

namespace tpu_convert::report {

std::string to_json(page const& p);
// What to_json wrote. Throws file_damaged, naming `subject`.
page from_json(std::string_view text, std::string_view subject);

// HTML or JSON by the file's suffix; any other is an error before work begins.
void check_report_name(std::filesystem::path const& path);
void write_report(std::filesystem::path const& path, page const& p);

} // namespace tpu_convert::report

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/report/json.inl>
#endif
