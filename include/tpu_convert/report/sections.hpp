// Parts of a report's page about accuracy: what loses most, histograms, pictures.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/report/page.hpp>

namespace tpu_convert::report {

std::string histogram_svg(page_histogram const& h);
// Empty where the page has nothing of the kind.
std::string losses_html(page const& p);
std::string pictures_html(page const& p);

// An image file as part of a page.
page_picture picture_of(std::string caption, std::string media_type, std::span<std::byte const> bytes);

} // namespace tpu_convert::report

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/report/sections.inl>
#endif
