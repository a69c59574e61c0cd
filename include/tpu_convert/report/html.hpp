// A report as one HTML page that needs nothing beside it.
#pragma once
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/report/page.hpp>

namespace tpu_convert::report {

std::string to_html(page const& p);

} // namespace tpu_convert::report

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/report/html.inl>
#endif
