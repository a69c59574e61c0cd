// A report as JSON, for scripts.
#pragma once
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/report/page.hpp>

namespace tpu_convert::report {

std::string to_json(page const& p);

} // namespace tpu_convert::report

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/report/json.inl>
#endif
