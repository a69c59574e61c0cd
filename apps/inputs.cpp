// Input files of a network.
#include "command.hpp"
#include "inputs.hpp"
#include <algorithm>
#include <cmath>
#include <tuple>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/preprocess.hpp>

namespace tpu_convert::apps {

namespace {

[[noreturn]] void mismatch(std::string const& subject, std::string const& why) {
    throw model_error{error_code::input_mismatch, subject, why};
}

bool ends_with_any(std::string const& file, std::vector<std::string> const& suffixes) {
    return std::any_of(suffixes.begin(), suffixes.end(), [&](auto const& s) { return file.ends_with(s); });
}

// The array in the input's shape: as it is, or one sample repeated over the batch.
array fit(array a, input_port const& input) {
    auto const count = element_count(a.dims), wanted = element_count(input.dims);
    std::int64_t const batch = input.dims.empty() ? 1 : input.dims[0];
    auto const rank = static_cast<std::ptrdiff_t>(std::min(a.dims.size(), input.dims.size())); // .cvimodel files add axes
    bool const same_rank = a.dims.size() <= input.dims.size() &&
                           std::all_of(input.dims.begin() + rank, input.dims.end(), [](auto d) { return d == 1; });
    bool const one_sample = same_rank && rank > 0 && a.dims[0] == 1 && count * batch == wanted;
    if (count != wanted && !one_sample)
        mismatch(input.name, "the given array has shape " + to_string(a.dims) + ", the network wants " + to_string(input.dims));
    auto const sample = a.bytes.size();
    if (count != wanted) a.bytes.resize(sample * static_cast<std::size_t>(batch));
    for (auto at = sample; at < a.bytes.size(); at += sample) std::copy_n(a.bytes.begin(), sample, a.bytes.begin() + at);
    a.dims = input.dims;
    return a;
}

void from_npz(std::vector<input_port> const& ports, std::string const& file, npz& inputs) {
    auto arrays = read_npz(file);
    bool const only = ports.size() == 1 && arrays.size() == 1;
    for (auto const& p : ports)
        if (auto a = arrays.take(only ? arrays.begin()->first : p.name)) inputs.set(p.name, fit(std::move(*a), p));
}

void all_given(std::vector<input_port> const& ports, auto const& given) {
    for (auto const& p : ports)
        if (!given(p.name)) mismatch(p.name, "no file gives this input (shape " + to_string(p.dims) + ")");
}

void from_images(graph const& g, std::vector<std::filesystem::path> const& files, tensor_map& inputs) {
    std::vector<graph::id> takers;
    auto const ids = g.inputs();
    auto const says = [&](auto v) {
        auto const found = g[v].preprocess.find("do_preprocess");
        return found != g[v].preprocess.end() && detail::restore_attribute<bool>("do_preprocess", found->second);
    };
    bool const some_say = std::any_of(ids.begin(), ids.end(), says);
    std::string why = "no input of the network takes an image";
    for (auto const v : ids) {
        auto const& [name, dims] = std::tie(g[v].results[0].name, g[v].results[0].dims);
        if (inputs.contains(name) || (some_say && !says(v))) continue;
        if (takes_images(preprocess_from(g[v].preprocess), dims)) takers.push_back(v);
        else if (dims.size() == 4 && (dims[3] == 1 || dims[3] == 3 || dims[3] == 4))
            why = "the channels of " + name + " " + to_string(dims) + " are its last axis; transform with --channel_format nhwc";
    }
    if (takers.empty()) mismatch(files[0].string(), why);
    bool const one_each = takers.size() > 1;
    if (one_each && takers.size() != files.size())
        mismatch(files[0].string(), std::to_string(files.size()) + " images are given for " + std::to_string(takers.size()) +
                 " inputs");
    for (std::size_t i = 0; i < takers.size(); ++i) {
        auto const& input = g[takers[i]].results[0];
        auto const options = preprocess_from(g[takers[i]].preprocess);
        check_preprocess(options, input.dims, input.name);
        auto const chosen = one_each ? std::span{files}.subspan(i, 1) : std::span{files};
        inputs.insert_or_assign(input.name, load_images(chosen, options, input.dims));
    }
}

} // namespace

void require_suffix(std::string const& file, std::vector<std::string> const& suffixes) {
    if (ends_with_any(file, suffixes)) return;
    if (is_image_name(file) && ends_with_any(".jpg", suffixes)) return; // .JPEG, as cameras and data sets write it
    std::string list;
    for (auto const& s : suffixes) list += (list.empty() ? "" : " or ") + s;
    throw model_error{error_code::file_suffix, file, "the file's name must end with " + list};
}

void require_input_file(std::string const& file, std::vector<std::string> const& suffixes) {
    require_suffix(file, suffixes);
    std::error_code error;
    if (!std::filesystem::exists(file, error)) throw model_error{error_code::file_missing, file, "there is no such file"};
    if (std::filesystem::is_directory(file, error))
        throw model_error{error_code::file_missing, file, "this is a folder, not a file"};
}

std::vector<input_port> ports_of(graph const& g) {
    std::vector<input_port> ports;
    for (auto const v : g.inputs()) ports.push_back({g[v].results[0].name, g[v].results[0].dims});
    return ports;
}

npz load_arrays(std::vector<input_port> const& ports, std::vector<std::string> const& files, bool all) {
    npz inputs;
    for (auto const& file : files) {
        require_input_file(file, {".npz", ".npy"});
        if (file.ends_with(".npz")) {
            from_npz(ports, file, inputs);
            continue;
        }
        auto const next = std::find_if(ports.begin(), ports.end(), [&](auto const& p) { return !inputs.find(p.name); });
        if (next == ports.end()) mismatch(file, "the network has no further input");
        inputs.set(next->name, fit(read_npy(file), *next));
    }
    if (all) all_given(ports, [&](std::string const& name) { return inputs.find(name) != nullptr; });
    return inputs;
}

tensor_map load_inputs(graph const& g, std::vector<std::string> const& files) {
    std::vector<std::filesystem::path> images;
    std::vector<std::string> others;
    for (auto const& file : files) {
        require_input_file(file, {".npz", ".npy", ".jpg", ".jpeg", ".png", ".bmp"});
        if (is_image_name(file)) images.emplace_back(file);
        else others.push_back(file);
    }
    tensor_map inputs;
    auto const ports = ports_of(g);
    for (auto const& [name, a] : load_arrays(ports, others, false)) inputs.emplace(name, to_tensor(a));
    if (!images.empty()) from_images(g, images, inputs);
    all_given(ports, [&](std::string const& name) { return inputs.contains(name); });
    return inputs;
}

npz to_npz(graph const& g, tensor_map const& tensors) {
    npz arrays;
    for (auto const v : g.order())
        for (auto const& r : g[v].results)
            if (auto const found = tensors.find(r.name); found != tensors.end()) arrays.set(r.name, from_tensor(found->second));
    return arrays;
}

std::vector<std::string> not_numbers(tensor_map const& tensors, graph const& g) {
    std::vector<std::string> found;
    for (auto const v : g.order())
        for (auto const& r : g[v].results)
            if (auto const t = tensors.find(r.name); t != tensors.end())
                if (auto const x = t->second.values(); std::any_of(x.begin(), x.end(), [](float f) { return std::isnan(f); }))
                    found.push_back(r.name);
    return found;
}

std::vector<std::string> names_of(npz const& arrays) {
    std::vector<std::string> names;
    for (auto const& [name, a] : arrays) names.push_back(name);
    return names;
}

std::vector<std::string> names_of(graph const& g) {
    std::vector<std::string> names;
    for (auto const v : g.order())
        for (auto const& r : g[v].results) names.push_back(r.name);
    return names;
}

void check_excepts(std::vector<std::string> const& excepts, std::vector<std::string> const& names) {
    for (auto const& name : excepts) {
        if (name == "-" || std::find(names.begin(), names.end(), name) != names.end()) continue;
        auto const like = nearest(name, names);
        throw model_error{error_code::unknown_tensor, "--excepts",
                          "there is no tensor '" + name + "'" + (like.empty() ? "" : "; did you mean " + like + "?")};
    }
}

void output_files::add_tensors(std::filesystem::path const& target, graph const& g, tensor_map const& tensors) {
    std::vector<array_view> views;
    for (auto const v : g.order())
        for (auto const& r : g[v].results)
            if (auto const t = tensors.find(r.name); t != tensors.end())
                views.push_back({r.name, dtype::f32, t->second.shape(), std::as_bytes(t->second.values())});
    write_npz(add(target), views);
}

} // namespace tpu_convert::apps
