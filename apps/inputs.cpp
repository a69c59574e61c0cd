// Input files of a network.
#include "command.hpp"
#include "inputs.hpp"
#include <algorithm>
#include <cmath>
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
tensor fit(array const& a, value const& input) {
    auto t = to_tensor(a);
    auto const wanted = element_count(input.dims);
    std::int64_t const batch = input.dims.empty() ? 1 : input.dims[0];
    if (t.size() == wanted) return t.reshape(input.dims), t;
    bool const one_sample = t.rank() == input.dims.size() && t.rank() > 0 && t.dim(0) == 1 && t.size() * batch == wanted;
    if (!one_sample)
        mismatch(input.name, "the given array has shape " + to_string(t.shape()) + ", the network wants " +
                 to_string(input.dims));
    tensor out{input.dims};
    for (std::int64_t n = 0; n < batch; ++n) std::copy_n(t.data(), t.size(), out.data() + n * t.size());
    return out;
}

void from_npz(graph const& g, std::string const& file, tensor_map& inputs) {
    auto const arrays = read_npz(file);
    auto const ids = g.inputs();
    for (auto const v : ids) {
        auto const& input = g[v].results[0];
        bool const only = ids.size() == 1 && arrays.size() == 1;
        if (only) inputs.insert_or_assign(input.name, fit(arrays.begin()->second, input));
        else if (auto const* a = arrays.find(input.name)) inputs.insert_or_assign(input.name, fit(*a, input));
    }
}

void from_images(graph const& g, std::vector<std::filesystem::path> const& files, tensor_map& inputs) {
    std::vector<graph::id> takers;
    for (auto const v : g.inputs())
        if (!inputs.contains(g[v].results[0].name) && takes_images(preprocess_from(g[v].preprocess), g[v].results[0].dims))
            takers.push_back(v);
    if (takers.empty()) mismatch(files[0].string(), "no input of the network takes an image");
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

tensor_map load_inputs(graph const& g, std::vector<std::string> const& files) {
    tensor_map inputs;
    std::vector<std::filesystem::path> images;
    for (auto const& file : files) {
        if (is_image_name(file)) {
            images.emplace_back(file);
            continue;
        }
        require_input_file(file, {".npz", ".npy", ".jpg", ".jpeg", ".png", ".bmp"});
        if (file.ends_with(".npz")) {
            from_npz(g, file, inputs);
            continue;
        }
        auto const array = read_npy(file);
        auto const ids = g.inputs();
        auto const next = std::find_if(ids.begin(), ids.end(), [&](auto v) { return !inputs.contains(g[v].results[0].name); });
        if (next == ids.end()) mismatch(file, "the network has no further input");
        inputs.insert_or_assign(g[*next].results[0].name, fit(array, g[*next].results[0]));
    }
    if (!images.empty()) from_images(g, images, inputs);
    for (auto const v : g.inputs())
        if (auto const& input = g[v].results[0]; !inputs.contains(input.name))
            mismatch(input.name, "no file gives this input (shape " + to_string(input.dims) + ")");
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
