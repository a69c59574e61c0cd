// Listings of a .cvimodel file.
#pragma once
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/model_file/cvimodel/file.hpp>

namespace tpu_convert::cvimodel {

std::string version_text(file const& f); // 1.4.0
// Inputs, outputs, routines and sections; with `all` every tensor and weight.
std::string info_text(file const& f, bool all);
// Everything but the bytes of sections.
std::string json_text(file const& f);

} // namespace tpu_convert::cvimodel

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/model_file/cvimodel/inspect.inl>
#include <tpu_convert/model_file/cvimodel/json.inl>
#endif
