// Raw images as the network's inputs: layout, order of channels, mean and scale become operators of the network.
#pragma once
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/pass/raw_image_format.hpp>
#include <vector>

namespace tpu_convert {

// Of TPU-MLIR's names, such as RGB_PLANAR; an empty name is the network's own order, planar.
raw_image_format raw_image_format_named(std::string_view name);

// Each input that is an image becomes `<name>_raw`, whose preprocessing is to do nothing more than decode, resize and cut.
// Gives the names of the tensors that are made in floating point, in every type of network: the scaled images among them.
std::vector<std::string> fuse_preprocess(graph& g, raw_image_format const& format);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/pass/fuse_preprocess.inl>
#endif
