// A network as a layered drawing in SVG: operands above users, one row for each distance from the inputs.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/report/page.hpp>

namespace tpu_convert::report {

// Text for HTML or SVG.
std::string escaped(std::string_view text);
// "good", "fair", "poor" or "" where nothing was measured: the class of a box or of a table row.
std::string_view grade(std::optional<similarity> const& s);

// Empty for more than 2000 tensors.
std::string network_svg(std::span<page_tensor const> tensors);

} // namespace tpu_convert::report

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/report/drawing.inl>
#endif
