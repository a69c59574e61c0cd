// Checks of deploy's options.
#include "deploy_request.hpp"
#include "inputs.hpp"
#include "judgement.hpp"
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/report/json.hpp>

namespace tpu_convert::apps {

namespace {

std::string changed(std::string text, int (*change)(int)) {
    std::transform(text.begin(), text.end(), text.begin(), [&](unsigned char c) { return static_cast<char>(change(c)); });
    return text;
}

template <std::size_t N>
bool has(std::array<std::string_view, N> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// --quantize in capitals; INT8 needs a calibration table.
std::string quantization_of(arguments const& a) {
    static constexpr std::array<std::string_view, 17> elsewhere{
        "INT4",        "W8F16",        "W8BF16",        "W4F16",      "W4BF16",      "W4INT8",
        "F8E4M3",      "F8E5M2",       "INT8F16DYN", "INT8BF16DYN", "INT4F16DYN",
        "INT4BF16DYN", "F8E4M3F16DYN", "F8E4M3BF16DYN", "F4F16DYN",   "F4BF16DYN",   "MIX"};
    auto const name = changed(a.text("quantize"), std::toupper);
    for (auto const built : {"F32", "F16", "BF16", "INT8", "QDQ"})
        if (name == built) return name;
    if (has(elsewhere, name))
        throw model_error{error_code::not_built_yet, "--quantize", name +
                          " is not built yet; this version has F32, F16, BF16, INT8 and QDQ"};
    throw model_error{error_code::usage, "--quantize", "'" + a.text("quantize") + "' is none of F32, F16, BF16, INT8, QDQ"};
}

// What float operators compute in; beside integers it is the chip's choice.
dtype precision_of(deploy_request const& r) {
    if (r.quantize == "F32") return dtype::f32;
    if (r.quantize == "BF16") return dtype::bf16;
    dtype t = dtype::f16;
    if (r.integer)
        with_chip(r.chip, [&]<class Chip>(std::type_identity<Chip>) { t = Chip::precision_beside_integers; });
    return t;
}
template <class Chip>
std::string precisions_of() {
    std::string names;
    for (auto t : {dtype::f32, dtype::f16, dtype::bf16})
        if (Chip::computes_in(t)) names += (t == dtype::f32 ? "F32, " : t == dtype::f16 ? "F16, " : "BF16, ");
    return names + "INT8";
}
// What the chip computes in, and what kind of file it takes.
void check_chip(deploy_request const& r) {
    with_chip(r.chip, [&]<class Chip>(std::type_identity<Chip>) {
        std::string const name(Chip::name);
        if (!r.integer && !Chip::computes_in(r.precision))
            throw model_error{error_code::chip_mismatch, "--quantize",
                              name + " does not compute in " + r.quantize + "; it has " + precisions_of<Chip>()};
        if (r.asymmetric && !Chip::has_zero_points)
            throw model_error{error_code::chip_mismatch, "--asymmetric",
                              name + " has symmetric integers only; leave the option out"};
        if (r.least_memory && Chip::container != model_container::cvimodel)
            throw model_error{error_code::chip_mismatch, "--op_divide",
                              name + " takes no such option, only the CV18xx do; leave it out"};
    });
}
void check_container(deploy_request const& r) {
    with_chip(r.chip, [&]<class Chip>(std::type_identity<Chip>) {
        std::string const suffix(suffix_of(Chip::container));
        for (auto const c : {model_container::bmodel, model_container::cvimodel})
            if (c != Chip::container && r.model.ends_with(suffix_of(c)))
                throw model_error{error_code::chip_mismatch, r.model, "files for " + r.chip + " end with " + suffix};
        require_suffix(r.model, {suffix});
    });
}

// "1,3" as numbers from 0.
std::set<std::size_t> numbers_of(arguments const& a, std::string const& name) {
    std::set<std::size_t> numbers;
    for (double n : a.numbers(name)) {
        if (n < 1 || n != std::floor(n)) throw model_error{error_code::usage, "--" + name, "numbers count from 1"};
        numbers.insert(static_cast<std::size_t>(n) - 1);
    }
    return numbers;
}

void read_types(arguments const& a, deploy_request& r) {
    read_operator_types(a, r);
    r.all_narrow_inputs = a.flag("quant_input"), r.all_narrow_outputs = a.flag("quant_output");
    r.narrow_inputs = numbers_of(a, "quant_input_list"), r.narrow_outputs = numbers_of(a, "quant_output_list");
    bool const strict = r.quantize == "F32";
    r.tolerance = limits_of(a, "tolerance", r.integer ? compare_rules{0.8, 0.5} : compare_rules{0.99, strict ? 0.99 : 0.90});
    r.correctness = limits_of(a, "correctness", {0.99, 0.90});
}

// A relative XDG_CACHE_HOME does not count, as its specification says.
std::string cache_folder(arguments const& a) {
    if (a.flag("enable_lghash") && a.flag("disable_lghash"))
        throw model_error{error_code::usage, "--disable_lghash", "it contradicts --enable_lghash; give one of them"};
    if (a.flag("disable_lghash")) return {};
    if (a.given("lghash_dir")) return a.text("lghash_dir");
    auto const of = [](char const* name) { return std::filesystem::path(std::getenv(name) ? std::getenv(name) : ""); };
    if (auto const xdg = of("XDG_CACHE_HOME"); xdg.is_absolute()) return xdg / "tpu-convert";
    auto const home = of("HOME");
    return home.is_absolute() ? home / ".cache" / "tpu-convert" : std::filesystem::path();
}

void read_raw_images(arguments const& a, deploy_request& r) {
    r.raw_images = a.flag("fuse_preprocess");
    for (auto const* name : {"customization_format", "aligned_input"})
        if (!r.raw_images && a.given(name))
            throw model_error{error_code::usage, "--" + std::string(name), "the option needs --fuse_preprocess"};
    r.image_format = raw_image_format_named(a.text("customization_format"));
    if (!a.flag("aligned_input")) return;
    with_chip(r.chip, [&]<class Chip>(std::type_identity<Chip>) {
        if constexpr (requires { Chip::image_row_bytes; })
            r.image_format.row_alignment = Chip::image_row_bytes, r.image_format.plane_alignment = Chip::image_plane_bytes;
        else
            throw model_error{error_code::chip_mismatch, "--aligned_input",
                              std::string(Chip::name) + " has no unit that aligns images; leave the option out"};
    });
}

} // namespace

std::string chip_of(arguments const& a) {
    static constexpr std::array<std::string_view, 17> elsewhere{
        "bm1684", "bm1684x2", "bm1688", "bm1690", "bm1690e", "cv180x", "cv181x", "cv182x", "cv183x", "cv184x", "cv186x",
            "cv186ah",
        "sg2262", "sg2380",   "sgtpuv8", "cpu", "bm1684x"};
    if (a.given("processor") && a.given("chip") && a.text("processor") != a.text("chip"))
        throw model_error{error_code::usage, "--chip", "it differs from --processor; give one of them"};
    auto const given = a.given("processor") ? a.text("processor") : a.text("chip");
    if (given.empty()) throw model_error{error_code::usage, "--processor", "the command needs this; one of: " + chip_names()};
    auto const chip = changed(given, std::tolower);
    if (is_chip(chip)) return chip;
    if (has(elsewhere, chip))
        throw model_error{error_code::not_built_yet, "--processor", "the chip " + chip + " is not built yet; this version has " +
                          chip_names()};
    throw model_error{error_code::chip_unknown, "--processor", "there is no chip '" + given + "'; this version has " +
                      chip_names()};
}

void read_operator_types(arguments const& a, deploy_request& r) {
    r.quantize = quantization_of(a), r.own_scales = r.quantize == "QDQ";
    r.integer = r.own_scales || r.quantize == "INT8";
    if (r.chip.empty()) r.chip = default_chip::name;
    r.precision = precision_of(r);
    r.asymmetric = a.flag("asymmetric"), r.matmul_per_channel = a.flag("matmul_perchannel");
    r.high_precision = a.flag("high_precision"), r.channel_scales = !a.flag("disable_channel_scales");
    r.calibration_table = a.text("calibration_table"), r.quantize_table = a.text("quantize_table");
    check_chip(r);
    if (r.integer && !r.own_scales && r.calibration_table.empty())
        throw model_error{error_code::usage, "--calibration_table",
                          "INT8 needs it; make one with: tpu-convert calibrate " + r.mlir + " --dataset FOLDER -o table"};
    if (!r.calibration_table.empty()) require_input_file(r.calibration_table, {""});
}

deploy_request check_deploy(arguments const& a) {
    deploy_request r;
    r.mlir = a.text("mlir"), r.model = a.text("model");
    r.chip = chip_of(a);
    require_suffix(r.mlir, {".mlir"});
    check_container(r);
    require_input_file(r.mlir, {".mlir"});
    r.compare_all = a.flag("compare_all");
    r.groups = !a.flag("disable_layer_group");
    r.effort = a.text("opt")[0] - '0', r.least_memory = a.flag("op_divide");
    r.cache = cache_folder(a);
    read_types(a, r), read_raw_images(a, r);
    r.excepts = a.list("excepts");
    r.test_input = a.list("test_input");
    r.test_reference = a.text("test_reference");
    for (auto const& file : r.test_input) require_input_file(file, {".npz", ".npy", ".jpg", ".jpeg", ".png", ".bmp"});
    if (!r.test_reference.empty()) require_input_file(r.test_reference, {".npz"});
    r.report = a.text("report");
    if (!r.report.empty()) report::check_report_name(r.report);
    r.json = a.text("json"), r.report_images = a.list("report_images");
    if (!r.json.empty()) require_suffix(r.json, {".json"});
    for (auto const& file : r.report_images) require_input_file(file, {".jpg", ".jpeg", ".png"});
    r.validate = !a.flag("skip_validation"), r.file = !a.flag("not_gen_bmodel");
    return r;
}

} // namespace tpu_convert::apps
