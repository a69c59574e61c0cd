// Files of detect.
#include "detect_files.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/draw.hpp>
#include <tpu_convert/io/preprocess.hpp>

namespace tpu_convert::apps {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> images_of(fs::path const& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (auto const& entry : fs::directory_iterator(folder, error))
        if (entry.is_regular_file(error) && is_image_name(entry.path())) found.push_back(entry.path());
    if (error) throw model_error{error_code::file_missing, folder.string(), "cannot read the folder: " + error.message()};
    if (found.empty()) throw model_error{error_code::file_missing, folder.string(), "the folder holds no image (jpg, png, bmp)"};
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

detect_files::detect_files(arguments const& a) : output_(a.text("output")), json_(a.text("json")) {
    if (output_.empty() && json_.empty())
        throw model_error{error_code::usage, "--output", "the command needs this, or --json; see --help"};
    fs::path const input = a.text("input");
    std::error_code error;
    folder_ = fs::is_directory(input, error);
    if (folder_) images_ = images_of(input);
    else images_ = {input};
    if (!folder_ && !is_image_name(input)) require_suffix(input.string(), {".jpg", ".jpeg", ".png", ".bmp"});
    if (!fs::exists(input, error)) throw model_error{error_code::file_missing, input.string(), "there is no such file"};
    if (!json_.empty()) require_suffix(json_.string(), {".json"});
    if (output_.empty()) return;
    if (folder_ && fs::exists(output_, error) && !fs::is_directory(output_, error))
        throw model_error{error_code::usage, "--output", "the input is a folder, so the output must be one"};
    if (!folder_ && fs::is_directory(output_, error)) output_ /= input.filename();
    if (!folder_ && !is_image_name(output_)) require_suffix(output_.string(), {".jpg", ".jpeg", ".png", ".bmp"});
}

fs::path detect_files::picture_for(fs::path const& image) const { return folder_ ? output_ / image.filename() : output_; }

void detect_files::add(fs::path const& image, std::vector<named_box> const& boxes) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (auto const& [b, name] : boxes)
        list.push_back({{"class", b.label}, {"name", name}, {"score", b.score}, {"box", {b.left, b.top, b.right, b.bottom}}});
    auto const key = nlohmann::json(image.filename().string()).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    json_text_ += (json_text_.empty() ? "{\n " : ",\n ") + key + ": " + list.dump();
    if (output_.empty()) return;
    std::vector<captioned_box> drawn;
    for (auto const& [b, name] : boxes)
        drawn.push_back({b.left, b.top, b.right, b.bottom, fmt::format("{} {:.2f}", name, b.score), b.label});
    auto const picture = picture_for(image);
    if (folder_) {
        std::error_code error;
        fs::create_directories(output_, error);
    }
    files_.add(picture).write(draw_boxes(image, drawn, picture.extension().string()));
}

void detect_files::commit() {
    if (!json_.empty()) files_.add(json_).write(json_text_.empty() ? "{}\n" : json_text_ + "\n}\n");
    files_.commit();
}

} // namespace tpu_convert::apps
