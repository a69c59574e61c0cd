// The files of detect: images to read, pictures and boxes to write.
#pragma once
#include "command.hpp"
#include "inputs.hpp"
#include <filesystem>
#include <string>
#include <tpu_convert/vision/boxes.hpp>
#include <vector>

namespace tpu_convert::apps {

struct named_box {
    vision::box box;
    std::string name;
};

// --input is an image, and --output one; or both are folders. All outputs appear at the end.
class detect_files {
public:
    explicit detect_files(arguments const& a);

    std::vector<std::filesystem::path> const& images() const { return images_; }
    bool is_folder() const { return folder_; }
    void add(std::filesystem::path const& image, std::vector<named_box> const& boxes);
    void commit();

private:
    std::filesystem::path picture_for(std::filesystem::path const& image) const;

    std::vector<std::filesystem::path> images_;
    std::filesystem::path output_, json_;
    bool folder_ = false;
    output_files files_;
    std::string json_text_;
};

} // namespace tpu_convert::apps
