// What the clock says of a .bmodel file: text, JSON, a trace for Chrome's viewer, and a page with a timeline of both engines.
#pragma once
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/schedule/memory_plan.hpp>
#include <tpu_convert/simulate/clock_summary.hpp>

namespace tpu_convert::report {

// "1.234 ms"
std::string milliseconds(simulate::bmodel_time const& t, double cycles);
// "1.234 ms on BM1684X (estimated)": for summaries.
std::string estimate_text(simulate::bmodel_time const& t);

// Layers, or kinds of commands where the layers are not known.
std::string profile_text(simulate::bmodel_time const& t, simulate::time_summary const& s);
std::string profile_json(simulate::bmodel_time const& t, simulate::time_summary const& s);
// One event for each command, in the format of chrome://tracing and Perfetto.
std::string trace_json(simulate::bmodel_time const& t);
// The plan, where it is known, by positions in the summary's layers.
std::string timeline_html(simulate::bmodel_time const& t, simulate::time_summary const& s, memory_plan const& memory = {});

} // namespace tpu_convert::report

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/report/timeline.inl>
#include <tpu_convert/report/timeline_html.inl>
#endif
