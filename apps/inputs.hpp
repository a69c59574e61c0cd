// What transform, deploy and run share: input files of a network, and groups of output files.
#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/io/atomic_file.hpp>
#include <tpu_convert/io/npz.hpp>
#include <vector>

namespace tpu_convert::apps {

using tensor_map = std::map<std::string, tensor>;

struct input_port {
    std::string name;
    shape dims;
};
std::vector<input_port> ports_of(graph const& g);
// npz and npy files as arrays for the inputs, in their shapes, by one rule for networks and chips' files: arrays of an npz file
// by name (a single one serves a single input whatever its name; others are left out), npy files in the inputs' order.
// Throws input_mismatch, also if `all` and one is missing.
npz load_arrays(std::vector<input_port> const& ports, std::vector<std::string> const& files, bool all = true);
// The same with image files, as tensors.
tensor_map load_inputs(graph const& g, std::vector<std::string> const& files);
// A file's name must end so, and the file must exist.
void require_input_file(std::string const& file, std::vector<std::string> const& suffixes);
void require_suffix(std::string const& file, std::vector<std::string> const& suffixes);

// In the network's order; those that the map lacks are left out.
npz to_npz(graph const& g, tensor_map const& tensors);
// Throws unknown_tensor for a name that is not there.
void check_excepts(std::vector<std::string> const& excepts, std::vector<std::string> const& names);
std::vector<std::string> names_of(npz const& arrays);
std::vector<std::string> names_of(graph const& g);
// Names of tensors that hold NaN.
std::vector<std::string> not_numbers(tensor_map const& tensors, graph const& g);

// Files that appear together, when all of them are complete.
class output_files {
public:
    atomic_file& add(std::filesystem::path const& target) {
        return *files_.emplace_back(std::make_unique<atomic_file>(target));
    }
    // Without copies of the tensors; in the network's order.
    void add_tensors(std::filesystem::path const& target, graph const& g, tensor_map const& tensors);
    void commit() {
        for (auto& f : files_) f->commit();
    }

private:
    std::vector<std::unique_ptr<atomic_file>> files_;
};

class stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

} // namespace tpu_convert::apps
