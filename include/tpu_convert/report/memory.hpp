// What lies where in a chip's memories and when, as pictures: operators to the right, addresses upwards, a rectangle a tensor.
#pragma once
#include <span>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/schedule/memory_plan.hpp>
#include <vector>

namespace tpu_convert::report {

// A text without any buffer or with too many for a page is empty.
std::string memory_svg(std::span<planned_buffer const> buffers, std::span<std::string const> nodes, std::uint64_t bytes);
// Both memories with their headings; nodes: names of what runs, in order.
std::string memory_html(memory_plan const& m, std::span<std::string const> nodes);
// The rules of both pictures for a page's style.
std::string_view memory_style();

} // namespace tpu_convert::report

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/report/memory.inl>
#endif
