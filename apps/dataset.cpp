// Which files are samples.
#include "dataset.hpp"
#include <algorithm>
#include <filesystem>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/preprocess.hpp>
#include <tpu_convert/quantize/text_lines.hpp>

namespace tpu_convert::apps {

namespace {

namespace fs = std::filesystem;

// How many images one run takes.
std::size_t images_at_once(graph const& g) {
    for (auto const v : g.inputs())
        if (auto const& dims = g[v].results[0].dims; takes_images(preprocess_from(g[v].preprocess), dims))
            return static_cast<std::size_t>(std::max<std::int64_t>(1, dims[0]));
    return 1;
}

std::vector<std::string> files_below(std::string const& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        throw model_error{error_code::file_missing, folder, "there is no such folder; --data_list takes a file"};
    std::vector<std::string> files;
    fs::recursive_directory_iterator at(folder, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        auto const& path = at->path();
        auto const suffix = path.extension();
        if (!at->is_directory(error) && (is_image_name(path) || suffix == ".npz" || suffix == ".npy"))
            files.push_back(path.string());
    }
    if (error) throw model_error{error_code::file_missing, folder, "the folder cannot be read (" + error.message() + ")"};
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

std::vector<sample_files> samples_in_folder(graph const& g, std::string const& folder) {
    std::size_t const batch = images_at_once(g);
    std::vector<sample_files> samples;
    sample_files images;
    for (auto const& file : files_below(folder)) {
        if (!is_image_name(file)) samples.push_back({file});
        else images.push_back(file);
        if (images.size() == batch) samples.push_back(std::exchange(images, {}));
    }
    if (images.empty()) return samples;
    images.resize(batch, images.back());
    samples.push_back(std::move(images));
    return samples;
}

std::vector<sample_files> samples_in_list(std::string const& list) {
    auto const text = detail::read_text(list, "list of samples");
    auto const folder = fs::path(list).parent_path();
    std::vector<sample_files> samples;
    detail::for_each_line(text, [&](std::size_t, std::string_view line) {
        sample_files files;
        for (auto const part : detail::split_at(line, ",")) {
            std::string const name(detail::trimmed(part));
            std::error_code error;
            if (name.empty()) continue;
            auto const beside = folder / name;
            files.push_back(!fs::exists(name, error) && fs::exists(beside, error) ? beside.string() : name);
        }
        if (!files.empty()) samples.push_back(std::move(files));
    });
    return samples;
}

std::vector<sample_files> samples_of(graph const& g, std::string const& folder, std::string const& list, std::size_t most) {
    if (folder.empty() == list.empty())
        throw model_error{error_code::usage, "--dataset", "give one of --dataset and --data_list"};
    auto samples = list.empty() ? samples_in_folder(g, folder) : samples_in_list(list);
    if (samples.empty())
        throw model_error{error_code::input_mismatch, list.empty() ? folder : list,
                          list.empty() ? "the folder has no image and no .npz or .npy file" : "the list names no file"};
    if (most && samples.size() > most) samples.resize(most);
    return samples;
}

} // namespace tpu_convert::apps
