#include "calibrate_search.hpp"
#include "inputs.hpp"
#include <algorithm>
#include <fmt/core.h>
#include <tpu_convert/chip/registry.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/io/progress.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/mixed_search.hpp>
#include <tpu_convert/quantize/threshold_method.hpp>

namespace tpu_convert::apps {

namespace {

std::vector<tensor_map> some_inputs(graph const& g, std::vector<sample_files> const& samples, std::size_t most) {
    std::vector<tensor_map> inputs;
    for (auto const& s : samples) {
        if (inputs.size() == most) break;
        try {
            inputs.push_back(load_inputs(g, s));
        } catch (model_error const&) { // calibration has said which ones can't be read
        }
    }
    return inputs;
}

std::size_t inference_count(arguments const& a) {
    auto const n = a.integer("inference_num");
    if (n < 1) throw model_error{error_code::usage, "--inference_num", "a search needs one sample at least"};
    return static_cast<std::size_t>(n);
}

dtype float_type(arguments const& a) {
    auto const name = a.text("fp_type");
    return name == "F32" ? dtype::f32 : name == "BF16" ? dtype::bf16 : dtype::f16;
}

} // namespace

void check_search(arguments const& a) {
    auto const search = a.text("search");
    if (search == "search_qtable" && a.text("quantize_table").empty())
        throw model_error{error_code::usage, "--quantize_table", "search_qtable writes this file; name it"};
    if (search != "search_qtable" && !a.text("quantize_table").empty())
        throw model_error{error_code::usage, "--quantize_table", "the option is for --search search_qtable"};
    inference_count(a);
    for (auto const& m : a.list("quantize_method_list"))
        if (!find_threshold_method(m))
            throw model_error{error_code::usage, "--quantize_method_list", "there is no method '" + m + "'"};
}

std::vector<std::string> searched_methods(arguments const& a) {
    if (a.given("quantize_method_list")) return a.list("quantize_method_list");
    if (a.text("search") == "search_threshold") return {"kl", "max", "percentile9999", "mse"};
    return {};
}

std::size_t best_table(graph const& g, std::vector<calibration> const& tables, std::vector<sample_files> const& samples,
                       arguments const& a) {
    auto const inputs = some_inputs(g, samples, inference_count(a));
    std::size_t best = 0;
    double most = -1;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        double const cosine = integer_cosine<default_chip::integer_rules>(g, tables[i].table, inputs);
        fmt::print("  {}: cosine of the outputs {:.6f}\n", tables[i].table.method, cosine);
        if (cosine > most) best = i, most = cosine;
    }
    return best;
}

void search_operators(graph const& g, calibration_table const& table, std::vector<sample_files> const& samples,
                      arguments const& a) {
    auto const inputs = some_inputs(g, samples, inference_count(a));
    progress_bar bar("search");
    mixed_search_options o;
    o.float_type = float_type(a);
    o.expected_cosine = a.numbers("expected_cos").at(0);
    o.most_tensors = static_cast<std::size_t>(std::max<std::int64_t>(0, a.integer("max_float_layers")));
    o.threads = static_cast<std::size_t>(std::max<std::int64_t>(0, a.integer("threads")));
    o.progress = [&](std::size_t done, std::size_t total, std::string_view what) { bar.show(done, total, what); };
    auto found = search_mixed<default_chip::integer_rules>(g, table, inputs, o);
    found.table.chip = a.text("processor"), found.table.samples = static_cast<std::int64_t>(inputs.size());
    auto const text = print_quantize_table(found.table, table.time);
    output_files files;
    files.add(a.text("quantize_table")).write(std::as_bytes(std::span{text.data(), text.size()}));
    files.commit();
    fmt::print("{}: {} operators in floating point, cosine of the outputs {:.6f} (all integer: {:.6f})\n",
               a.text("quantize_table"), found.table.rows.size(), found.cosine, found.integer_cosine);
    for (std::size_t i = 0; a.flag("debug_log") && i < found.tensors.size(); ++i)
        fmt::print("  {:<50} {:.6f}\n", found.tensors[i].first, found.tensors[i].second);
}

} // namespace tpu_convert::apps
