// Samples for calibration: folders of images and arrays, and lists of files.
#pragma once
#include "command.hpp"
#include <string>
#include <tpu_convert/graph/graph.hpp>
#include <vector>

namespace tpu_convert::apps {

// The files of one sample: images, .npy or .npz, as load_inputs takes them.
using sample_files = std::vector<std::string>;

// The folder's files in the order of their names, sub-folders included; others than images and arrays are passed over. Images for
// an input of several are put together, the last sample is filled with its last image.
std::vector<sample_files> samples_in_folder(graph const& g, std::string const& folder);
// One sample a line, files parted by commas; names count from the current folder or from the list's.
std::vector<sample_files> samples_in_list(std::string const& list);

// Throws input_mismatch if there is none.
std::vector<sample_files> samples_of(graph const& g, std::string const& folder, std::string const& list, std::size_t most);

} // namespace tpu_convert::apps
