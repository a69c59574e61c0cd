// calibrate: runs a network on samples and writes the ranges of its tensors.
#include "calibrate_search.hpp"
#include "command.hpp"
#include "dataset.hpp"
#include "inputs.hpp"
#include <cstdlib>
#include <ctime>
#include <fmt/core.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/graph/mlir_text.hpp>
#include <tpu_convert/io/progress.hpp>
#include <tpu_convert/quantize/calibrate.hpp>
#include <tpu_convert/quantize/threshold_method.hpp>

namespace tpu_convert::apps {

namespace {

std::size_t count_of(arguments const& a, std::string_view name) {
    auto const n = a.integer(name);
    if (n < 0) throw model_error{error_code::usage, "--" + std::string(name), "the number must not be negative"};
    return static_cast<std::size_t>(n);
}

// --debug_cmd use_mse counts more than --cali_method.
std::string method_of(arguments const& a) {
    auto method = a.text("cali_method");
    for (auto const& word : a.list("debug_cmd")) {
        if (!word.starts_with("use_") || !find_threshold_method(word))
            throw model_error{error_code::not_built_yet, "--debug_cmd",
                              "'" + word + "' is not built yet; use_kl, use_mse... are"};
        method = word;
    }
    return std::string(find_threshold_method(method)->name);
}

// Now, or SOURCE_DATE_EPOCH.
std::string time_text() {
    char const* const epoch = std::getenv("SOURCE_DATE_EPOCH");
    std::time_t const now = epoch ? static_cast<std::time_t>(std::strtoll(epoch, nullptr, 10)) : std::time(nullptr);
    std::tm parts{};
    if (epoch) ::gmtime_r(&now, &parts);
    else ::localtime_r(&now, &parts);
    char text[64];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S.000000", &parts)};
}

calibration run_method(graph const& g, std::vector<sample_files> const& samples, arguments const& a, std::string method) {
    progress_bar bar("calibrate");
    calibrate_options o;
    o.method = std::move(method);
    o.bins = count_of(a, "histogram_bin_num");
    o.tune = count_of(a, "tune_num");
    o.threads = count_of(a, "threads");
    o.progress = [&](std::size_t done, std::size_t total, std::string_view stage) { bar.show(done, total, stage); };
    return calibrate(g, samples.size(), [&](std::size_t i) { return load_inputs(g, samples[i]); }, o);
}

// By one method, or by the best of several.
calibration run_samples(graph const& g, std::vector<sample_files> const& samples, arguments const& a) {
    auto const methods = searched_methods(a);
    if (methods.empty()) return run_method(g, samples, a, method_of(a));
    std::vector<calibration> tables;
    for (auto const& m : methods) tables.push_back(run_method(g, samples, a, std::string(find_threshold_method(m)->name)));
    return std::move(tables[best_table(g, tables, samples, a)]);
}

// The table, and with tuning those before and after it under the method's name.
void write_tables(calibration& c, std::string const& target) {
    output_files files;
    auto const add = [&](std::string const& path) {
        auto const text = print_calibration_table(c.table);
        files.add(path).write(std::as_bytes(std::span{text.data(), text.size()}));
    };
    add(target);
    if (c.table.tune) {
        add(target + "_" + c.table.method + "_tune");
        c.table.rows = c.untuned;
        c.table.tune = 0;
        add(target + "_" + c.table.method);
    }
    files.commit();
}

void warn(std::vector<std::string> const& sentences, std::string_view end) {
    constexpr std::size_t most = 20;
    for (std::size_t i = 0; i < std::min(sentences.size(), most); ++i)
        fmt::print(stderr, "tpu-convert: warning: {}{}\n", sentences[i], end);
    if (sentences.size() > most) fmt::print(stderr, "tpu-convert: warning: {} more like these\n", sentences.size() - most);
}

} // namespace

int calibrate_network(arguments const& a) {
    stopwatch const watch;
    require_input_file(a.text("mlir_file"), {".mlir"});
    check_search(a);
    graph const g = read_mlir(a.text("mlir_file"));
    auto const samples = samples_of(g, a.text("dataset"), a.text("data_list"), count_of(a, "input_num"));
    auto result = run_samples(g, samples, a);
    warn(result.skipped, "; the sample is passed over");
    warn(result.warnings, "");
    if (a.flag("debug_log"))
        for (auto const& [name, row] : result.table.rows)
            fmt::print("  {:<50} {:12.7f} {:14.7f} {:14.7f}\n", name, row.threshold, row.min, row.max);
    result.table.version = "tpu-convert " TPU_CONVERT_VERSION " cali version 1.0";
    result.table.mlir = std::filesystem::path(a.text("mlir_file")).filename().string();
    result.table.time = time_text();
    auto const target = a.text("calibration_table");
    auto const rows = result.table.rows.size();
    auto const found = result.table;
    write_tables(result, target);
    fmt::print("{}: {} tensors, {} samples, {} passed over, {}, {:.2f} s\n", target, rows, result.used, result.skipped.size(),
               result.table.method, watch.seconds());
    if (a.text("search") == "search_qtable") search_operators(g, found, samples, a);
    return 0;
}

} // namespace tpu_convert::apps
