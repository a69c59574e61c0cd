// Checks of deploy's options.
#include "deploy_request.hpp"
#include "inputs.hpp"
#include <algorithm>
#include <array>
#include <cctype>
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

dtype precision_of(arguments const& a) {
    static constexpr std::array<std::string_view, 19> elsewhere{
        "INT8",       "INT4",        "W8F16",       "W8BF16",     "W4F16",        "W4BF16",        "W4INT8",        "F8E4M3",
            "F8E5M2", "QDQ",
        "INT8F16DYN", "INT8BF16DYN", "INT4F16DYN", "INT4BF16DYN", "F8E4M3F16DYN", "F8E4M3BF16DYN", "F4F16DYN", "F4BF16DYN",
            "MIX"};
    auto const name = changed(a.text("quantize"), std::toupper);
    for (auto const t : {dtype::f32, dtype::f16, dtype::bf16})
        if (name == changed(std::string(info(t).mlir_name), std::toupper)) return t;
    if (has(elsewhere, name))
        throw model_error{error_code::not_built_yet, "--quantize", name +
                          " is not built yet; this version has F32, F16 and BF16"};
    throw model_error{error_code::usage, "--quantize", "'" + a.text("quantize") + "' is none of F32, F16, BF16"};
}

compare_rules tolerance_of(arguments const& a, dtype precision) {
    if (!a.given("tolerance")) return {0.99, precision == dtype::f32 ? 0.99 : 0.90};
    auto const given = a.numbers("tolerance");
    if (given.size() != 2) throw model_error{error_code::usage, "--tolerance", "two numbers are needed, such as 0.99,0.90"};
    return {given[0], given[1]};
}

} // namespace

deploy_request check_deploy(arguments const& a) {
    deploy_request r;
    r.mlir = a.text("mlir"), r.model = a.text("model");
    r.chip = chip_of(a);
    r.precision = precision_of(a);
    require_suffix(r.mlir, {".mlir"});
    if (r.model.ends_with(".cvimodel"))
        throw model_error{error_code::chip_mismatch, r.model, "files for " + r.chip +
                          " end with .bmodel; .cvimodel is for CV18xx chips"};
    require_suffix(r.model, {".bmodel"});
    require_input_file(r.mlir, {".mlir"});
    r.narrow_inputs = a.flag("quant_input"), r.narrow_outputs = a.flag("quant_output");
    r.compare_all = a.flag("compare_all");
    r.tolerance = tolerance_of(a, r.precision);
    if (a.numbers("correctness").size() != 2) throw model_error{error_code::usage, "--correctness", "two numbers are needed"};
    r.excepts = a.list("excepts");
    r.test_input = a.list("test_input");
    r.test_reference = a.text("test_reference");
    for (auto const& file : r.test_input) require_input_file(file, {".npz", ".npy", ".jpg", ".jpeg", ".png", ".bmp"});
    if (!r.test_reference.empty()) require_input_file(r.test_reference, {".npz"});
    r.report = a.text("report");
    if (!r.report.empty()) report::check_report_name(r.report);
    r.validate = !a.flag("skip_validation");
    return r;
}

} // namespace tpu_convert::apps
