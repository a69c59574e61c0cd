// detect: a detector's boxes on images, by the float reference or by the machine of a chip.
#include "command.hpp"
#include "detect_files.hpp"
#include "inputs.hpp"
#include "session.hpp"
#include <algorithm>
#include <fmt/core.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/draw.hpp>
#include <tpu_convert/io/progress.hpp>
#include <tpu_convert/vision/coco.hpp>
#include <tpu_convert/vision/registry.hpp>

namespace tpu_convert::apps {

namespace {

namespace fs = std::filesystem;

struct detect_request {
    vision::detector_functions family;
    preprocess_options preprocessing;
    shape input_dims;
    float threshold = 0;
    double iou = 0;
};

double fraction(arguments const& a, std::string_view name) {
    auto const given = a.numbers(name);
    if (given.size() == 1 && given[0] >= 0 && given[0] <= 1) return given[0];
    throw model_error{error_code::usage, "--" + std::string(name), "'" + a.text(name) + "' is no number from 0 to 1"};
}

// Height and width; empty if the option is not given.
std::vector<std::int64_t> net_dims(arguments const& a) {
    auto const given = a.shapes("net_input_dims");
    if (given.empty()) return {};
    if (given.size() == 1 && given[0].size() == 2) return given[0];
    throw model_error{error_code::usage, "--net_input_dims", "'" + a.text("net_input_dims") + "' is not height,width"};
}

session open_network(arguments const& a) {
    auto const model = a.text("model");
    require_input_file(model, {".onnx", ".mlir", ".bmodel"});
    auto const dims = net_dims(a);
    bool const shaped = !dims.empty() && model.ends_with(".onnx");
    return session(a, shaped ? std::vector<std::vector<std::int64_t>>{{1, 3, dims[0], dims[1]}}
                                 : std::vector<std::vector<std::int64_t>>{});
}

detect_request check_network(arguments const& a, session const& s) {
    detect_request r{vision::find_detector(a.text("family")), {}, {}, 0, fraction(a, "iou_thres")};
    // What scores less than the boxes to be shown cannot suppress one of them.
    r.threshold = static_cast<float>(std::max(fraction(a, "conf_thres"), fraction(a, "score_thres")));
    r.preprocessing = r.family.preprocessing();
    if (s.inputs().size() != 1)
        throw model_error{error_code::input_mismatch, a.text("model"),
                          "a detector has one input, this network has " + std::to_string(s.inputs().size())};
    auto const& [name, dims] = s.inputs()[0];
    check_preprocess(r.preprocessing, dims, name);
    if (dims.size() != 4 || dims[0] != 1)
        throw model_error{error_code::input_mismatch, name,
                          "detect takes networks of one image, [1,3,h,w], not " + to_string(dims)};
    auto const wanted = net_dims(a);
    if (!wanted.empty() && (wanted[0] != dims[2] || wanted[1] != dims[3]))
        throw model_error{error_code::input_mismatch, "--net_input_dims",
                          "the network takes images of " + std::to_string(dims[2]) + "," + std::to_string(dims[3])};
    r.input_dims = dims;
    return r;
}

// From pixels of the letterbox to pixels of the image, inside it.
void to_image(vision::box& b, image_size image, detect_request const& r) {
    auto const p = place_in_letterbox(image.width, image.height, static_cast<int>(r.input_dims[3]),
                                      static_cast<int>(r.input_dims[2]), r.preprocessing);
    auto const inside = [](float v, int start, int resized, int full) {
        return std::clamp((v - static_cast<float>(start)) * static_cast<float>(full) / static_cast<float>(resized), 0.f,
                          static_cast<float>(full));
    };
    b.left = inside(b.left, p.left, p.width, image.width), b.right = inside(b.right, p.left, p.width, image.width);
    b.top = inside(b.top, p.top, p.height, image.height), b.bottom = inside(b.bottom, p.top, p.height, image.height);
}

std::vector<named_box> detect_in(fs::path const& image, session& s, detect_request const& r) {
    auto const outputs = s.run({{s.inputs()[0].name, load_images(std::span{&image, 1}, r.preprocessing, r.input_dims)}});
    auto const found = r.family.decode(outputs, {r.input_dims[2], r.input_dims[3], r.threshold});
    auto const size = size_of_image(image);
    std::vector<named_box> boxes;
    for (auto b : vision::suppress(found.boxes, r.iou)) {
        to_image(b, size, r);
        boxes.push_back({b, vision::class_name(b.label, found.classes)});
    }
    return boxes;
}

void print_boxes(fs::path const& image, std::vector<named_box> const& boxes) {
    fmt::print("{}: {} boxes\n", image.string(), boxes.size());
    for (auto const& [b, name] : boxes)
        fmt::print("  {:<16} {:.3f}  {:7.1f} {:7.1f} {:7.1f} {:7.1f}\n", name, b.score, b.left, b.top, b.right, b.bottom);
}

} // namespace

int detect(arguments const& a) {
    auto const family = vision::find_detector(a.text("family")); // a wrong name is told before a network is read
    detect_files files(a);
    auto network = open_network(a);
    auto const r = check_network(a, network);
    stopwatch const watch;
    std::size_t skipped = 0;
    progress_bar bar(std::string(family.name));
    for (std::size_t i = 0; i < files.images().size(); ++i) {
        auto const& image = files.images()[i];
        try {
            auto const boxes = detect_in(image, network, r);
            files.add(image, boxes);
            print_boxes(image, boxes);
        } catch (model_error const& e) { // one bad picture among many
            if (!files.is_folder() || e.code() != error_code::file_damaged) throw;
            fmt::print(stderr, "tpu-convert: warning: skipped {}\n", e.what());
            ++skipped;
        }
        bar.show(i + 1, files.images().size(), image.filename().string());
    }
    if (skipped == files.images().size())
        throw model_error{error_code::file_damaged, a.text("input"), "none of the folder's images can be read"};
    files.commit();
    fmt::print("{} images, {} skipped, {:.2f} s\n", files.images().size() - skipped, skipped, watch.seconds());
    return 0;
}

} // namespace tpu_convert::apps
